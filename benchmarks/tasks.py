"""Next task and submit over HTTP, through the local host: one labeler at three sizes, then 32 at once.

Simulated: the images, which nobody downloads; each labeler answers at once.
"""

import asyncio
import os
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any
from uuid import uuid4

import aiohttp

from benchmarks.figures import Figure, percentile, tell
from benchmarks.worlds import running_project
from local.stack import Stack

SIZES = (1_000, 100_000, 500_000)
TASKS, WARM_UP = 300, 30
LABELERS = 32
SECONDS = float(os.environ.get("BENCH_SECONDS", "60"))


@dataclass
class Labeler:
    """A client that labels as fast as it is served. `claims` and `submits` are milliseconds a call."""

    http: aiohttp.ClientSession
    address: str
    token: str
    claims: list[float] = field(default_factory=list)
    submits: list[float] = field(default_factory=list)
    items: list[str] = field(default_factory=list)

    async def label_one(self) -> bool:
        """Claim and answer one item; False when nothing is left."""
        task = await self._timed(self.claims, self.address, {"size": 1})
        if task is None:
            return False
        item = task["items"][0]["id"]
        answer = {"item": item, "answer": {"labels": ["3"]}, "width": 640, "height": 480, "seconds": 2.0}
        body = {"submission": str(uuid4()), "answers": [answer]}
        await self._timed(self.submits, f"{self.address}/{task['id']}/submissions", body)
        self.items.append(item)
        return True

    async def _timed(self, times: list[float], url: str, body: dict[str, Any]) -> dict[str, Any] | None:
        headers = {"Authorization": f"Bearer {self.token}"}
        begun = perf_counter()
        async with self.http.post(url, json=body, headers=headers) as response:
            response.raise_for_status()
            answer: dict[str, Any] | None = None if response.status == 204 else await response.json()
        times.append((perf_counter() - begun) * 1000)
        return answer


def _labeler(http: aiohttp.ClientSession, stack: Stack, project: str, number: int = 0) -> Labeler:
    token = stack.token(f"labeler{number}", admin=True)
    return Labeler(http, f"{stack.base_url}/api/projects/{project}/tasks", token)


async def _one_labeler(stack: Stack, project: str) -> Labeler:
    async with aiohttp.ClientSession() as http:
        for_warmth, labeler = (_labeler(http, stack, project) for _ in range(2))
        for _ in range(WARM_UP):
            await for_warmth.label_one()
        for _ in range(TASKS):
            await labeler.label_one()
    return labeler


async def _many_labelers(stack: Stack, project: str) -> list[Figure]:
    before = await _labeled(stack, project)
    end = perf_counter() + SECONDS

    async def work(labeler: Labeler) -> None:
        while perf_counter() < end and await labeler.label_one():
            pass

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=LABELERS)) as http:
        labelers = [_labeler(http, stack, project, number) for number in range(LABELERS)]
        begun = perf_counter()
        await asyncio.gather(*(work(labeler) for labeler in labelers))
        seconds = perf_counter() - begun
    items = [item for labeler in labelers for item in labeler.items]
    counted = await _labeled(stack, project) - before
    return [
        Figure(f"{LABELERS} labelers, tasks a second", len(items) / seconds, "tasks/s", 120, at_least=True),
        Figure(f"{LABELERS} labelers, items handed to two people", len(items) - len(set(items)), "items", 0),
        Figure(f"{LABELERS} labelers, answers missing from the counters", len(items) - counted, "answers", 0),
        Figure(f"{LABELERS} labelers, claim p95", percentile(_all(labelers, "claims"), 95), "ms"),
        Figure(f"{LABELERS} labelers, submit p95", percentile(_all(labelers, "submits"), 95), "ms"),
    ]


def _all(labelers: list[Labeler], name: str) -> list[float]:
    return [time for labeler in labelers for time in getattr(labeler, name)]


async def _labeled(stack: Stack, project: str) -> int:
    await asyncio.sleep(6)  # the dashboard may be five seconds old
    headers = {"Authorization": f"Bearer {stack.token('ana', admin=True)}"}
    address = f"{stack.base_url}/api/projects/{project}/dashboard"
    async with aiohttp.ClientSession() as http, http.get(address, headers=headers) as response:
        return int((await response.json())["items"]["labeled"])


def measure() -> list[Figure]:
    figures: list[Figure] = []
    medians: dict[int, tuple[float, float]] = {}
    with Stack() as stack:
        projects = {size: asyncio.run(running_project(stack.connection_string, size)) for size in SIZES}
        for size, project in projects.items():
            labeler = asyncio.run(_one_labeler(stack, project))
            medians[size] = (percentile(labeler.claims, 50), percentile(labeler.submits, 50))
            figures += [
                Figure(f"next task, median, {size:,} items", medians[size][0], "ms", 8),
                Figure(f"next task, p95, {size:,} items", percentile(labeler.claims, 95), "ms", 15),
                Figure(f"submit, median, {size:,} items", medians[size][1], "ms", 10),
                Figure(f"submit, p95, {size:,} items", percentile(labeler.submits, 95), "ms", 20),
            ]
        small, large = medians[SIZES[0]], medians[SIZES[-1]]
        figures += [
            Figure("next task, 500,000 items against 1,000", large[0] / small[0], "times", 1.2),
            Figure("submit, 500,000 items against 1,000", large[1] / small[1], "times", 1.2),
        ]
        return figures + asyncio.run(_many_labelers(stack, projects[SIZES[1]]))


if __name__ == "__main__":
    tell("tasks", measure())
