"""Show that somebody works on a run, for as long as it takes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from core.ports import Ports
from core.usecases.change_run import A_BEAT, touch_run


@asynccontextmanager
async def working_on(ports: Ports, project: str, run: str) -> AsyncIterator[None]:
    """Touch the run again and again; nobody else may write it meanwhile."""
    over = asyncio.Event()

    async def beat() -> None:
        while not over.is_set():
            await touch_run(ports, project, run)
            try:
                await asyncio.wait_for(over.wait(), A_BEAT.total_seconds())
            except TimeoutError:
                continue

    beating = asyncio.create_task(beat())
    try:
        yield
    finally:
        over.set()
        await beating
