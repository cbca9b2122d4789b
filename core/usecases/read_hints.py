"""Which items of a shard go well together on a page."""

from collections.abc import Mapping

from cachetools import LRUCache

from core.domain.assist import Order
from core.domain.projects import Project
from core.logic.assist.policy import shows_alike
from core.logic.tasks.paging import NO_HINTS, Hints, Places, places_of, seeks_unsure
from core.ports import Ports

SHARDS_REMEMBERED = 128

_places: LRUCache[str, Places] = LRUCache(SHARDS_REMEMBERED)
_sureness: LRUCache[str, Mapping[int, float]] = LRUCache(SHARDS_REMEMBERED)


async def read_hints(ports: Ports, project: Project, shard: int, task: str, size: int) -> Hints:
    """What the shard's archives say that matters to a task of this size. They are read once, if at all."""
    unsure = project.assist.order is Order.UNCERTAIN and seeks_unsure(task)
    alike = size > 1 and shows_alike(project.kind)
    if not (unsure or alike):
        return NO_HINTS
    control = (await ports.shards.read(project.id, shard)).value
    groups = control.groups if alike else None
    predictions = control.predictions if unsure else None
    places = await _read_places(ports, groups) if groups else {}
    sureness = await _read_sureness(ports, predictions) if predictions else {}
    return Hints(groups, places, predictions, sureness)


async def _read_places(ports: Ports, name: str) -> Places:
    found = _places.get(name)
    if found is None:
        found = _places[name] = places_of(await ports.groups.read(name))
    return found


async def _read_sureness(ports: Ports, name: str) -> Mapping[int, float]:
    found = _sureness.get(name)
    if found is None:
        predictions = await ports.predictions.read(name)
        known = {index: prediction.confidence for index, prediction in predictions.items()}
        found = _sureness[name] = {index: sure for index, sure in known.items() if sure is not None}
    return found
