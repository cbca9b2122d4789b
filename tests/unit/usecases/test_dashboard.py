"""What the dashboard says of the queue, and of models."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.assist import Assist, Audit, TrainingPolicy, Trust
from core.domain.items import ItemStatus
from core.domain.kinds import Kind
from core.domain.people import Role
from core.domain.projects import Project
from core.domain.runs import Run, RunStatus, Stage
from core.domain.shards import LANE_SHIFT, Change, Counts, Lane
from core.domain.tasks import TaskType
from core.usecases.authorize import Access
from core.usecases.show_dashboard import Dashboard, show_dashboard
from tests.examples import NOON
from tests.unit.usecases.conftest import ANA, BEN, World

M, P, T, A = Lane.MANUAL, Lane.PRELABELED, Lane.TRUSTED, Lane.AUDIT
LEARNING = Assist(enabled=True, target=0.9, training=TrainingPolicy(first=20, per_label=3))


@pytest.fixture
async def project(world: World) -> Project:
    """Six pending items: one prelabeled, two trusted, one audited."""
    project = await world.running(6)
    known = await world.ports.shards.read(project.id, 0)
    states = bytes(lane << LANE_SHIFT for lane in (M, P, T, A, T, M))
    control = replace(known.value, states=states, groups="g", trust=Trust("run.1", "run"))
    await world.ports.shards.commit(project.id, Change(control), known.etag)
    return replace(project, assist=LEARNING)


async def _counted(world: World, project: Project, counts: Counts) -> None:
    known = await world.ports.shards.read(project.id, 0)
    await world.ports.shards.commit(project.id, Change(replace(known.value, counts=counts)), known.etag)


async def _ran(world: World, project: Project, number: int, labeled: int, status: RunStatus) -> Run:
    at = NOON + timedelta(hours=number)
    run = Run(f"run{number}", Stage.TRAIN, at, ANA.id, status=status, labeled=labeled)
    await world.ports.runs.put(project.id, run)
    return run


async def _seen(world: World, project: Project, role: Role = Role.OWNER) -> Dashboard:
    user = BEN if role is Role.LABELER else ANA
    shown = await show_dashboard(world.ports, Access(user, project, "", role))
    assert sum(shown.queue.values()) == shown.statuses[ItemStatus.PENDING]
    return shown


@pytest.mark.parametrize(
    ("kind", "queue"),
    [
        (Kind.IMAGE_MULTICLASS, {TaskType.MANUAL: 3, TaskType.CLUSTERED: 3}),
        (Kind.OBJECT_DETECTION, {TaskType.MANUAL: 3, TaskType.PRELABELED: 3}),
    ],
)
async def test_pending_items_are_told_by_the_type_of_their_tasks(
    world: World, project: Project, kind: Kind, queue: Mapping[TaskType, int]
) -> None:
    shown = await _seen(world, replace(project, kind=kind))
    assert shown.queue == queue
    assert shown.assist.trusted == 2


async def test_it_says_how_many_more_labels_start_the_next_run(world: World, project: Project) -> None:
    assert (await _seen(world, replace(project, assist=Assist()))).assist.next_run_in is None
    first = (await _seen(world, project)).assist
    assert (first.enabled, first.next_run_in, first.next_run_of, first.target) == (True, 20, 20, 0.9)
    await _ran(world, project, 0, 4, RunStatus.FAILED)
    assert (await _seen(world, project)).assist.next_run_in == 6
    run = await _ran(world, project, 1, 6, RunStatus.RUNNING)
    busy = (await _seen(world, replace(project, run=run.id))).assist
    assert (busy.next_run_in, busy.next_run_of, busy.run) == (None, None, run)


async def test_the_last_five_runs_are_there_the_newest_first(world: World, project: Project) -> None:
    runs = [await _ran(world, project, number, number, RunStatus.DONE) for number in range(7)]
    assert (await _seen(world, project)).assist.runs == runs[:1:-1]


async def test_it_says_how_far_a_model_is_trusted_and_how_right_that_was(
    world: World, project: Project
) -> None:
    trusting = replace(project, trust=Trust("run.2", "run", threshold=0.75))
    assert (await _seen(world, trusting)).assist.audit == Audit()
    await _counted(
        world, project, Counts(accepted=2, audits={"run.2 1/1": 3, "run.2 0/1": 1, "run.1 0/1": 9})
    )
    shown = (await _seen(world, trusting)).assist
    assert shown.audit is not None
    assert (shown.threshold, shown.accepted) == (0.75, 2)
    assert (shown.audit.items, shown.audit.right, shown.audit.total) == (4, 3, 4)


async def test_labelers_are_not_told_how_right_a_model_is(world: World, project: Project) -> None:
    run = await _ran(world, project, 0, 4, RunStatus.RUNNING)
    busy = replace(project, trust=Trust("run.1", "run", threshold=0.75), run=run.id)
    told = (await _seen(world, busy, Role.LABELER)).assist
    assert (told.run, told.runs, told.audit) == (None, (), None)
    assert (await _seen(world, replace(busy, run=None), Role.LABELER)).assist.next_run_in == 6
