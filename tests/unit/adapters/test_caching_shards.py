"""What a process remembers of shards."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from core.adapters import caching
from core.adapters.caching import CachedShards
from core.adapters.memory import MemoryShards
from core.domain.errors import Stale
from core.domain.shards import Change, Control, Outline
from core.ports import Versioned
from tests.examples import a_control
from tests.unit.usecases.conftest import SteppedClock

AGE = timedelta(seconds=60)


@dataclass
class SlowShards(MemoryShards):
    """Shards that take their time, and note which were asked for, and how often what is said of them."""

    reads: list[int] = field(default_factory=list)
    asked: int = 0

    async def read(self, project: str, shard: int, *, fresh: bool = False) -> Versioned[Control]:
        self.reads.append(shard)
        await asyncio.sleep(0)
        return await super().read(project, shard, fresh=fresh)

    async def read_all(
        self, project: str, shards: Collection[int], max_age: timedelta = timedelta(0)
    ) -> Sequence[Versioned[Control]]:
        self.reads += shards
        await asyncio.sleep(0)
        return await super().read_all(project, shards, max_age)

    async def outlines(self, project: str) -> Mapping[int, Outline]:
        self.asked += 1
        return await super().outlines(project)


@dataclass
class Desk:
    """A cache, the store behind it, and the clock that it follows."""

    store: SlowShards
    known: CachedShards
    clock: SteppedClock

    async def write_elsewhere(self, shard: int, manifest: str) -> None:
        before = self.store.rows["flowers", shard].control
        await self.store.commit("flowers", Change(replace(before.value, manifest=manifest)), before.etag)

    async def manifests(self, shards: Collection[int], age: timedelta = AGE) -> list[str]:
        return [found.value.manifest for found in await self.known.read_all("flowers", shards, age)]


@pytest.fixture
async def desk() -> Desk:
    store, clock = SlowShards(), SteppedClock()
    for shard in range(4):
        await store.create("flowers", replace(a_control(2, shard), manifest=f"m{shard}"), b"")
    return Desk(store, CachedShards(store, clock), clock)


async def test_of_many_who_want_to_see_all_shards_one_looks(desk: Desk) -> None:
    seen = await asyncio.gather(*(desk.manifests(range(4)) for _ in range(32)))
    assert desk.store.reads == [0, 1, 2, 3]
    assert seen == [["m0", "m1", "m2", "m3"]] * 32


async def test_only_what_is_too_old_is_looked_at_again(desk: Desk) -> None:
    await desk.known.read("flowers", 2)
    desk.clock.step(seconds=59)
    await desk.manifests((3, 1))
    desk.clock.step(seconds=1)
    for shard in range(4):
        await desk.write_elsewhere(shard, "new")
    assert await desk.manifests((3, 2, 1)) == ["m3", "new", "m1"]
    assert await desk.manifests((1,)) == ["m1"]
    assert await desk.manifests((1,), timedelta(0)) == ["new"]
    assert desk.store.reads == [2, 3, 1, 2, 1]


async def test_what_is_written_here_while_all_is_looked_at_stays_known(desk: Desk) -> None:
    before = await desk.known.read("flowers", 1)

    async def write() -> None:
        await desk.known.commit("flowers", Change(replace(before.value, manifest="new")), before.etag)

    seen, _ = await asyncio.gather(desk.manifests(range(4), timedelta(0)), write())
    assert seen == ["m0", "new", "m2", "m3"]
    assert (await desk.known.read("flowers", 1)).value.manifest == "new"


async def test_a_look_at_all_shards_makes_nobody_forget_where_they_work(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for memory in ("SHARDS_REMEMBERED", "SHARDS_SURVEYED"):
        monkeypatch.setattr(caching, memory, 2)
    store = SlowShards()
    for shard in range(4):
        await store.create("flowers", a_control(2, shard), b"")
    known = CachedShards(store, SteppedClock())
    await known.read("flowers", 0)
    assert len(await known.read_all("flowers", range(4), AGE)) == 4
    await known.read("flowers", 0)
    assert store.reads == [0, 1, 2, 3]


async def test_a_shard_of_which_the_memory_was_wrong_is_read_again(desk: Desk) -> None:
    await desk.manifests(range(4))
    stale = await desk.known.read("flowers", 1)
    await desk.write_elsewhere(1, "new")
    with pytest.raises(Stale):
        await desk.known.commit("flowers", Change(stale.value), stale.etag)
    assert (await desk.known.read("flowers", 1)).value.manifest == "new"


async def test_what_is_said_of_shards_is_asked_once_a_minute_and_told_at_once(desk: Desk) -> None:
    gold, done = Outline(gold=True), Outline(pending=False)
    assert await desk.known.outlines("flowers") == {}
    await desk.known.put_outline("flowers", 1, gold)
    await desk.store.put_outline("flowers", 2, done)  # another process
    assert await desk.known.outlines("flowers") == {1: gold}
    assert desk.store.asked == 1
    desk.clock.step(seconds=60)
    assert await desk.known.outlines("flowers") == {1: gold, 2: done}
