"""Page through the answers that the last model doubts."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
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
from core.usecases.in_parallel import in_parallel
from core.usecases.list_items import ListedItem, Place, find_places, list_places
from core.usecases.run_files import doubts_name

PARALLEL_READS = 16


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
    step = limit + 1
    while run and start < len(lines) and len(found) <= limit:
        some = range(start, min(start + step, len(lines)))
        found += await _still_open(ports, project, run, lines, some)
        start, step = start + step, 2 * step  # where much has been looked at, it goes faster
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
    places = await _places(ports, project, [doubt.item for doubt in doubts.values()])
    labels, learned = set(label_paths(project.labels)), run.started or run.created_at
    found: list[_Doubted] = []
    for at, doubt in doubts.items():
        place = places[doubt.item]
        if not is_open(place.record, learned):
            continue
        instead = suggestion(doubt.suggested, place.record, labels, project.relabel)
        if instead is not None:
            found.append(_Doubted(at, replace(doubt, suggested=instead), place))
    return found


async def _places(ports: Ports, project: Project, items: Sequence[str]) -> Mapping[str, Place]:
    asked: defaultdict[int, list[int]] = defaultdict(list)
    for item in items:
        shard, index = parse_item_id(item)
        asked[shard].append(index)

    async def find(shard: int) -> Sequence[Place]:
        control = (await ports.shards.read(project.id, shard)).value
        return await find_places(ports, project, control, asked[shard])

    found = await in_parallel(PARALLEL_READS, find, asked)
    return {place.id: place for places in found for place in places}
