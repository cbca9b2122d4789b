"""Find the item that an imported record means, and what of the record fits it."""

from dataclasses import dataclass

from core.domain.answers import Answer
from core.domain.errors import NotFound, Unreadable
from core.domain.items import ImageInfo
from core.domain.kinds import Kind
from core.domain.projects import Project
from core.domain.transfers import Refusal
from core.formats.import_records import Record
from core.logic.answering import Rules
from core.logic.answering.rules import shown
from core.logic.matching import Ambiguous, Index, Position
from core.ports import Ports
from core.usecases.fit_record import fit_record, refused
from core.usecases.look_at_item import look_at_image, read_text


@dataclass(frozen=True, slots=True)
class Matched:
    """An answer for the item at `position`, standing for the records of the file at `where`.

    `image` is what is known of the item's image, `refusals` what of the record did not fit.
    """

    position: Position
    where: tuple[str, ...]
    answer: Answer
    confidence: float | None
    image: ImageInfo | None
    refusals: tuple[Refusal, ...]


async def match_record(
    ports: Ports, project: Project, index: Index, record: Record
) -> Matched | tuple[Refusal, ...]:
    """The record's answer for an item, or why there is none."""
    position = _position(index, record)
    if isinstance(position, str):
        return refused(record, position).refusals
    image, text = await _subject(ports, project, position)
    fitted = fit_record(record, Rules.of(project), image, text)
    if fitted.answer is None:
        return fitted.refusals
    left_out = {refusal.where for refusal in fitted.refusals}
    where = tuple(part for part in record.regions or (record.where,) if part not in left_out)
    return Matched(position, where, fitted.answer, record.confidence, image, fitted.refusals)


def _position(index: Index, record: Record) -> Position | str:
    if record.location is not None:
        found, what = index.find(record.location), f"'{shown(record.location)}'"
    else:
        found, what = index.find_text(record.text or ""), "the record's text"
    if found is None:
        return f"no item of the project is {what}."
    if isinstance(found, Ambiguous):
        return f"{found.count} items of the project could be {what}."
    return found


async def _subject(ports: Ports, project: Project, position: Position) -> tuple[ImageInfo | None, str | None]:
    """The item's image if regions have to fit it, or its text if spans have to; None where unknown."""
    shard, index = position
    control = (await ports.shards.read(project.id, shard)).value
    item = (await ports.manifests.read(control.manifest))[index]
    container = (await ports.datastores.get(project.data.datastore)).address
    try:
        if project.kind is Kind.TEXT_NER:
            return None, await read_text(ports, project, container, item)
        if project.kind.has_regions and item.image is None:
            return await look_at_image(ports, container, item), None
    except (Unreadable, NotFound):
        return None, None
    return item.image, None
