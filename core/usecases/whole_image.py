"""Read an image whole and make something of it: one at a time in a process, because an image takes memory."""

import asyncio
from collections.abc import Callable
from typing import TypeVar
from weakref import WeakValueDictionary

from core.domain.errors import NotFound, Unreadable
from core.domain.items import Item
from core.formats.images.errors import MAX_BYTES
from core.formats.images.errors import Unreadable as UnreadableImage
from core.ports import Ports

T = TypeVar("T")

_holds: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
_ONLY = "only"


async def read_image(ports: Ports, container: str, item: Item, read: Callable[[bytes], T]) -> T:
    """What `read` makes of all the image's bytes, in another thread. Raises Unreadable, NotFound."""
    blob = await ports.blobs.stat(container, item.path)
    if blob is None:
        raise NotFound("blob", item.path)
    if blob.size > MAX_BYTES:
        found, most = blob.size / 2**20, MAX_BYTES / 2**20
        raise Unreadable(item.name, f"It has {found:,.0f} MiB; at most {most:,.0f} can be decoded.")
    async with _holds.setdefault(_ONLY, asyncio.Lock()):
        data = await ports.blobs.read(container, item.path)
        try:
            return await asyncio.to_thread(read, data)
        except UnreadableImage as error:
            raise Unreadable(item.name, str(error)) from error
