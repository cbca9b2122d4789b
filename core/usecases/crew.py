"""Begin work as it comes, on a few things at once."""

import asyncio
from collections.abc import Coroutine
from types import TracebackType


class Crew:
    """Whoever begins work waits until there are hands for it; leaving the context waits for all of it.

    What a piece of work raises is raised to whoever begins the next, or leaves. Then, or when the context is
    left by an error, the rest is broken off.
    """

    def __init__(self, hands: int) -> None:
        self._hands = hands
        self._busy: set[asyncio.Task[None]] = set()

    async def begin(self, work: Coroutine[object, object, None]) -> None:
        """Have it done beside what is being done already."""
        self._busy.add(asyncio.ensure_future(work))
        while len(self._busy) >= self._hands:
            await self._some()

    async def __aenter__(self) -> "Crew":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            while self._busy and error is None:
                await self._some()
        finally:
            for task in self._busy:
                task.cancel()
            await asyncio.gather(*self._busy, return_exceptions=True)

    async def _some(self) -> None:
        done, self._busy = await asyncio.wait(self._busy, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
