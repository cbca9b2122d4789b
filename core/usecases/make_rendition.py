"""Make what browsers can show of an image, once: kept as a blob under the ETag that the image had."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from hashlib import blake2b
from weakref import WeakValueDictionary

from core.domain.items import Item
from core.domain.projects import Project
from core.formats.images.renditions import Rendition, render, thumbnail
from core.ports import Ports
from core.usecases.expiring_blobs import rendition_prefix
from core.usecases.read_image import read_image, stat_image

Make = Callable[[bytes], Rendition]

_holds: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()


async def make_rendition(ports: Ports, project: Project, item: Item, until: datetime) -> str:
    """A URL of the image as browsers can show it, upright, pixel for pixel. Raises Unreadable, NotFound."""
    makes = {"image": partial(render, item.path)}
    return (await make_variants(ports, project, item, makes, until))["image"]


async def make_thumbnail(ports: Ports, project: Project, item: Item, until: datetime) -> str:
    """A URL of a small picture of the image. Raises Unreadable, NotFound."""
    makes = {"thumbnail": partial(thumbnail, item.path)}
    return (await make_variants(ports, project, item, makes, until))["thumbnail"]


async def make_variants(
    ports: Ports, project: Project, item: Item, makes: Mapping[str, Make], until: datetime
) -> Mapping[str, str]:
    """URLs, by name, of what `makes` make of the image's bytes, which are read once at most.

    Raises Unreadable, NotFound.
    """
    source = (await ports.datastores.get(project.data.datastore)).address
    blob = await stat_image(ports, source, item)
    content = blake2b(f"{item.path}\n{blob.etag}".encode(), digest_size=16).hexdigest()
    names = {variant: f"{rendition_prefix(project.id)}{content}/{variant}" for variant in makes}
    kept = ports.limits.app_container
    async with _holds.setdefault(" ".join(names.values()), asyncio.Lock()):
        missing = [variant for variant in makes if await ports.blobs.stat(kept, names[variant]) is None]
        if missing:

            def make(data: bytes) -> list[tuple[str, Rendition]]:
                return [(names[variant], makes[variant](data)) for variant in missing]

            for name, made in await read_image(ports, source, item, blob, make):
                await ports.blobs.write(
                    kept, name, made.data, overwrite=False, content_type=made.content_type
                )
    return {variant: await ports.blobs.sign_read(kept, name, until) for variant, name in names.items()}
