"""Take a blob that has just arrived into every project whose path it matches."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from core.domain.commands import InspectItems
from core.domain.items import Item
from core.domain.measures import INGEST_SECONDS
from core.domain.projects import Data, DataType, Project
from core.domain.work import working_in
from core.logic.paths import is_image, matches
from core.logic.refreshing import refreshes_itself
from core.ports import BlobInfo, Ports
from core.usecases.add_items import add_items
from core.usecases.find_items import Found, take_file, take_table
from core.usecases.follow_blobs import follow_items

INSPECT_EVERY = timedelta(minutes=1)

_Waiting = list[tuple[Sequence[Item], "asyncio.Future[None]"]]
_waiting: defaultdict[str, _Waiting] = defaultdict(list)
_busy: set[str] = set()
_inspected: dict[tuple[str, int], datetime] = {}


async def ingest_blob(ports: Ports, container: str, name: str) -> None:
    """Add the blob wherever it belongs, or note that an item's blob is back, or another.

    However often the event arrives, that happens once. A project that still initializes needs no telling: it
    lists its path again when it starts.
    """
    projects = [
        project for project in await ports.projects.all() if await _takes(ports, project, container, name)
    ]
    blob = await ports.blobs.stat(container, name) if projects else None
    if blob is None:
        return
    await asyncio.gather(*(_ingest(ports, project, container, blob) for project in projects))


async def _ingest(ports: Ports, project: Project, container: str, blob: BlobInfo) -> None:
    with working_in(project.id):
        if await _take_in(ports, project, container, blob) and blob.changed is not None:
            lag = ports.clock.now() - blob.changed
            ports.telemetry.record(INGEST_SECONDS, max(0.0, lag.total_seconds()))


async def _take_in(ports: Ports, project: Project, container: str, blob: BlobInfo) -> bool:
    """Whether there was something in it for the project."""
    found = Found(ports.limits.max_items)
    if project.data.type is DataType.FILES:
        take_file(project.kind, blob, found)
    elif project.data.type is DataType.TABULAR:
        async for _ in take_table(ports, container, project.data, blob, found):
            await asyncio.sleep(0)
    else:
        found.items.append(Item(blob.name, blob.etag, blob.size))
    if found.items:
        await _add_with_others(ports, project.id, found.items)
    return bool(found.items)


async def _takes(ports: Ports, project: Project, container: str, name: str) -> bool:
    data = project.data
    named = is_image(name) if data.type is DataType.MLTABLE else matches(data.path, name)
    return refreshes_itself(project) and named and await _is_in(ports, data, container)


async def _is_in(ports: Ports, data: Data, container: str) -> bool:
    return (await ports.datastores.get(data.datastore)).address == container


async def _add_with_others(ports: Ports, project: str, items: Sequence[Item]) -> None:
    """Group commit: what arrives while a write is under way goes into the next one together."""
    done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    _waiting[project].append((items, done))
    if project not in _busy:
        _busy.add(project)
        try:
            while _waiting[project]:
                await _add_batch(ports, project, _waiting.pop(project))
        finally:
            _busy.discard(project)
            for _, left in _waiting.pop(project, []):
                left.cancel()
    await done


async def _have_inspected(ports: Ports, project: str, shard: int) -> None:
    """Have what is new from this shard on looked at once a minute, however much arrives meanwhile."""
    now = ports.clock.now()
    if now - _inspected.get((project, shard), now - INSPECT_EVERY) >= INSPECT_EVERY:
        _inspected[project, shard] = now
        await ports.commands.send(InspectItems(project, shard), round(INSPECT_EVERY.total_seconds()))


async def _take(ports: Ports, project: str, items: Sequence[Item]) -> None:
    """Of a project over an MLTable, items follow their blobs; it alone says which images are items."""
    found = (await ports.projects.get(project, fresh=True)).value
    added = 0 if found.data.type is DataType.MLTABLE else await add_items(ports, project, items)
    if added:
        await _have_inspected(ports, project, found.shards - 1)
    if added < len(items) and await follow_items(ports, found, items):
        await _have_inspected(ports, project, 0)


async def _add_batch(ports: Ports, project: str, batch: _Waiting) -> None:
    try:
        await _take(ports, project, [item for items, _ in batch for item in items])
    except BaseException as error:
        for _, done in batch:
            if not done.done():
                done.set_exception(error)
        if not isinstance(error, Exception):
            raise
    else:
        for _, done in batch:
            if not done.done():
                done.set_result(None)
