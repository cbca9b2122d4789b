"""Write what an import found to the items of one shard: as labels that stand, or as prelabels to check."""

from collections.abc import Mapping

from core.domain.predictions import Prediction
from core.domain.projects import Project
from core.domain.records import ItemRecord, Source
from core.domain.shards import Change, Control
from core.logic.records.settling import Terms
from core.logic.records.taking_labels import ImportedLabel, Reasons, Stamp, take_labels
from core.ports import Ports
from core.usecases.batches import batches
from core.usecases.change_shard import RECORDS_A_WRITE, change_shard
from core.usecases.rewrite_predictions import rewrite_predictions


async def write_labels(
    ports: Ports,
    project: Project,
    shard: int,
    labels: Mapping[int, ImportedLabel],
    stamp: Stamp,
    source: Source,
) -> Reasons:
    """Give items their labels, some at a time; why some were refused, by index."""
    reasons: dict[int, str] = {}
    terms = Terms.of(project)
    for indexes in batches(tuple(labels), RECORDS_A_WRITE):
        some = {index: labels[index] for index in indexes}

        def decide(
            control: Control, records: Mapping[int, ItemRecord], some: Mapping[int, ImportedLabel] = some
        ) -> tuple[Change | None, Reasons]:
            return take_labels(control, records, some, stamp, terms, source)

        reasons |= await change_shard(ports, project.id, shard, indexes, decide)
    return reasons


async def write_prelabels(
    ports: Ports, project: str, shard: int, prelabels: Mapping[int, Prediction]
) -> None:
    """Show these predictions with the items, in place of those that they had."""
    await rewrite_predictions(ports, project, shard, lambda known: {**known, **prelabels})
