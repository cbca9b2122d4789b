"""Take the records of an import that are for the items of one shard: fit them, then write them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.domain.answers import Answer
from core.domain.imports import Import, ImportAs
from core.domain.items import ImageInfo
from core.domain.predictions import Prediction
from core.domain.projects import Project
from core.domain.records import Source
from core.domain.transfers import Refusal
from core.formats.import_records import Record
from core.logic.answering import Rules
from core.logic.records.taking_labels import ImportedLabel, Stamp
from core.ports import Ports
from core.usecases.fit_record import fit_record
from core.usecases.measure_items import measure_items
from core.usecases.write_labels import write_labels, write_prelabels


@dataclass(frozen=True, slots=True)
class _Fitting:
    """What fits an item, and which records of the file it stands for."""

    record: Record
    answer: Answer
    image: ImageInfo | None
    where: tuple[str, ...]


async def take_records(
    ports: Ports, project: Project, asked: Import, shard: int, records: Mapping[int, Record]
) -> Sequence[Refusal]:
    """Give items, by their index in the shard, what the records say of them. What was refused, and why."""
    measured = await measure_items(ports, project, shard, tuple(records))
    rules = Rules.of(project)
    fitting: dict[int, _Fitting] = {}
    refusals: list[Refusal] = []
    for index, record in records.items():
        image = measured[index].image
        fitted = fit_record(record, rules, image, measured[index].text)
        refusals += fitted.refusals
        if fitted.answer is not None:
            left_out = {refusal.where for refusal in fitted.refusals}
            where = tuple(part for part in record.parts if part not in left_out)
            fitting[index] = _Fitting(record, fitted.answer, image, where)
    return [*refusals, *await _write(ports, project, asked, shard, fitting)]


async def _write(
    ports: Ports, project: Project, asked: Import, shard: int, fitting: Mapping[int, _Fitting]
) -> Sequence[Refusal]:
    if asked.taken_as is ImportAs.PRELABELS:
        prelabels = {index: Prediction(one.answer, one.record.confidence) for index, one in fitting.items()}
        await write_prelabels(ports, project.id, shard, prelabels)
        return ()
    labels = {
        index: ImportedLabel(
            one.answer,
            one.image.width if one.image else None,
            one.image.height if one.image else None,
            one.record.confidence,
        )
        for index, one in fitting.items()
    }
    stamp = Stamp(asked.id, asked.created_by, ports.clock.now())
    source = Source.CONSENSUS if asked.taken_as is ImportAs.CONSENSUS else Source.IMPORTED
    reasons = await write_labels(ports, project, shard, labels, stamp, source)
    return [Refusal(where, why) for index, why in reasons.items() for where in fitting[index].where]
