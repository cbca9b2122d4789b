"""Say what a path would give a project, before there is one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from core.domain.errors import NotFound, Unreadable
from core.domain.items import Item
from core.domain.kinds import Kind
from core.domain.labels import Label
from core.domain.projects import Data, Project
from core.domain.transfers import Refusal
from core.logic.projects.data import check_data
from core.ports import Ports
from core.usecases.find_items import Found, find_items
from core.usecases.locate_data import locate_data
from core.usecases.view_item import View, glance_at_image, view_item

SHOWN = 6
PATIENCE = timedelta(seconds=3)
_URL_LASTS = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Preview:
    """How many items there would be, a few of them, and what is left out for which reason.

    `more` says that the count stopped early, because the path holds very many. `columns` are all those that
    the tables have. `refusals` names the first of what is left out.
    """

    matched: int
    more: bool
    first: Sequence[tuple[Item, View]]
    columns: Sequence[str]
    left_out: Mapping[str, int]
    refusals: Sequence[Refusal]


async def preview_data(ports: Ports, kind: Kind, data: Data) -> Preview:
    """Count what matches, for a few seconds.

    Raises Invalid for the data, NotFound for the datastore or asset, InvalidFile for an MLTable, Unavailable.
    """
    data = await locate_data(ports, data)
    check_data(kind, data)
    begun = ports.clock.now()
    found, more = Found(ports.limits.max_items), False
    async for so_far in find_items(ports, kind, data, ports.limits.max_items):
        found = so_far
        more = ports.clock.now() - begun > PATIENCE
        if more:
            break
    first = [(item, await _view(ports, kind, data, item)) for item in found.items[:SHOWN]]
    columns = dict.fromkeys(name for item in found.items[:1_000] for name in item.columns or ())
    return Preview(len(found.items), more, first, tuple(columns), found.reasons, found.refusals)


async def _view(ports: Ports, kind: Kind, data: Data, item: Item) -> View:
    now = ports.clock.now()
    draft = Project("preview", "", kind, data, (Label("any"),), now, "")
    try:
        if kind.is_image:
            return await glance_at_image(ports, draft, item, now + _URL_LASTS)
        return await view_item(ports, draft, item, now + _URL_LASTS)
    except (Unreadable, NotFound):
        return View()
