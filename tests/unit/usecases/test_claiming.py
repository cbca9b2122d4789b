"""Where claims find items in a project of 500 shards, and what that asks of storage."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from core.adapters.caching import CachedShards
from core.adapters.memory import MemoryShards
from core.domain.answers import Classes
from core.domain.items import item_id, parse_item_id
from core.domain.people import Member, Role, User
from core.domain.projects import Project
from core.domain.quality import Quality
from core.domain.records import ItemRecord
from core.domain.shards import Change, Control, Outline
from core.domain.tasks import ItemAnswer, Task
from core.logic.tasks.sharding import rank_shards
from core.ports import Ports, Versioned
from core.usecases.authorize import Access
from core.usecases.change_project import change_project
from core.usecases.claim_task import TRIED, claim_task
from core.usecases.review_items import Review, ReviewAction, review_items
from core.usecases.submit_task import submit_task
from core.usecases.survey_project import survey_project
from tests.unit.usecases.conftest import ANA, BEN, CLEO, World

SHARDS = 500
TWO = Quality(consensus=True, min_labelers=2, max_labelers=3)


@dataclass
class CountedShards(MemoryShards):
    """Shards that count what they are asked, a call for each shard that is read."""

    calls: Counter[str] = field(default_factory=Counter)

    async def read(self, project: str, shard: int, *, fresh: bool = False) -> Versioned[Control]:
        self.calls["read"] += 1
        return await super().read(project, shard, fresh=fresh)

    async def read_all(
        self, project: str, shards: Collection[int], max_age: timedelta = timedelta(0)
    ) -> Sequence[Versioned[Control]]:
        self.calls["read"] += len(shards)
        return await super().read_all(project, shards, max_age)

    async def commit(
        self, project: str, change: Change, etag: str, digests: bytes | None = None
    ) -> Versioned[Control]:
        self.calls["write"] += 1
        return await super().commit(project, change, etag, digests)

    async def records(
        self, project: str, shard: int, indexes: Collection[int] | None = None
    ) -> Mapping[int, ItemRecord]:
        self.calls["records"] += 1
        return await super().records(project, shard, indexes)

    async def outlines(self, project: str) -> Mapping[int, Outline]:
        self.calls["outlines"] += 1
        return await super().outlines(project)

    async def put_outline(self, project: str, shard: int, outline: Outline) -> None:
        self.calls["outline"] += 1
        await super().put_outline(project, shard, outline)

    def since(self) -> dict[str, int]:
        """The calls since this was asked last."""
        asked, self.calls = dict(self.calls), Counter()
        return asked


@dataclass
class Office:
    """A project of 500 shards of four items, and instances of the app that work on it."""

    world: World
    store: CountedShards
    project: Project

    def instance(self) -> Ports:
        return replace(self.world.ports, shards=CachedShards(self.store, self.world.clock))

    async def change(self, **changes: Any) -> None:
        await change_project(self.world.ports, self.project.id, lambda found: replace(found, **changes))
        self.project = await self.world.project(self.project.id)

    async def claim(self, ports: Ports, user: User, limit: int | None = None) -> Task | None:
        return await claim_task(ports, self.project, user, 1, limit)

    async def label(self, ports: Ports, user: User) -> str:
        task = await self.claim(ports, user)
        assert task is not None
        answers = [ItemAnswer(parse_item_id(item.id)[1], Classes(("Rose",))) for item in task.items]
        await submit_task(ports, self.project, user, task.id, f"s{task.id}", answers)
        return task.items[0].id

    async def review(self, ports: Ports, action: ReviewAction, item: str, to: str | None = None) -> None:
        access = Access(ANA, self.project, "", Role.OWNER)
        await review_items(ports, access, Review(action, [item], assign_to=to))


@pytest.fixture
async def office(world: World) -> Office:
    project = await world.running(4)
    row = world.shards.rows[project.id, 0]
    store = CountedShards()
    for shard in range(SHARDS):
        assert await store.create(project.id, replace(row.control.value, shard=shard), b"")
    for user in (BEN, CLEO):
        await world.ports.members.put(Member(project.id, user.id, Role.LABELER))
    office = Office(world, store, project)
    await office.change(shards=SHARDS)
    return office


async def test_a_cold_claim_reads_what_is_said_and_the_home_and_a_warm_one_only_writes(
    office: Office,
) -> None:
    ports = office.instance()
    assert await office.claim(ports, BEN)
    assert office.store.since() == {"outlines": 1, "read": 1, "write": 1}
    assert await office.claim(ports, CLEO)
    assert office.store.since() == {"read": 1, "write": 1}
    for user in (BEN, CLEO, BEN):
        assert await office.claim(ports, user)
    assert office.store.since() == {"write": 3}


async def test_a_labeled_item_is_two_calls_whatever_the_projects_size(office: Office) -> None:
    ports = office.instance()
    await office.label(ports, BEN)
    assert office.store.since() == {"outlines": 1, "read": 1, "write": 2, "outline": 1}
    for _ in range(2):
        await office.label(ports, BEN)
    assert office.store.since() == {"write": 4}


async def test_who_is_done_at_home_goes_on_and_others_are_told(office: Office) -> None:
    ports, elsewhere = office.instance(), office.instance()
    ranked = rank_shards("ben", SHARDS)
    found = [await office.label(ports, BEN) for _ in range(9)]
    assert [parse_item_id(item)[0] for item in found] == [ranked[0]] * 4 + [ranked[1]] * 4 + [ranked[2]]
    office.store.since()
    item = await office.label(elsewhere, BEN)
    assert parse_item_id(item)[0] == ranked[2]
    assert office.store.since() == {"outlines": 1, "read": 1, "write": 2}


async def test_what_is_handed_to_a_labeler_is_found_within_a_minute_wherever_it_is(office: Office) -> None:
    ports, elsewhere = office.instance(), office.instance()
    await office.label(ports, BEN)
    far = item_id(rank_shards("ben", SHARDS)[-1], 2)
    await office.review(elsewhere, ReviewAction.ASSIGN, far, "ben")
    assert await office.label(ports, BEN) != far  # nobody here has heard of it yet
    office.world.clock.step(seconds=60)
    office.store.since()
    assert await office.label(ports, BEN) == far
    assert office.store.since()["read"] == 1
    assert await office.label(ports, BEN) != far


async def test_an_instance_that_hands_an_item_out_knows_it_at_once(office: Office) -> None:
    ports = office.instance()
    far = item_id(rank_shards("ben", SHARDS)[-1], 2)
    await office.review(ports, ReviewAction.ASSIGN, far, "ben")
    assert await office.label(ports, CLEO) != far
    assert await office.label(ports, BEN) == far


async def test_with_consensus_an_item_begun_elsewhere_comes_within_a_minute(office: Office) -> None:
    await office.change(quality=TWO)
    ports, elsewhere = office.instance(), office.instance()
    for instance, user in ((ports, BEN), (elsewhere, CLEO)):
        assert await office.claim(instance, user)
    begun, own = await office.label(ports, BEN), await office.label(elsewhere, CLEO)
    assert [parse_item_id(item)[0] for item in (begun, own)] == [
        rank_shards(user.id, SHARDS)[0] for user in (BEN, CLEO)
    ]
    office.world.clock.step(seconds=60)
    office.store.since()
    assert await office.label(elsewhere, CLEO) == begun
    assert office.store.since()["read"] <= 4
    assert await office.label(ports, BEN) == own


async def test_gold_items_are_found_wherever_they_are(office: Office) -> None:
    ports = office.instance()
    gold = await office.label(ports, CLEO)
    await office.review(ports, ReviewAction.MARK_GOLD, gold)
    assert parse_item_id(gold)[0] != rank_shards("ben", SHARDS)[0]
    await office.change(quality=Quality(gold_rate=1.0))
    office.store.since()
    seen = [await office.label(ports, BEN) for _ in range(2)]
    assert (seen[0] == gold, seen[1] == gold) == (True, False)
    assert office.store.since()["read"] == 1


async def test_nobody_is_told_that_nothing_is_left_by_hearsay(office: Office) -> None:
    """Whoever said that a shard is done, and fell over, was wrong."""
    ports, last = office.instance(), rank_shards("ben", SHARDS)[-1]
    for shard in range(SHARDS):
        await office.store.put_outline(office.project.id, shard, Outline(pending=False))
        if shard != last:
            row = office.store.rows[office.project.id, shard]
            row.control = replace(row.control, value=replace(row.control.value, states=bytes([1]) * 4))
    assert [parse_item_id(await office.label(ports, BEN))[0] for _ in range(4)] == [last] * 4
    assert await office.claim(ports, BEN) is None


async def test_a_limit_costs_a_look_at_where_one_has_been_and_goes_next(office: Office) -> None:
    ports, elsewhere = office.instance(), office.instance()
    for _ in range(9):
        await office.label(ports, BEN)
    office.store.since()
    for limit, held in ((9, False), (10, True), (10, False)):
        assert bool(await office.claim(elsewhere, BEN, limit)) is held
    assert office.store.since() == {"outlines": 1, "read": 2 + TRIED, "write": 1}


async def test_a_large_project_is_seen_whole_every_twenty_seconds(office: Office) -> None:
    ports = office.instance()
    for seconds, reads in ((0, SHARDS), (19, 0), (1, SHARDS)):
        office.world.clock.step(seconds=seconds)
        assert len(await survey_project(ports, office.project)) == SHARDS
        assert office.store.since().get("read", 0) == reads
