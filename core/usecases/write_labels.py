"""Write what an import found to the items of one shard: as labels that stand, or as prelabels to check."""

from collections.abc import Mapping
from dataclasses import replace

from core.domain.items import ItemRecord
from core.domain.predictions import Prediction
from core.domain.shards import Change, Control
from core.logic.taking_labels import ImportedLabel, Reasons, Stamp, take_labels
from core.ports import Ports
from core.usecases.batches import batches
from core.usecases.change_shard import RECORDS_A_WRITE, change_shard
from core.usecases.initialize_project import project_prefix


async def write_labels(
    ports: Ports, project: str, shard: int, labels: Mapping[int, ImportedLabel], stamp: Stamp
) -> Reasons:
    """Give items their labels, some at a time; why some were refused, by index."""
    reasons: dict[int, str] = {}
    for indexes in batches(tuple(labels), RECORDS_A_WRITE):
        some = {index: labels[index] for index in indexes}

        def decide(
            control: Control, records: Mapping[int, ItemRecord], some: Mapping[int, ImportedLabel] = some
        ) -> tuple[Change | None, Reasons]:
            return take_labels(control, records, some, stamp)

        reasons |= await change_shard(ports, project, shard, indexes, decide)
    return reasons


async def write_prelabels(
    ports: Ports, project: str, shard: int, prelabels: Mapping[int, Prediction]
) -> None:
    """Show these predictions with the items, in place of those that they had."""
    name = f"{project_prefix(project)}predictions/{shard:04d}-{ports.ids.new()}.json.gz"
    while True:
        before = (await ports.shards.read(project, shard, fresh=True)).value.predictions
        known = await ports.predictions.read(before) if before else {}
        await ports.predictions.write(name, {**known, **prelabels})

        def decide(
            control: Control, _records: object, before: str | None = before
        ) -> tuple[Change | None, bool]:
            if control.predictions != before:
                return None, False
            return Change(replace(control, predictions=name)), True

        if await change_shard(ports, project, shard, (), decide):
            return
