"""Take copies of a project's data for the data themselves: a copied blob has another ETag, but is no news."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from os.path import commonprefix

from core.domain.items import Item
from core.domain.projects import Project
from core.domain.shards import Control
from core.logic.known_paths import digest
from core.ports import Ports
from core.usecases.initialize_project import write_manifest
from core.usecases.read_ahead import read_items
from core.usecases.rewrite_manifest import rewrite_manifest

Copies = Mapping[bytes, tuple[int, str]]
"""By the digest of its name, a blob's size and ETag."""


async def adopt_copies(ports: Ports, project: Project) -> None:
    """Give every item the ETag of the blob that has its path and its size now, without a word in its record.

    What is not there, or has another size, stays as it is: the next refresh says so. So do rows of tables,
    which are told by their cells. Raises NotFound for the container, Unavailable.
    """
    copies = await _copies(ports, project)
    async for shard, items in read_items(ports, project):
        if any(_adopted(item, copies) is not item for item in items):
            await _rewrite(ports, project.id, shard, copies)


async def _rewrite(ports: Ports, project: str, shard: int, copies: Copies) -> None:
    async def write(control: Control) -> str:
        items = await ports.manifests.read(control.manifest)
        return await write_manifest(ports, project, shard, [_adopted(item, copies) for item in items])

    await rewrite_manifest(ports, project, shard, write)


async def _copies(ports: Ports, project: Project) -> Copies:
    prefix: str | None = None
    async for _, items in read_items(ports, project):
        prefix = _common(prefix, items)
    container = (await ports.datastores.get(project.data.datastore)).address
    copies: dict[bytes, tuple[int, str]] = {}
    async for page in ports.blobs.list(container, prefix or ""):
        copies |= {digest(blob.name): (blob.size, blob.etag) for blob in page}
    return copies


def _common(prefix: str | None, items: Sequence[Item]) -> str:
    """What all these paths begin with, and those that began with `prefix`."""
    known = [] if prefix is None else [prefix]
    return commonprefix([*known, *(item.path for item in items)])  # noqa: RUF071  a listing's prefix


def _adopted(item: Item, copies: Copies) -> Item:
    size, etag = copies.get(digest(item.path), (item.size, item.etag))
    is_copy = item.row is None and item.etag and size == item.size and etag != item.etag
    return replace(item, etag=etag) if is_copy else item
