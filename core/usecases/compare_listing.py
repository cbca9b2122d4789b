"""Hold a project's items against a complete listing of its data; nothing is written."""

import asyncio
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from os.path import commonprefix

from core.domain.items import Item
from core.domain.projects import DataType, Project
from core.domain.shards import Control
from core.logic.comparing import Comparison, News
from core.ports import BlobInfo, Ports
from core.usecases.find_items import Found, find_items, full
from core.usecases.in_parallel import in_parallel
from core.usecases.read_ahead import read_ahead

PARALLEL_STATS = 16

_ALL = sys.maxsize
_Shard = tuple[Control, Sequence[Item]]


@dataclass(frozen=True, slots=True)
class Listing:
    """What a listing has that is no item yet, up to the cap, and by shard what it has otherwise or not."""

    new: Sequence[Item]
    news: Mapping[int, News]
    found: Found


async def compare_listing(ports: Ports, project: Project) -> Listing:
    """List everything, however long that takes; a blob that arrives meanwhile may be in it or not.

    Raises NotFound, InvalidFile, Unavailable, when nothing can be said.
    """
    known = Comparison()
    async for _, (control, items) in read_ahead(project.shards, partial(_read, ports, project.id)):
        known.know(control, items)
        await asyncio.sleep(0)
    room = ports.limits.max_items - known.known
    found, new, folders = Found(_ALL), list[Item](), set[str]()
    async for found in find_items(ports, project.kind, project.data, _ALL):
        for item in found.take():
            folders.add(item.path.rpartition("/")[0])
            if known.see(item):
                continue
            if len(new) < room:
                new.append(item)
            else:
                found.refuse(item.name, full(ports.limits.max_items))
        await asyncio.sleep(0)
    if project.data.type is DataType.MLTABLE:
        await _see_blobs(ports, project, known, folders)
    return Listing(new, known.news(), found)


async def confirm(ports: Ports, project: Project, listing: Listing, shard: int) -> News:
    """What is still so of a shard's news: an item may be newer than the page of the listing.

    Of a row it is unknown while its table cannot be read to the end, or is another by now.
    """
    _, items = await _read(ports, project.id, shard)
    container = (await ports.datastores.get(project.data.datastore)).address
    news = listing.news[shard]
    paths = sorted({items[index].path for index in news})
    blobs = await in_parallel(PARALLEL_STATS, partial(ports.blobs.stat, container), paths)
    stats = dict(zip(paths, blobs, strict=True))
    confirmed: dict[int, Item | None] = {}
    for index, listed in news.items():
        item, blob = items[index], stats[items[index].path]
        if blob is None:
            confirmed[index] = None
        elif item.row is None:
            confirmed[index] = Item(item.path, blob.etag, blob.size)
        elif _still(blob, listed, listing.found):
            confirmed[index] = listed
    return confirmed


def _still(table: BlobInfo, row: Item | None, found: Found) -> bool:
    """Whether the table is the one in which the row was found, or not found."""
    return table.etag == (found.tables.get(table.name) if row is None else row.etag)


async def _read(ports: Ports, project: str, shard: int) -> _Shard:
    control = (await ports.shards.read(project, shard, fresh=True)).value
    return control, await ports.manifests.read(control.manifest)


async def _see_blobs(ports: Ports, project: Project, known: Comparison, folders: Collection[str]) -> None:
    """An MLTable names images; whether they are there, and in which version, a listing of blobs says."""
    container = (await ports.datastores.get(project.data.datastore)).address
    prefix = commonprefix([*folders])  # noqa: RUF071  a listing's prefix may end within a name
    async for page in ports.blobs.list(container, prefix):
        for blob in page:
            known.see(Item(blob.name, blob.etag, blob.size))
        await asyncio.sleep(0)
