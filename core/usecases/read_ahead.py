"""Read shard after shard, a few ahead of whoever works on them."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")

AHEAD = 3


async def read_ahead(shards: int, read: Callable[[int], Awaitable[T]]) -> AsyncIterator[tuple[int, T]]:
    """What `read` gives for each shard, in order; up to three more are being read meanwhile."""
    waiting: deque[asyncio.Future[T]] = deque()
    begun = 0
    try:
        for shard in range(shards):
            while begun < min(shards, shard + 1 + AHEAD):
                waiting.append(asyncio.ensure_future(read(begun)))
                begun += 1
            yield shard, await waiting.popleft()
    finally:
        for left in waiting:
            left.cancel()
