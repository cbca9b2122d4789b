"""A write is made, its reply is lost, and the same write again comes back as stale: nothing is done twice."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest

from core.adapters.caching import CachedShards
from core.adapters.memory import MemoryProjects, MemoryShards
from core.domain.answers import Classes
from core.domain.commands import RunOperation
from core.domain.errors import Stale, Unavailable
from core.domain.items import parse_item_id
from core.domain.labels import Label, LabelChange
from core.domain.log import Happened
from core.domain.people import Role
from core.domain.projects import Project, Status
from core.domain.records import ItemRecord, Revision
from core.domain.shards import Change, Control
from core.domain.tasks import ItemAnswer, Outcome, Task
from core.domain.waiting import waiting
from core.logic.records import counting
from core.ports import Versioned
from core.usecases.authorize import Access
from core.usecases.change_labels import change_labels
from core.usecases.change_shard import change_shard, hold
from core.usecases.claim_task import claim_task
from core.usecases.edit_project import Edits, edit_project, pause_project
from core.usecases.reopen_task import reopen_task
from core.usecases.submit_task import submit_task
from tests.examples import NOON
from tests.unit.usecases.conftest import ANA, BEN, World

ROSE = Classes(("Rose",))


@dataclass
class LossyShards(MemoryShards):
    """Shards of which the next writes are made, and told to be stale. `then` is what others do meanwhile."""

    losses: int = 0
    then: Callable[["LossyShards"], None] = lambda _: None

    async def commit(
        self, project: str, change: Change, etag: str, digests: bytes | None = None
    ) -> Versioned[Control]:
        committed = await super().commit(project, change, etag, digests)
        if self.losses:
            self.losses -= 1
            self.then(self)
            raise Stale("shard")
        return committed


@dataclass
class LossyProjects(MemoryProjects):
    """Projects of which the next replacement is made, and told to be stale."""

    losses: int = 0

    async def replace(self, project: Project, etag: str) -> str:
        replaced = await super().replace(project, etag)
        if self.losses:
            self.losses -= 1
            raise Stale("project")
        return replaced


@dataclass
class Lossy:
    """A running project of four photos, in stores that lose replies."""

    world: World
    project: Project
    shards: LossyShards
    projects: LossyProjects = field(default_factory=LossyProjects)

    async def claim(self) -> Task:
        task = await claim_task(self.world.ports, self.project, BEN, 4)
        assert task is not None
        return task

    async def submit(self, task: Task) -> set[Outcome]:
        answers = [ItemAnswer(parse_item_id(item.id)[1], ROSE) for item in task.items]
        return set((await submit_task(self.world.ports, self.project, BEN, task.id, "s1", answers)).values())

    @property
    def control(self) -> Control:
        return self.shards.rows[self.project.id, 0].control.value

    @property
    def records(self) -> dict[int, ItemRecord]:
        return self.shards.rows[self.project.id, 0].records

    async def logged(self, what: Happened) -> int:
        page = await self.world.ports.log.page(self.project.id, 100)
        return sum(entry.what is what for entry in page.entries)


@pytest.fixture
async def lossy(world: World) -> Lossy:
    project = await world.running(4)
    shards = LossyShards(world.shards.rows, world.shards.told)
    known = world.ports.projects
    assert isinstance(known, MemoryProjects)
    projects = LossyProjects(known.rows, known.names)
    ports = replace(world.ports, shards=CachedShards(shards, world.clock), projects=projects)
    return Lossy(replace(world, ports=ports, shards=shards), project, shards, projects)


async def test_a_claim_holds_its_items_once(lossy: Lossy) -> None:
    lossy.shards.losses = 1
    task = await lossy.claim()
    assert [(lease.task, lease.indexes) for lease in lossy.control.leases] == [(task.id, (0, 1, 2, 3))]


async def test_answers_are_taken_once(lossy: Lossy) -> None:
    task = await lossy.claim()
    lossy.shards.losses = 1
    assert await lossy.submit(task) == {Outcome.LABELED}
    assert [len(record.revisions) for record in lossy.records.values()] == [1] * 4
    assert lossy.control.counts == counting.recount(lossy.records.values())


async def test_answers_are_found_although_somebody_wrote_after_them(lossy: Lossy) -> None:
    task = await lossy.claim()

    def touch(shards: LossyShards) -> None:
        row = shards.rows[lossy.project.id, 0]
        row.control = Versioned(replace(row.control.value, reserved={"cleo": (0,)}), "theirs")

    lossy.shards.losses, lossy.shards.then = 1, touch
    assert await lossy.submit(task) == {Outcome.LABELED}
    assert [len(record.revisions) for record in lossy.records.values()] == [1] * 4
    assert lossy.control.reserved == {"cleo": (0,)}


async def test_what_cannot_be_decided_twice_is_not(lossy: Lossy) -> None:
    task = await lossy.claim()
    await lossy.submit(task)
    lossy.shards.losses = 1
    again = await reopen_task(lossy.world.ports, lossy.project, BEN, [item.id for item in task.items])
    assert [lease.task for lease in lossy.control.leases] == [again.id]


async def test_what_somebody_else_did_is_not_taken_for_ones_own(lossy: Lossy) -> None:
    """Two reviewers may leave the same control entity behind, and different records."""
    decided = 0

    def by(user: str) -> ItemRecord:
        return ItemRecord((Revision(1, user, NOON, "task", "submission", ROSE),))

    def decide(control: Control, _records: object) -> tuple[Change, int]:
        nonlocal decided
        decided += 1
        return Change(replace(control, states=b"\x01\x00\x00\x00"), {0: by("ben")}), decided

    def overtake(shards: LossyShards) -> None:
        shards.rows[lossy.project.id, 0].records[0] = by("cleo")

    lossy.shards.losses, lossy.shards.then = 1, overtake
    assert await change_shard(lossy.world.ports, lossy.project.id, 0, (0,), decide) == 2


async def test_a_project_is_paused_and_that_is_logged(lossy: Lossy) -> None:
    lossy.projects.losses = 1
    assert (await pause_project(lossy.world.ports, lossy.project.id, "ana")).value.status is Status.PAUSED
    assert await lossy.logged(Happened.PROJECT_PAUSED) == 1


async def test_an_edit_of_what_one_has_read_is_not_stale(lossy: Lossy) -> None:
    etag = (await lossy.projects.get(lossy.project.id)).etag
    lossy.projects.losses = 1
    edits = Edits(lease_minutes=45)
    changed = await edit_project(lossy.world.ports, lossy.project.id, "ana", edits, etag)
    assert changed.value.lease_minutes == 45
    assert await lossy.logged(Happened.PROJECT_EDITED) == 1
    with pytest.raises(Stale):
        await edit_project(lossy.world.ports, lossy.project.id, "ana", Edits(lease_minutes=50), etag)


async def test_a_change_of_labels_is_carried_out(lossy: Lossy) -> None:
    ports = lossy.world.ports
    await lossy.submit(await lossy.claim())
    paused = (await pause_project(ports, lossy.project.id, "ana")).value
    lossy.projects.losses = 1
    change = LabelChange(
        (Label("Animal"), Label("Flower")), moves={"Rose": "Flower"}, retired=("Animal/Cat",)
    )
    made = await change_labels(ports, Access(ANA, paused, "", Role.OWNER), change, None)
    assert RunOperation(paused.id, made.id) in lossy.world.commands.sent


async def test_nobody_waits_for_ever_for_a_shard_that_others_have(lossy: Lossy) -> None:
    async with hold(lossy.project.id, 0):
        with waiting(0.05), pytest.raises(Unavailable):
            await lossy.claim()
    assert (await lossy.claim()).items
