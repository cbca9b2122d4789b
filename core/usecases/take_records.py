"""Take the records of an import that are for the items of one shard: fit them, then write them."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.domain.answers import Answer
from core.domain.errors import NotFound, Unreadable
from core.domain.imports import Import, ImportAs
from core.domain.items import ImageInfo, Item
from core.domain.kinds import Kind
from core.domain.predictions import Prediction
from core.domain.projects import Project
from core.domain.transfers import Refusal
from core.formats.import_records import Record
from core.logic.answering import Rules
from core.logic.taking_labels import ImportedLabel, Stamp
from core.ports import Ports
from core.usecases.fit_record import fit_record
from core.usecases.look_at_item import look_at_image, read_text
from core.usecases.write_labels import write_labels, write_prelabels

PARALLEL_LOOKS = 16


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
    subjects = await _subjects(ports, project, shard, tuple(records))
    rules = Rules.of(project)
    fitting: dict[int, _Fitting] = {}
    refusals: list[Refusal] = []
    for (index, record), (image, text) in zip(records.items(), subjects, strict=True):
        fitted = fit_record(record, rules, image, text)
        refusals += fitted.refusals
        if fitted.answer is not None:
            left_out = {refusal.where for refusal in fitted.refusals}
            where = tuple(part for part in record.regions or (record.where,) if part not in left_out)
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
            one.answer, one.image.width if one.image else None, one.image.height if one.image else None
        )
        for index, one in fitting.items()
    }
    stamp = Stamp(asked.id, asked.created_by, ports.clock.now())
    reasons = await write_labels(ports, project.id, shard, labels, stamp)
    return [Refusal(where, why) for index, why in reasons.items() for where in fitting[index].where]


async def _subjects(
    ports: Ports, project: Project, shard: int, indexes: Sequence[int]
) -> Sequence[tuple[ImageInfo | None, str | None]]:
    """The images that regions have to fit, or the texts that spans have to; None where unknown."""
    if not project.kind.has_regions and project.kind is not Kind.TEXT_NER:
        return [(None, None)] * len(indexes)
    control = (await ports.shards.read(project.id, shard, fresh=True)).value
    items = await ports.manifests.read(control.manifest)
    container = (await ports.datastores.get(project.data.datastore)).address
    gate = asyncio.Semaphore(PARALLEL_LOOKS)

    async def subject(item: Item) -> tuple[ImageInfo | None, str | None]:
        async with gate:
            try:
                if project.kind is Kind.TEXT_NER:
                    return None, await read_text(ports, project, container, item)
                return item.image or await look_at_image(ports, container, item), None
            except (Unreadable, NotFound):
                return None, None

    return await asyncio.gather(*(subject(items[index]) for index in indexes))
