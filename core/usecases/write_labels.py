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
from core.usecases.initialize_project import project_prefix
from core.usecases.read_predictions import read_predictions
from core.usecases.rewrite_archive import rewrite_archive


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

    async def merged(control: Control) -> str:
        known = await read_predictions(ports, control)
        return await keep_predictions(ports, project, shard, {**known, **prelabels})

    await rewrite_archive(ports, project, shard, "predictions", merged)


async def keep_predictions(
    ports: Ports, project: str, shard: int, predictions: Mapping[int, Prediction]
) -> str:
    """Store the predictions of a shard under a name that was never used, and return it."""
    name = f"{project_prefix(project)}predictions/{shard:04d}-{ports.ids.new()}.json.gz"
    await ports.predictions.write(name, predictions)
    return name
