"""Page through a project's items."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import islice

from core.domain.errors import NotFound, Unreadable
from core.domain.items import Item, ItemRecord, ItemStatus, item_id, parse_item_id
from core.domain.projects import Project
from core.domain.shards import Control
from core.logic.counting import labels_of
from core.ports import Ports
from core.usecases.in_parallel import in_parallel
from core.usecases.survey_project import survey_project
from core.usecases.view_item import View, glance_at_image, view_item

URL_LASTS = timedelta(minutes=30)
PARALLEL_READS = 16


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
    view: View


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
    found: list[_Place] = []
    for control in (await survey_project(ports, project))[first:]:
        if wanted.may_match(control):
            begin = start if control.shard == first else 0
            found += await _matching(ports, project, control, wanted, begin, limit + 1 - len(found))
        if len(found) > limit:
            break
    listed = partial(_listed, ports, project, look=False)
    items = await in_parallel(PARALLEL_READS, listed, found[:limit])
    return ItemPage(items, found[limit].id if len(found) > limit else None)


async def show_item(ports: Ports, project: Project, item: str) -> ListedItem:
    """One item with its whole history. Raises NotFound."""
    shard, index = parse_item_id(item)
    control = (await ports.shards.read(project.id, shard, fresh=True)).value
    if index >= len(control.states):
        raise NotFound("item", item)
    items = await ports.manifests.read(control.manifest)
    records = await _records(ports, project, control, [index])
    place = _Place(item, items[index], control.status(index), records.get(index, ItemRecord()))
    return await _listed(ports, project, place, look=True)


@dataclass(frozen=True, slots=True)
class _Place:
    id: str
    item: Item
    status: ItemStatus
    record: ItemRecord


async def _matching(
    ports: Ports, project: Project, control: Control, wanted: Filter, start: int, limit: int
) -> list[_Place]:
    indexes: Sequence[int] = range(start, len(control.states))
    if wanted.status is not None:
        indexes = [index for index in indexes if control.status(index) is wanted.status]
    if wanted.label is None and wanted.labeler is None:
        indexes = indexes[:limit]
    records = await _records(ports, project, control, indexes)
    items = await ports.manifests.read(control.manifest)
    matching = (
        _Place(item_id(control.shard, index), items[index], control.status(index), record)
        for index in indexes
        if wanted.matches(control.status(index), record := records.get(index, ItemRecord()))
    )
    return list(islice(matching, limit))


async def _records(
    ports: Ports, project: Project, control: Control, indexes: Collection[int]
) -> Mapping[int, ItemRecord]:
    recorded = [index for index in indexes if control.recorded(index)]
    return await ports.shards.records(project.id, control.shard, recorded) if recorded else {}


async def _listed(ports: Ports, project: Project, place: _Place, *, look: bool) -> ListedItem:
    view = await _view(ports, project, place, look=look)
    return ListedItem(place.id, place.item, place.status, place.record, view)


async def _view(ports: Ports, project: Project, place: _Place, *, look: bool) -> View:
    """The item as it can be shown; nothing of one that cannot, whose record says why."""
    until = ports.clock.now() + URL_LASTS
    try:
        if project.kind.is_image and not look:
            return await glance_at_image(ports, project, place.item, until)
        return await view_item(ports, project, place.item, until, look=look)
    except (Unreadable, NotFound):
        return View(image=place.item.image)
