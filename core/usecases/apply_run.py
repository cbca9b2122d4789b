"""Bring a project's shards to its present trust: whose predictions are shown with their items, and how.

Labelers work on meanwhile, and so may imports, reviewers and new data: each shard is moved in conditional
writes, which follow from what is stored alone, so that everything may be broken off, and done twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core.domain.assist import Trust
from core.domain.commands import RunOperation
from core.domain.errors import Conflict, Unavailable
from core.domain.log import NOBODY
from core.domain.operations import Operation, OperationType
from core.domain.predictions import Prediction
from core.domain.projects import Project
from core.domain.records import ItemRecord
from core.domain.runs import Run, RunStatus, Stage
from core.domain.shards import Change, Control
from core.domain.transfers import ENDED
from core.logic.assist.accepting import Acceptance, reconsidered
from core.logic.assist.lanes import laned
from core.logic.records.recording import apply_records
from core.logic.records.settling import Terms
from core.ports import Ports
from core.usecases.batches import batches
from core.usecases.change_project import change_project
from core.usecases.change_run import change_run
from core.usecases.change_shard import RECORDS_A_WRITE, Decide, change_shard
from core.usecases.end_run import end_run
from core.usecases.read_predictions import read_predictions
from core.usecases.run_files import groups_name, predictions_name
from core.usecases.silence import STUCK_AFTER
from core.usecases.survey_project import survey_project

ATTEMPTS = 8


async def request_applying(ports: Ports, project: Project, trust: Trust) -> Operation:
    """Have every shard brought to `trust`, from now on the project's; not if its run only embeds.

    If the run of `trust` is under way it is APPLYING by this operation from now on, and ends with it: whoever
    calls this writes it no more. Else these are other terms for what is shown: raises Conflict if that is no
    longer what `project` says.
    """
    now = ports.clock.now()
    made = Operation(ports.ids.new(), OperationType.APPLY_RUN, now, NOBODY)
    run = await ports.runs.get(project.id, trust.run)
    await ports.operations.put(project.id, made)

    def applying(found: Run) -> Run:
        return replace(found, status=RunStatus.APPLYING, operation=made.id)

    def entrusted(found: Project) -> Project:
        renews = found.trust is not None and found.trust == project.trust and found.trust.run == trust.run
        if found.run != trust.run and not renews:
            raise Conflict("Other predictions are shown by now, or on other terms. Try again.")
        kept = found.trust if run.stage is Stage.EMBED else trust
        return replace(found, trust=kept, touched_at=now)

    found = (await change_project(ports, project.id, entrusted)).value
    if found.run == trust.run:
        await change_run(ports, project.id, trust.run, applying)
    await ports.commands.send(RunOperation(project.id, made.id))
    return made


async def revive_applying(ports: Ports, project: Project) -> None:
    """Go on bringing shards to the project's trust if nobody has for a minute: the message may be lost."""
    now, touched = ports.clock.now(), project.touched_at or project.created_at
    if project.trust is None or project.relabeling or now - touched <= STUCK_AFTER:
        return
    controls = await survey_project(ports, project)
    if all(control.trust in (None, project.trust) for control in controls):
        return
    known = (one for one in await ports.operations.all(project.id) if one.type is OperationType.APPLY_RUN)
    newest = next(known, None)
    if newest is not None and newest.status not in ENDED:
        await change_project(ports, project.id, lambda found: replace(found, touched_at=now))
        await ports.commands.send(RunOperation(project.id, newest.id))


async def apply_shard(ports: Ports, project: Project, operation: Operation, shard: int) -> int:
    """Put items into their lanes, and accept or withdraw a model's answers; how many items that changed.

    Raises Conflict where the labels are others than those that the run knows; Unavailable.
    """
    for _ in range(ATTEMPTS):
        before = (await ports.shards.read(project.id, shard, fresh=True)).value
        found = (await ports.projects.get(project.id, fresh=True)).value
        if not found.under_way:
            return 0
        showing = await _showing(ports, found, operation, before)
        moved = await _show(ports, found, before, showing)
        accepted = None if moved is None else await _reconsider(ports, found, shard, showing)
        if moved is not None and accepted is not None:
            return moved + accepted
    raise Unavailable("Many change these items at once. Try again in a moment.")


async def finish_applying(ports: Ports, project: Project, operation: Operation) -> None:
    """End the run whose predictions these were, if it is still under way."""
    found = (await ports.projects.get(project.id, fresh=True)).value
    run = await _applied_by(ports, found, operation.id)
    if run is not None:
        await end_run(ports, project.id, run, RunStatus.DONE)


async def abandon_applying(ports: Ports, project: str, operation: str, reason: str) -> None:
    """End the run whose predictions these were to be: it has failed."""
    found = (await ports.projects.get(project, fresh=True)).value
    run = await _applied_by(ports, found, operation)
    if run is not None:
        await end_run(ports, project, run, RunStatus.FAILED, reason)


@dataclass(frozen=True, slots=True)
class _Showing:
    """What a shard is to show: the fields of its control entity."""

    predictions: str | None
    groups: str | None
    trust: Trust | None


async def _applied_by(ports: Ports, project: Project, operation: str) -> Run | None:
    """The run under way that ends with this operation."""
    run = None if project.run is None else await ports.runs.get(project.id, project.run)
    return run if run is not None and run.operation == operation else None


async def _showing(ports: Ports, project: Project, operation: Operation, control: Control) -> _Showing:
    trust, predictions, groups = project.trust, control.predictions, control.groups
    run = await _applied_by(ports, project, operation.id)
    if run is not None and run.stage is Stage.EMBED:
        groups = await _stored(ports, groups_name(project.id, run.id, control.shard)) or groups
    if trust is None or trust == control.trust:
        return _Showing(predictions, groups, control.trust)
    if project.relabeling:
        raise Conflict("The labels are being changed. Predictions follow with the next run.")
    if control.trust is None or control.trust.run != trust.run:
        named = await _stored(ports, predictions_name(project.id, trust.run, control.shard))
        made = await ports.runs.get(project.id, trust.run)
        if named is not None and made.label_version != project.label_version:
            raise Conflict("The labels have changed since the run began. The next run will know them.")
        predictions = named or predictions
        groups = await _stored(ports, groups_name(project.id, trust.run, control.shard)) or groups
    return _Showing(predictions, groups, trust)


async def _stored(ports: Ports, name: str) -> str | None:
    """The name, if there is such a blob: shards that are newer than a run have none."""
    return name if await ports.blobs.stat(ports.limits.app_container, name) else None


async def _show(ports: Ports, project: Project, before: Control, showing: _Showing) -> int | None:
    """How many items changed their lane; None if the shard shows something else meanwhile."""
    if showing == _shown(before):
        return 0
    named = replace(before, predictions=showing.predictions)
    predictions = await read_predictions(ports, named)

    def decide(control: Control, _records: object) -> tuple[Change | None, int | None]:
        if (_shown(control), control.labels) != (_shown(before), before.labels):
            return None, None
        moved = laned(control, project.id, predictions, showing.trust)
        changed = sum(old != new for old, new in zip(control.states, moved.states, strict=True))
        return Change(replace(moved, predictions=showing.predictions, groups=showing.groups)), changed

    return await change_shard(ports, project.id, before.shard, (), decide)


def _shown(control: Control) -> _Showing:
    return _Showing(control.predictions, control.groups, control.trust)


async def _reconsider(ports: Ports, project: Project, shard: int, showing: _Showing) -> int | None:
    """How many answers were accepted or withdrawn; None if the shard shows something else meanwhile."""
    control, trust = (await ports.shards.read(project.id, shard)).value, showing.trust
    if trust is None or not (trust.accept or control.counts.accepted):
        return 0
    if _shown(control) != showing:
        return None
    predictions = await read_predictions(ports, control)
    run = await ports.runs.get(project.id, trust.run)
    asked = Acceptance(trust, Terms.of(project), run.created_at, ports.clock.now())
    records = await ports.shards.records(project.id, shard)
    due = reconsidered(control, records, predictions, asked)
    for indexes in batches(tuple(due), RECORDS_A_WRITE):
        some = {index: predictions[index] for index in indexes if index in predictions}
        if not await change_shard(
            ports, project.id, shard, indexes, _accepting(showing, indexes, some, asked)
        ):
            return None
    return len(due)


def _accepting(
    showing: _Showing, indexes: Sequence[int], predictions: Mapping[int, Prediction], asked: Acceptance
) -> Decide[bool]:
    def decide(control: Control, records: Mapping[int, ItemRecord]) -> tuple[Change | None, bool]:
        if _shown(control) != showing:
            return None, False
        changed = reconsidered(control, records, predictions, asked, indexes)
        return apply_records(control, records, changed), True

    return decide
