"""Read many shards at once, but not too many."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence

from core.domain.shards import Control
from core.ports import Versioned

PARALLEL_READS = 32


async def read_shards(
    read: Callable[[int], Awaitable[Versioned[Control]]], shards: Iterable[int]
) -> Sequence[Versioned[Control]]:
    """What `read` gives for each shard, in order."""
    gate = asyncio.Semaphore(PARALLEL_READS)

    async def one(shard: int) -> Versioned[Control]:
        async with gate:
            return await read(shard)

    return await asyncio.gather(*map(one, shards))
