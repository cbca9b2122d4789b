"""Page through a project's items."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.domain.errors import NotFound
from core.domain.items import Item, ItemRecord, ItemStatus, item_id, parse_item_id
from core.domain.projects import Project
from core.domain.shards import Control
from core.logic.counting import labels_of
from core.ports import Ports
from core.usecases.survey_project import survey_project


@dataclass(frozen=True, slots=True)
class Filter:
    """Which items; None means any."""

    status: ItemStatus | None = None
    label: str | None = None
    labeler: str | None = None

    def may_match(self, control: Control) -> bool:
        """Whether the shard's counters leave room for a match."""
        return (
            (self.status is None or control.statuses()[self.status] > 0)
            and (self.label is None or self.label in control.counts.labels)
            and (self.labeler is None or self.labeler in control.counts.labelers)
        )

    def matches(self, status: ItemStatus, record: ItemRecord) -> bool:
        """Whether one item is meant. The label and the labeler are those of the answer that stands."""
        standing = record.annotation
        answer = standing.answer if standing else None
        return (
            (self.status is None or self.status is status)
            and (self.label is None or (answer is not None and self.label in labels_of(answer)))
            and (self.labeler is None or (standing is not None and standing.user == self.labeler))
        )


@dataclass(frozen=True, slots=True)
class ListedItem:
    """An item and where it stands."""

    id: str
    item: Item
    status: ItemStatus
    record: ItemRecord
    text: str | None = None


@dataclass(frozen=True, slots=True)
class ItemPage:
    """Some items, and the cursor of those that follow, if any do."""

    items: Sequence[ListedItem]
    next: str | None


async def list_items(
    ports: Ports, project: Project, wanted: Filter, cursor: str | None, limit: int
) -> ItemPage:
    """Up to `limit` matching items from `cursor` on, in shard order. Raises NotFound for a bad cursor."""
    first, start = parse_item_id(cursor) if cursor else (0, 0)
    found: list[ListedItem] = []
    for control in (await survey_project(ports, project))[first:]:
        if wanted.may_match(control):
            begin = start if control.shard == first else 0
            found += await _matching(ports, project, control, wanted, begin, limit + 1 - len(found))
        if len(found) > limit:
            return ItemPage(found[:limit], found[limit].id)
    return ItemPage(found, None)


async def _matching(
    ports: Ports, project: Project, control: Control, wanted: Filter, start: int, limit: int
) -> list[ListedItem]:
    indexes: Sequence[int] = range(start, len(control.states))
    if wanted.status is not None:
        indexes = [index for index in indexes if control.status(index) is wanted.status]
    if wanted.label is None and wanted.labeler is None:
        indexes = indexes[:limit]
    records = await _records(ports, project, control, indexes)
    items = await ports.manifests.read(control.manifest)
    matching = _listed(control, items, records, indexes, wanted)
    return [item for item, _ in zip(matching, range(limit), strict=False)]


async def _records(
    ports: Ports, project: Project, control: Control, indexes: Collection[int]
) -> Mapping[int, ItemRecord]:
    recorded = [index for index in indexes if control.recorded(index)]
    return await ports.shards.records(project.id, control.shard, recorded) if recorded else {}


def _listed(
    control: Control,
    items: Sequence[Item],
    records: Mapping[int, ItemRecord],
    indexes: Collection[int],
    wanted: Filter,
) -> Iterator[ListedItem]:
    for index in indexes:
        record, status = records.get(index, ItemRecord()), control.status(index)
        if wanted.matches(status, record):
            yield ListedItem(item_id(control.shard, index), items[index], status, record)


async def show_item(ports: Ports, project: Project, item: str) -> ListedItem:
    """One item with its whole history. Raises NotFound."""
    shard, index = parse_item_id(item)
    control = (await ports.shards.read(project.id, shard, fresh=True)).value
    if index >= len(control.states):
        raise NotFound("item", item)
    items = await ports.manifests.read(control.manifest)
    listed = _listed(control, items, await _records(ports, project, control, [index]), [index], Filter())
    return next(listed)
