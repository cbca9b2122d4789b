"""Make items of a blob that has just arrived, in every project whose path it matches."""

import asyncio
from collections import defaultdict

from core.domain.items import Item
from core.domain.projects import Data, Project
from core.logic.paths import is_image, matches
from core.ports import Ports
from core.usecases.add_items import add_items

_Waiting = list[tuple[Item, "asyncio.Future[None]"]]
_waiting: defaultdict[str, _Waiting] = defaultdict(list)
_busy: set[str] = set()


async def ingest_blob(ports: Ports, container: str, name: str) -> None:
    """Add the blob wherever it belongs. However often the event arrives, it is added once.

    A project that still initializes needs no telling: it lists its path again when it starts.
    """
    if not is_image(name):
        return
    projects = [
        project for project in await ports.projects.all() if await _takes(ports, project, container, name)
    ]
    blob = await ports.blobs.stat(container, name) if projects else None
    if blob is None:
        return
    item = Item(blob.name, blob.etag, blob.size)
    await asyncio.gather(*(_add_with_others(ports, project.id, item) for project in projects))


async def _takes(ports: Ports, project: Project, container: str, name: str) -> bool:
    wants_more = project.under_way and project.refresh.enabled
    return wants_more and matches(project.data.path, name) and await _is_in(ports, project.data, container)


async def _is_in(ports: Ports, data: Data, container: str) -> bool:
    return (await ports.datastores.get(data.datastore)).container == container


async def _add_with_others(ports: Ports, project: str, item: Item) -> None:
    """Group commit: what arrives while a write is under way goes into the next one together."""
    done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    _waiting[project].append((item, done))
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


async def _add_batch(ports: Ports, project: str, batch: _Waiting) -> None:
    try:
        await add_items(ports, project, [item for item, _ in batch])
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
