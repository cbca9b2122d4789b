"""Work on many values at once, but not on too many."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


async def in_parallel(limit: int, work: Callable[[T], Awaitable[R]], values: Iterable[T]) -> list[R]:
    """What `work` gives for each value, in order; it is at `limit` of them at a time."""
    gate = asyncio.Semaphore(limit)

    async def one(value: T) -> R:
        async with gate:
            return await work(value)

    return await asyncio.gather(*map(one, values))
