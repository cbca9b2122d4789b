"""Which items of a shard a labeler may not have, because the project reserves them for others."""

from collections.abc import Container

from cachetools import LRUCache

from core.domain.projects import Project, Reservation
from core.logic.tasks.reserving import Parts, parts
from core.ports import Ports
from core.usecases.read_predictions import read_predictions

PARTS_REMEMBERED = 1_024

_known: LRUCache[tuple[str, str | None, tuple[Reservation, ...]], Parts] = LRUCache(PARTS_REMEMBERED)


async def bar_items(ports: Ports, project: Project, shard: int, labeler: str) -> Container[int]:
    """The indexes; none where the project reserves nothing. Items that are newer than the look are barred."""
    if not project.reservations:
        return ()
    control = (await ports.shards.read(project.id, shard)).value
    key = (control.manifest, control.predictions, project.reservations)
    found = _known.get(key)
    if found is None:
        items = await ports.manifests.read(control.manifest)
        predictions = await read_predictions(ports, control)
        found = _known[key] = parts(items, predictions, project.reservations)
    return found.barred(labeler)
