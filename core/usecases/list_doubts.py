"""Page through the answers that the last model doubts."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.domain.answers import Answer
from core.domain.errors import NotFound
from core.domain.items import parse_item_id
from core.domain.labels import label_paths
from core.domain.projects import Project
from core.domain.runs import Doubt, Run, RunStatus, Stage
from core.formats.documents import DOUBT
from core.logic.assist.doubting import is_open, suggestion
from core.ports import Ports
from core.usecases.batches import batches
from core.usecases.list_items import ListedItem, Place, find_places, list_places
from core.usecases.run_files import doubts_name

LOOK_AHEAD = 25
"""So many doubts are held against their items at once."""


@dataclass(frozen=True, slots=True)
class DoubtedItem:
    """An item, how much its answer is doubted, 0..1 within a run, and what the model would say instead."""

    listed: ListedItem
    doubt: float
    suggested: Answer


@dataclass(frozen=True, slots=True)
class DoubtedItems:
    """Some doubts of a run, the most doubtful first, and the cursor of those that follow, if any may."""

    run: str | None
    items: Sequence[DoubtedItem]
    next: str | None


async def list_doubts(ports: Ports, project: Project, cursor: str | None, limit: int) -> DoubtedItems:
    """Up to `limit` answers that nobody has changed or approved since the last model doubted them.

    Raises NotFound for a bad cursor.
    """
    run, start = await _begin(ports, project, cursor)
    lines = await _lines(ports, project, run) if run else []
    found: list[_Doubted] = []
    for some in batches(range(start, len(lines)), LOOK_AHEAD):
        if run is None or len(found) > limit:
            break
        found += await _still_open(ports, project, run, lines, some)
    listed = await list_places(ports, project, [one.place for one in found[:limit]])
    items = [
        DoubtedItem(item, one.doubt.doubt, one.doubt.suggested)
        for item, one in zip(listed, found[:limit], strict=True)
    ]
    following = f"{run.id}.{found[limit].at}" if run and len(found) > limit else None
    return DoubtedItems(run.id if run else None, items, following)


@dataclass(frozen=True, slots=True)
class _Doubted:
    """A doubt, where it is in its file, and the item that it is about."""

    at: int
    doubt: Doubt
    place: Place


async def _begin(ports: Ports, project: Project, cursor: str | None) -> tuple[Run | None, int]:
    """The run whose doubts are shown, and where to go on; a cursor stays with the run that it came from."""
    runs = await ports.runs.all(project.id) if project.shards else []
    trained = [run for run in runs if run.stage is Stage.TRAIN and run.status is RunStatus.DONE]
    if cursor is None:
        return (trained[0] if trained else None), 0
    name, _, at = cursor.rpartition(".")
    run = next((run for run in trained if run.id == name), None)
    if run is None or not (at.isascii() and at.isdigit()):
        raise NotFound("cursor", cursor)
    return run, int(at)


async def _lines(ports: Ports, project: Project, run: Run) -> Sequence[bytes]:
    try:
        data = await ports.blobs.read(ports.limits.app_container, doubts_name(project.id, run.id))
    except NotFound:
        return []
    return data.splitlines()


async def _still_open(
    ports: Ports, project: Project, run: Run, lines: Sequence[bytes], some: Sequence[int]
) -> Sequence[_Doubted]:
    """The doubts on some lines that are still worth a look, in order."""
    doubts = {at: DOUBT.decode(lines[at]) for at in some}
    asked: defaultdict[int, list[int]] = defaultdict(list)
    for doubt in doubts.values():
        shard, index = parse_item_id(doubt.item)
        asked[shard].append(index)
    places: dict[str, Place] = {}
    for shard, indexes in asked.items():
        control = (await ports.shards.read(project.id, shard)).value
        places |= {place.id: place for place in await find_places(ports, project, control, indexes)}
    labels = set(label_paths(project.labels))
    found: list[_Doubted] = []
    for at, doubt in doubts.items():
        place = places[doubt.item]
        if not is_open(place.record, run.created_at):
            continue
        instead = suggestion(doubt.suggested, place.record, labels, project.relabel)
        if instead is not None:
            found.append(_Doubted(at, replace(doubt, suggested=instead), place))
    return found
