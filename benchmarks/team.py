"""A team at once over HTTP, through the local host: labelers on consensus of two to three, and reviewers.

Simulated: the images, which nobody downloads; each labeler answers at once, one time in ten wrongly.
"""

import asyncio
import os
import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from time import monotonic, perf_counter
from typing import Any
from uuid import uuid4

import aiohttp

from benchmarks.figures import Figure, percentile, tell
from benchmarks.worlds import open_world, running_project
from core.domain.quality import Quality
from core.domain.records import Source
from core.logic.records import counting
from core.usecases.change_project import change_project
from local.stack import Stack

LABELERS, REVIEWERS = 24, 8
ITEMS = 20_000
SECONDS = float(os.environ.get("BENCH_SECONDS", "60"))
QUALITY = Quality(consensus=True, min_labelers=2, max_labelers=3)
ERRORS = 0.1

Json = dict[str, Any]


def chance(seed: int) -> random.Random:
    """The same luck in every run."""
    return random.Random(seed)  # noqa: S311  labelers' errors, not secrets


@dataclass
class Member:
    """Somebody who works as fast as they are served. `votes` are the items they answered."""

    http: aiohttp.ClientSession
    project: str
    token: str
    chance: random.Random
    votes: list[str] = field(default_factory=list)
    reviewed: int = 0
    overtaken: int = 0
    times: list[float] = field(default_factory=list)

    async def call(self, method: str, path: str, body: Json | None = None) -> tuple[int, Json]:
        """What the API answers; only 409 and 412 are answers beside success."""
        headers = {"Authorization": f"Bearer {self.token}"}
        begun = perf_counter()
        async with self.http.request(method, self.project + path, json=body, headers=headers) as response:
            if response.status not in {409, 412}:
                response.raise_for_status()
            told: Json = {} if response.status == 204 else await response.json()
        self.times.append((perf_counter() - begun) * 1000)
        return response.status, told

    async def label(self) -> bool:
        """Claim and answer a page of four; False when nothing is left."""
        status, task = await self.call("POST", "/tasks", {"size": 4})
        if status == 204:
            return False
        items = [item["id"] for item in task["items"]]
        answers = [{"item": item, "answer": {"labels": [self._label(item)]}} for item in items]
        body = {"submission": str(uuid4()), "answers": answers}
        await self.call("POST", f"/tasks/{task['id']}/submissions", body)
        self.votes += items
        return True

    def _label(self, item: str) -> str:
        right = int(item[-1])
        return str(right if self.chance.random() > ERRORS else (right + 1) % 10)

    async def review(self) -> None:
        """Approve, reject or correct something that was labeled, unless somebody was quicker."""
        _, page = await self.call("GET", "/items?status=labeled&limit=50")
        if not page["items"]:
            await asyncio.sleep(0.2)
            return
        chosen = self.chance.sample(page["items"], min(3, len(page["items"])))
        action = self.chance.choice(("approve", "unapprove", "reject"))
        body = {
            "action": action,
            "items": [item["id"] for item in chosen],
            "versions": {item["id"]: item["version"] for item in chosen},
        }
        status, told = await self.call("POST", "/items/review", body)
        self.reviewed += len(told.get("done", ()))
        self.overtaken += status == 412


async def _work(stack: Stack, project: str) -> list[Figure]:
    address = f"{stack.base_url}/api/projects/{project}"
    end = monotonic() + SECONDS

    async def label(member: Member) -> None:
        while monotonic() < end and await member.label():
            pass

    async def review(member: Member) -> None:
        while monotonic() < end:
            await member.review()

    connector = aiohttp.TCPConnector(limit=LABELERS + REVIEWERS)
    async with aiohttp.ClientSession(connector=connector) as http:
        team = [
            Member(http, address, stack.token(f"member{number}", admin=True), chance(number))
            for number in range(LABELERS + REVIEWERS)
        ]
        labelers, reviewers = team[:LABELERS], team[LABELERS:]
        begun = monotonic()
        await asyncio.gather(*map(label, labelers), *map(review, reviewers))
        seconds = monotonic() - begun
    sent = Counter((number, item) for number, member in enumerate(labelers) for item in member.votes)
    return [
        Figure("votes a second", sent.total() / seconds, "votes/s"),
        Figure("items reviewed", sum(member.reviewed for member in reviewers), "items"),
        Figure("reviewers who were told that somebody was quicker", _overtaken(reviewers), "times"),
        Figure("claim or submit, p95", percentile(_times(labelers), 95), "ms"),
        Figure("list or review, p95", percentile(_times(reviewers), 95), "ms"),
        *await _checked(stack, project, sent),
    ]


def _times(members: list[Member]) -> list[float]:
    return [time for member in members for time in member.times]


def _overtaken(reviewers: list[Member]) -> int:
    return sum(member.overtaken for member in reviewers)


async def _checked(stack: Stack, project: str, sent: Counter[tuple[int, str]]) -> list[Figure]:
    """What the storage holds, read afresh, against what was sent and against a recount."""
    kept = over = wrong = twice = 0
    async with open_world(stack.connection_string) as ports:
        shards = (await ports.projects.get(project)).value.shards
        for shard in range(shards):
            control = (await ports.shards.read(project, shard, fresh=True)).value
            records = await ports.shards.records(project, shard)
            wrong += control.counts != counting.recount(records.values())
            for record in records.values():
                said: defaultdict[str, int] = defaultdict(int)
                for made in record.revisions:
                    if made.source is Source.MANUAL:
                        kept += 1
                        said[made.user] += made.number > record.since and not made.late
                twice += any(count > 1 for count in said.values())
                over += len(record.votes) > QUALITY.max_labelers
    return [
        Figure("items that somebody answered twice in one round", twice, "items", 0),
        Figure("items with more votes than may be", over, "items", 0),
        Figure("votes sent that are not kept", sent.total() - kept, "votes", 0),
        Figure("shards whose counters differ from a recount", wrong, "shards", 0),
    ]


async def _prepare(stack: Stack) -> str:
    project = await running_project(stack.connection_string, ITEMS)
    async with open_world(stack.connection_string) as ports:
        await change_project(ports, project, lambda found: replace(found, quality=QUALITY))
    return project


def measure() -> list[Figure]:
    with Stack() as stack:
        project = asyncio.run(_prepare(stack))
        return asyncio.run(_work(stack, project))


if __name__ == "__main__":
    tell("team", measure())
