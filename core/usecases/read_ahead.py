"""Read shard after shard, a few ahead of whoever works on them."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from functools import partial
from typing import TypeVar

from core.domain.items import Item
from core.domain.projects import Project
from core.ports import Ports

T = TypeVar("T")

AHEAD = 3


async def read_ahead(
    shards: int, read: Callable[[int], Awaitable[T]], ahead: int = AHEAD
) -> AsyncIterator[tuple[int, T]]:
    """What `read` gives for each shard, in order; up to `ahead` more are being read meanwhile."""
    waiting: deque[asyncio.Future[T]] = deque()
    begun = 0
    try:
        for shard in range(shards):
            while begun < min(shards, shard + 1 + ahead):
                waiting.append(asyncio.ensure_future(read(begun)))
                begun += 1
            yield shard, await waiting.popleft()
    finally:
        for left in waiting:
            left.cancel()


def read_items(ports: Ports, project: Project) -> AsyncIterator[tuple[int, Sequence[Item]]]:
    """The items of each shard as they are now, in order."""
    return read_ahead(project.shards, partial(_items, ports, project.id))


async def read_digests(ports: Ports, project: Project) -> AsyncIterator[tuple[int, bytes]]:
    """The digests of each shard's paths, in order."""

    async def read(shard: int) -> bytes:
        return await ports.shards.digests(project.id, shard, fresh=shard == project.shards - 1)

    async for found in read_ahead(project.shards, read):
        yield found


async def _items(ports: Ports, project: str, shard: int) -> Sequence[Item]:
    control = (await ports.shards.read(project, shard, fresh=True)).value
    return await ports.manifests.read(control.manifest)
