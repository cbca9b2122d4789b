"""Read an image and make something of it: of its first bytes where they tell enough, else of all of them."""

import asyncio
from collections.abc import Callable
from typing import TypeVar
from weakref import WeakValueDictionary

from core.domain.errors import NotFound, Unreadable
from core.domain.items import Item
from core.formats.images.errors import HEADER_BYTES, MAX_BYTES, NeedsMore
from core.formats.images.errors import Unreadable as UnreadableImage
from core.ports import BlobInfo, Ports

T = TypeVar("T")

_holds: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
_ONLY = "only"


async def read_header(ports: Ports, container: str, item: Item, read: Callable[[bytes, bool], T]) -> T:
    """What `read` makes of the image's first bytes, or of all of them if it raises NeedsMore of the first.

    It is told whether they are all. Raises Unreadable with the reason, NotFound when the blob is gone.
    """
    first = await ports.blobs.read(container, item.path, HEADER_BYTES)
    try:
        return read(first, len(first) < HEADER_BYTES)
    except NeedsMore:
        blob = await stat_image(ports, container, item)
        return await read_image(ports, container, item, blob, lambda data: read(data, True))
    except UnreadableImage as error:
        raise Unreadable(item.name, str(error)) from error


async def stat_image(ports: Ports, container: str, item: Item) -> BlobInfo:
    """The image's blob as it is now. Raises NotFound."""
    blob = await ports.blobs.stat(container, item.path)
    if blob is None:
        raise NotFound("blob", item.path)
    return blob


async def read_image(
    ports: Ports, container: str, item: Item, blob: BlobInfo, read: Callable[[bytes], T]
) -> T:
    """What `read` makes of all the bytes of the image's blob, in another thread.

    One image at a time in a process, because an image takes memory. Raises Unreadable, NotFound.
    """
    if blob.size > MAX_BYTES:
        found, most = blob.size / 2**20, MAX_BYTES / 2**20
        raise Unreadable(item.name, f"It has {found:,.0f} MiB; at most {most:,.0f} can be decoded.")
    async with _holds.setdefault(_ONLY, asyncio.Lock()):
        data = await ports.blobs.read(container, item.path)
        try:
            return await asyncio.to_thread(read, data)
        except UnreadableImage as error:
            raise Unreadable(item.name, str(error)) from error
