"""Make what browsers can show of an image, once: kept as a blob under the ETag that the image had."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from hashlib import blake2b
from weakref import WeakValueDictionary

from core.domain.errors import NotFound
from core.domain.items import Item
from core.domain.projects import Project
from core.formats.images.renditions import Rendition, render, thumbnail
from core.ports import Ports
from core.usecases.initialize_project import project_prefix
from core.usecases.whole_image import read_image

Make = Callable[[bytes], Rendition]

_holds: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()


async def make_rendition(ports: Ports, project: Project, item: Item, until: datetime) -> str:
    """A URL of the image as browsers can show it, upright, pixel for pixel. Raises Unreadable, NotFound."""
    return await _url(ports, project, item, "image", lambda data: render(item.path, data), until)


async def make_thumbnail(ports: Ports, project: Project, item: Item, until: datetime) -> str:
    """A URL of a small picture of the image. Raises Unreadable, NotFound."""
    return await _url(ports, project, item, "thumbnail", lambda data: thumbnail(item.path, data), until)


async def make_variant(
    ports: Ports, project: Project, item: Item, variant: str, make: Make, until: datetime
) -> str:
    """A URL of anything else that `make` makes of the image's bytes. Raises Unreadable, NotFound."""
    return await _url(ports, project, item, variant, make, until)


async def _url(ports: Ports, project: Project, item: Item, variant: str, make: Make, until: datetime) -> str:
    source = (await ports.datastores.get(project.data.datastore)).address
    blob = await ports.blobs.stat(source, item.path)
    if blob is None:
        raise NotFound("blob", item.path)
    content = blake2b(f"{item.path}\n{blob.etag}".encode(), digest_size=16).hexdigest()
    name = f"{project_prefix(project.id)}renditions/{content}/{variant}"
    kept = ports.limits.app_container
    async with _holds.setdefault(name, asyncio.Lock()):
        if await ports.blobs.stat(kept, name) is None:
            made = await read_image(ports, source, item, make)
            await ports.blobs.write(kept, name, made.data, overwrite=False, content_type=made.content_type)
    return await ports.blobs.sign_read(kept, name, until)
