"""What a process remembers of shards."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from core.adapters.caching import CachedShards
from core.adapters.memory import MemoryShards
from core.domain.shards import Change, Control
from core.ports import Versioned
from tests.examples import a_control
from tests.unit.usecases.conftest import SteppedClock

AGE = timedelta(seconds=60)


@dataclass
class SlowShards(MemoryShards):
    """Shards that take their time, and note what they are asked."""

    surveys: int = 0
    reads: list[int] = field(default_factory=list)

    async def read(self, project: str, shard: int, *, fresh: bool = False) -> Versioned[Control]:
        self.reads.append(shard)
        await asyncio.sleep(0)
        return await super().read(project, shard, fresh=fresh)

    async def read_all(
        self, project: str, shards: int, max_age: timedelta = timedelta(0)
    ) -> Sequence[Versioned[Control]]:
        self.surveys += 1
        await asyncio.sleep(0)
        return await super().read_all(project, shards, max_age)


async def _shards(count: int) -> tuple[SlowShards, CachedShards]:
    store = SlowShards()
    await store.prepare("flowers")
    for shard in range(count):
        await store.create("flowers", replace(a_control(2), shard=shard), b"")
    return store, CachedShards(store, SteppedClock())


async def test_of_many_who_want_to_see_all_shards_one_looks() -> None:
    store, known = await _shards(3)
    seen = await asyncio.gather(*(known.read_all("flowers", 3, AGE) for _ in range(32)))
    assert store.surveys == 1
    assert {tuple(found.value.shard for found in one) for one in seen} == {(0, 1, 2)}


async def test_what_was_forgotten_since_is_read_again() -> None:
    store, known = await _shards(3)
    [_, before, _] = await known.read_all("flowers", 3, AGE)
    await store.commit("flowers", Change(before.value), before.etag)
    known._known.pop(("flowers", 1))
    assert [found.value.shard for found in await known.read_all("flowers", 3, AGE)] == [0, 1, 2]
    assert (store.surveys, store.reads) == (1, [1])
