"""Bring the answers and prelabels of a shard to the project's labels."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from core.domain.assist import Trust
from core.domain.labels import label_paths
from core.domain.log import Happened
from core.domain.operations import Operation
from core.domain.predictions import Prediction
from core.domain.projects import Project
from core.domain.records import ItemRecord
from core.domain.shards import Change, Control
from core.logic.records.recording import apply_records
from core.logic.records.relabeling import (
    brought_up,
    is_changed_by,
    relabeled_predictions,
    relabeled_trust,
)
from core.logic.records.settling import Terms
from core.ports import Ports
from core.usecases.batches import batches
from core.usecases.change_project import change_project
from core.usecases.change_shard import RECORDS_A_WRITE, Decide, change_shard
from core.usecases.log_event import log_event
from core.usecases.rewrite_predictions import rewrite_predictions


async def relabel_shard(ports: Ports, project: Project, _operation: Operation, shard: int) -> int:
    """How many items the change has changed. What is brought up is left alone: twice does no harm."""
    terms = Terms.of(project)
    control = (await ports.shards.read(project.id, shard, fresh=True)).value
    records = await ports.shards.records(project.id, shard)
    after = {index: brought_up(record, control.labels, terms) for index, record in records.items()}
    behind = [
        index for index in after if replace(after[index], labels=records[index].labels) != records[index]
    ]
    for indexes in batches(behind, RECORDS_A_WRITE):
        await change_shard(ports, project.id, shard, indexes, _bringing_up(indexes, terms))
    if control.labels < terms.version:
        await _relabel_predictions(ports, project, shard)
    return sum(is_changed_by(record, project.relabel) for record in after.values())


async def finish_relabel(ports: Ports, project: Project, operation: Operation) -> None:
    """Let the project go on with its new labels."""

    def finished(found: Project) -> Project:
        if found.relabel is None or found.relabel.id != operation.id or found.relabel.finished:
            return found
        return replace(found, relabel=replace(found.relabel, finished=True))

    await change_project(ports, project.id, finished)
    await log_event(
        ports,
        project.id,
        operation.created_by,
        Happened.LABELS_CHANGE_FINISHED,
        version=project.label_version,
        changed=operation.changed,
    )


async def _relabel_predictions(ports: Ports, project: Project, shard: int) -> None:
    change, offered = project.relabel, frozenset(label_paths(project.labels))

    def predictions(known: Mapping[int, Prediction]) -> Mapping[int, Prediction]:
        return relabeled_predictions(known, change, offered) if change else known

    def trust(known: Trust) -> Trust:
        if project.trust is not None and project.trust.id == known.id:
            return project.trust
        return relabeled_trust(known, change.moves) if change else known

    version = project.label_version
    await rewrite_predictions(ports, project.id, shard, predictions, trust=trust, labels=version)


def _bringing_up(indexes: Sequence[int], terms: Terms) -> Decide[None]:
    def decide(control: Control, records: Mapping[int, ItemRecord]) -> tuple[Change | None, None]:
        after = {index: brought_up(records[index], control.labels, terms) for index in indexes}
        return apply_records(control, records, after), None

    return decide
