"""What tests of predictions share: a run whose predictions are to be given to the items of a project."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from core.adapters.caching import CachedShards
from core.adapters.memory import MemoryShards
from core.domain.assist import Trust
from core.domain.operations import Operation
from core.domain.predictions import Groups, Prediction
from core.domain.projects import Project
from core.domain.records import ItemRecord
from core.domain.runs import Run, RunStatus, Stage
from core.domain.shards import Control, Lane
from core.logic.assist.lanes import is_audited, lane_of
from core.logic.records import counting
from core.ports import Ports, Versioned
from core.usecases.apply_run import request_applying
from core.usecases.change_project import change_project
from core.usecases.read_predictions import read_predictions
from core.usecases.run_files import groups_name, predictions_name
from core.usecases.run_operation import run_operation
from tests.examples import predicted
from tests.unit.usecases.conftest import World


async def taken(
    world: World,
    project: Project,
    trust: Trust,
    predictions: Sequence[Mapping[int, Prediction]],
    groups: Sequence[Groups] = (),
    stage: Stage = Stage.TRAIN,
) -> Operation:
    """The run of `trust` predicts this of the shards, in order; it is under way, and to be applied."""
    ports, now = world.ports, world.clock.now()
    for shard, some in enumerate(predictions):
        await ports.predictions.write(predictions_name(project.id, trust.run, shard), some)
    for shard, alike in enumerate(groups):
        await ports.groups.write(groups_name(project.id, trust.run, shard), alike)
    status, version = RunStatus.APPLYING, project.label_version
    run = Run(trust.run, stage, now, "ana", status, label_version=version)
    await ports.runs.put(project.id, run)
    await change_project(ports, project.id, lambda found: replace(found, run=trust.run))
    return await request_applying(ports, project, trust)


async def applied(
    world: World, project: Project, trust: Trust, predictions: Sequence[Mapping[int, Prediction]]
) -> Project:
    """The same, and it is done."""
    operation = await taken(world, project, trust, predictions)
    await run_operation(world.ports, project.id, operation.id)
    return await check(world, project)


async def check(world: World, project: Project) -> Project:
    """The project, whose shards must keep their promises."""
    found = await world.project(project.id)
    for shard in range(found.shards):
        control, records = stored(world, found, shard), recorded(world, found, shard)
        assert control.counts == counting.recount(records.values())
        predictions = await read_predictions(world.ports, control)
        rate = control.trust.audit_rate if control.trust else 0.0
        for index in range(len(control.states)):
            audited = is_audited(found.id, shard, index, rate)
            assert control.lane(index) is lane_of(predictions.get(index), control.trust, audited=audited)
            assert control.status(index) is records.get(index, ItemRecord()).status
    return found


def stored(world: World, project: Project, shard: int = 0) -> Control:
    """A shard's control entity as it is stored."""
    return world.shards.rows[project.id, shard].control.value


def recorded(world: World, project: Project, shard: int = 0) -> Mapping[int, ItemRecord]:
    """A shard's records as they are stored."""
    return world.shards.rows[project.id, shard].records


def lanes(world: World, project: Project, indexes: Sequence[int], shard: int = 0) -> list[Lane]:
    """The lanes of some items."""
    return [stored(world, project, shard).lane(index) for index in indexes]


def sure(
    count: int, confidence: float = 0.95, *, label: str = "Rose", run: str = "r1"
) -> dict[int, Prediction]:
    """The first items of a shard have this label, predicted as sure as that."""
    return {index: predicted(label, confidence, run=run) for index in range(count)}


class Killed(Exception):
    """The process is gone."""


class MortalShards(MemoryShards):
    """Shards behind a process that is killed at a write: before it reaches the store, or after."""

    def __init__(self, shards: MemoryShards, writes: int, *, after: bool) -> None:
        super().__init__(shards.rows)
        self.writes = writes
        self.after = after

    async def commit(self, *arguments: object, **options: object) -> Versioned[Control]:
        self.writes -= 1
        if self.writes < 0 and not self.after:
            raise Killed
        committed = await super().commit(*arguments, **options)  # type: ignore[arg-type]
        if self.writes < 0:
            raise Killed
        return committed


def mortal(world: World, writes: int, *, after: bool) -> Ports:
    """The world of a process that is killed at a write to a shard, counted from 0."""
    shards = MortalShards(world.shards, writes, after=after)
    return replace(world.ports, shards=CachedShards(shards, world.clock))
