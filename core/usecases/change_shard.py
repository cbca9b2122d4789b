"""Change a shard in one conditional write, whoever else is changing it."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import TypeVar
from weakref import WeakValueDictionary

from core.domain.errors import NotFound, Stale, TagwerkError, Unavailable
from core.domain.items import item_id
from core.domain.records import ItemRecord
from core.domain.shards import Change, Control
from core.domain.waiting import seconds_left
from core.ports import Ports
from core.usecases.commit_shard import commit_shard

T = TypeVar("T")
Decide = Callable[[Control, Mapping[int, ItemRecord]], tuple[Change | None, T]]

ATTEMPTS = 8
RECORDS_A_WRITE = 90
"""A transaction takes 100 rows, the control entity's among them."""

_BACKOFF_SECONDS = 0.02

_holds: WeakValueDictionary[tuple[str, int], asyncio.Lock] = WeakValueDictionary()


@asynccontextmanager
async def hold(project: str, shard: int) -> AsyncIterator[None]:
    """Keeps this process's requests from colliding on a shard. Correctness is the ETag's.

    Whoever has the shard may be waiting for storage. Raises Unavailable when that takes too long.
    """
    lock = _holds.setdefault((project, shard), asyncio.Lock())
    try:
        async with asyncio.timeout(seconds_left()):
            await lock.acquire()
    except TimeoutError as error:
        raise Unavailable("Storage is slow, and others wait for these items. Try again.") from error
    try:
        yield
    finally:
        lock.release()


async def change_shard(
    ports: Ports,
    project: str,
    shard: int,
    indexes: Sequence[int],
    decide: Decide[T],
    *,
    slow: bool = False,
) -> T:
    """Let `decide` see the control entity and the records of `indexes`, and write the change it returns.

    It first decides on what this process remembers. When the write finds that stale, or `decide` refuses,
    everything is read afresh and decided again, unless the write was made and only its reply was lost. A
    `slow` decision is made beside the event loop. Raises what `decide` raises, NotFound, Unavailable.
    """
    sent: tuple[Change, T] | None = None
    async with hold(project, shard):
        for attempt in range(ATTEMPTS):
            fresh = attempt > 0
            known = await ports.shards.read(project, shard, fresh=fresh)
            try:
                records = await _records(ports, project, known.value, indexes)
                if sent is not None and _is_made(sent[0], known.value, records):
                    return sent[1]
                decided = asyncio.to_thread(decide, known.value, records) if slow else None
                change, result = await decided if decided else decide(known.value, records)
            except TagwerkError:
                if fresh:
                    raise
                continue
            if change is None:
                return result
            try:
                await commit_shard(ports, project, change, known)
            except Stale:
                sent = change, result
                await asyncio.sleep(random.uniform(0, _BACKOFF_SECONDS * attempt))  # noqa: S311  jitter
                continue
            return result
    raise Unavailable("Many people work on these items at once. Try again in a moment.")


def _is_made(change: Change, control: Control, records: Mapping[int, ItemRecord]) -> bool:
    """Whether a change is what is stored. Revisions tell who and when, so that of another it never is."""
    return control == change.control and all(
        records.get(index) == record for index, record in change.records.items()
    )


async def _records(
    ports: Ports, project: str, control: Control, indexes: Sequence[int]
) -> Mapping[int, ItemRecord]:
    for index in indexes:
        if index >= len(control.states):
            raise NotFound("item", item_id(control.shard, index))
    recorded = [index for index in indexes if control.recorded(index)]
    return await ports.shards.records(project, control.shard, recorded) if recorded else {}
