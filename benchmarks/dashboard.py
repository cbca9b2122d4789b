"""The dashboard of 500,000 items over HTTP, the first time in a process and while it is remembered."""

import asyncio
from statistics import median
from time import perf_counter

import httpx

from benchmarks.figures import Figure, tell
from benchmarks.worlds import running_project
from local.stack import Stack

SIZE = 500_000
CACHED_READS = 20


def measure() -> list[Figure]:
    with Stack() as stack:
        project = asyncio.run(running_project(stack.connection_string, SIZE))
        headers = {"Authorization": f"Bearer {stack.token('ana', admin=True)}"}
        with httpx.Client(base_url=stack.base_url, headers=headers, timeout=30) as http:
            http.get(f"/api/projects/{project}").raise_for_status()
            times = [_read(http, project) for _ in range(1 + CACHED_READS)]
    return [
        Figure("dashboard at 500,000 items, cold", times[0], "ms", 500),
        Figure("dashboard at 500,000 items, cached", median(times[1:]), "ms", 30),
    ]


def _read(http: httpx.Client, project: str) -> float:
    begun = perf_counter()
    found = http.get(f"/api/projects/{project}/dashboard").raise_for_status().json()
    assert found["items"]["total"] == SIZE
    return (perf_counter() - begun) * 1000


if __name__ == "__main__":
    tell("dashboard", measure())
