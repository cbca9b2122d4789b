"""Page through a project's items."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from itertools import chain, islice

from core.domain.errors import NotFound, Unreadable
from core.domain.filters import Filter
from core.domain.items import Item, ItemStatus, item_id, parse_item_id
from core.domain.predictions import Prediction, Prelabel
from core.domain.projects import Project
from core.domain.records import ItemRecord, Revision
from core.domain.shards import Control
from core.logic.agreement import Verdict
from core.logic.assist.lanes import revealed
from core.logic.filtering import (
    asks_prelabels,
    asks_records,
    is_named,
    matches,
    may_match,
    may_match_item,
)
from core.logic.records.flagging import flags
from core.logic.records.following_blobs import etag_at
from core.logic.records.relabeling import brought_up
from core.logic.records.settling import Terms, verdict
from core.ports import Ports
from core.usecases.in_parallel import in_parallel
from core.usecases.read_predictions import read_predictions
from core.usecases.survey_project import survey_project
from core.usecases.view_item import View, glance_at_image, view_item

URL_LASTS = timedelta(minutes=30)
PARALLEL_READS = 16
SHARDS_A_PAGE = 64
"""No more are looked into for one page: a search for what is rare goes on where it stopped."""


@dataclass(frozen=True, slots=True)
class ListedItem:
    """An item, where it stands, and what was predicted of it, whether labelers see it or not.

    `merged` is what several votes come to, told of one item and not of many.
    """

    id: str
    item: Item
    status: ItemStatus
    record: ItemRecord
    prelabel: Prelabel | None
    view: View
    merged: Verdict | None = None

    def etag_at(self, at: datetime) -> str:
        """The ETag of the version that the item had at a time."""
        return etag_at(self.record, self.item, at)

    @property
    def flags(self) -> Sequence[Revision]:
        """The votes of those who ask for another look at it."""
        return flags(self.record)


@dataclass(frozen=True, slots=True)
class ItemPage:
    """Some items, and the cursor of where to go on. A page may be short, or empty, with more to follow."""

    items: Sequence[ListedItem]
    next: str | None


async def list_items(
    ports: Ports, project: Project, wanted: Filter, cursor: str | None, limit: int
) -> ItemPage:
    """Up to `limit` matching items from `cursor` on, in shard order. Raises NotFound for a bad cursor.

    The longer nothing is found, the more shards are looked into at once.
    """
    first, start = parse_item_id(cursor) if cursor else (0, 0)
    survey = (await survey_project(ports, project))[first:]
    promising = [control for control in survey if may_match(wanted, control)]
    found: list[Place] = []
    looked = 0

    async def match(control: Control) -> list[Place]:
        begin = start if control.shard == first else 0
        return await _matching(ports, project, control, wanted, begin, limit + 1)

    while looked < min(len(promising), SHARDS_A_PAGE) and len(found) <= limit:
        some = promising[looked : looked + min(looked + 1, PARALLEL_READS, SHARDS_A_PAGE - looked)]
        found += chain.from_iterable(await in_parallel(PARALLEL_READS, match, some))
        looked += len(some)
    following = [place.id for place in found[limit:]] + [item_id(one.shard, 0) for one in promising[looked:]]
    items = await list_places(ports, project, found[:limit])
    return ItemPage(items, following[0] if following else None)


async def list_places(ports: Ports, project: Project, places: Sequence["Place"]) -> Sequence[ListedItem]:
    """The items at some places, in order."""
    return await in_parallel(PARALLEL_READS, partial(_listed, ports, project, look=False), places)


async def show_item(ports: Ports, project: Project, item: str) -> ListedItem:
    """One item with its whole history. Raises NotFound."""
    shard, index = parse_item_id(item)
    control = (await ports.shards.read(project.id, shard, fresh=True)).value
    if index >= len(control.states):
        raise NotFound("item", item)
    (place,) = await find_places(ports, project, control, [index])
    listed = await _listed(ports, project, place, look=True)
    votes = place.record.votes
    merged = verdict(votes, Terms.of(project)) if len(votes) > 1 else None
    return replace(listed, merged=merged)


@dataclass(frozen=True, slots=True)
class Place:
    """An item as storage has it, with its record brought up to the labels of now."""

    id: str
    item: Item
    status: ItemStatus
    record: ItemRecord
    prelabel: Prelabel | None


async def find_places(
    ports: Ports, project: Project, control: Control, indexes: Sequence[int]
) -> Sequence[Place]:
    """These items of a shard, in order."""
    prelabels = await read_predictions(ports, control)
    records = await _records(ports, project, control, indexes)
    items = await ports.manifests.read(control.manifest)
    return [
        Place(
            item_id(control.shard, index),
            items[index],
            control.status(index),
            records.get(index, ItemRecord()),
            revealed(prelabels.get(index), control.trust),
        )
        for index in indexes
    ]


async def _matching(
    ports: Ports, project: Project, control: Control, wanted: Filter, start: int, limit: int
) -> list[Place]:
    indexes: Sequence[int] = [
        index for index in range(start, len(control.states)) if may_match_item(wanted, control, index)
    ]
    if wanted.path is not None:
        items = await ports.manifests.read(control.manifest)
        indexes = [index for index in indexes if is_named(wanted, items[index])]
    if not (asks_records(wanted) or asks_prelabels(wanted)):
        indexes = indexes[:limit]
    if not indexes:
        return []
    places = await find_places(ports, project, control, indexes)
    matching = (place for place in places if matches(wanted, place.record, _predicted(place)))
    return list(islice(matching, limit))


def _predicted(place: Place) -> Prediction | None:
    return place.prelabel.prediction if place.prelabel else None


async def _records(
    ports: Ports, project: Project, control: Control, indexes: Collection[int]
) -> Mapping[int, ItemRecord]:
    recorded = [index for index in indexes if control.recorded(index)]
    if not recorded:
        return {}
    terms = Terms.of(project)
    records = await ports.shards.records(project.id, control.shard, recorded)
    return {index: brought_up(record, control.labels, terms) for index, record in records.items()}


async def _listed(ports: Ports, project: Project, place: Place, *, look: bool) -> ListedItem:
    view = await _view(ports, project, place, look=look)
    return ListedItem(place.id, place.item, place.status, place.record, place.prelabel, view)


async def _view(ports: Ports, project: Project, place: Place, *, look: bool) -> View:
    """The item as it can be shown; nothing of one that cannot, whose record says why."""
    until = ports.clock.now() + URL_LASTS
    try:
        if project.kind.is_image and not look:
            return await glance_at_image(ports, project, place.item, until)
        return await view_item(ports, project, place.item, until, look=look)
    except (Unreadable, NotFound):
        return View(image=place.item.image)
