"""Show an item's image in other ways than as the file that it is: renditions, thumbnails, frames."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from core.domain.errors import Invalid, NotFound, Unreadable
from core.formats.images.dicom import DicomImage, describe, frame_png, raw_frame
from core.formats.images.renditions import Rendition
from core.logic.paths import is_dicom
from core.ports import Ports
from core.usecases.authorize import Access
from core.usecases.find_item import FoundItem, find_item
from core.usecases.look_at_item import defect_of
from core.usecases.make_rendition import make_thumbnail, make_variants
from core.usecases.read_image import read_header
from core.usecases.set_aside_items import set_aside_items
from core.usecases.view_item import View, view_item

URL_LASTS = timedelta(minutes=30)
THUMBNAILS_MAX = 60
RAW_BITS = 16


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A URL of a small picture of an item, or why there is none."""

    item: str
    url: str | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame of a DICOM image: URLs of its stored pixels and of a picture, and how to read the pixels."""

    image: DicomImage
    raw: str | None
    png: str


async def show_image(ports: Ports, access: Access, item: str) -> View:
    """The item's image as browsers can show it. An item that cannot be shown is set aside.

    Raises NotFound, Unreadable with the reason.
    """
    found = await find_item(ports, access, item)
    _check_image(access)
    try:
        return await view_item(ports, access.project, found.item, ports.clock.now() + URL_LASTS, look=True)
    except (Unreadable, NotFound) as error:
        await set_aside_items(ports, access.project.id, found.shard, {found.index: defect_of(error)})
        raise


async def show_thumbnails(ports: Ports, access: Access, items: Sequence[str]) -> Sequence[Thumbnail]:
    """A small picture of each item, made where there is none yet. Raises NotFound, Invalid."""
    if not 1 <= len(items) <= THUMBNAILS_MAX:
        raise Invalid(f"1 to {THUMBNAILS_MAX} items at a time, not {len(items)}.", field="items")
    _check_image(access)
    found = [await find_item(ports, access, item) for item in items]
    return await asyncio.gather(*(_thumbnail(ports, access, one) for one in found))


async def _thumbnail(ports: Ports, access: Access, found: FoundItem) -> Thumbnail:
    until = ports.clock.now() + URL_LASTS
    try:
        return Thumbnail(found.id, await make_thumbnail(ports, access.project, found.item, until))
    except (Unreadable, NotFound) as error:
        return Thumbnail(found.id, None, defect_of(error).reason)


async def show_frame(
    ports: Ports, access: Access, item: str, frame: int, window: tuple[float, float] | None
) -> Frame:
    """A frame, counted from 0, of an item that is a DICOM file; `window` is center and width.

    Raises NotFound, Invalid, Unreadable.
    """
    found = (await find_item(ports, access, item)).item
    if not is_dicom(found.path):
        raise Invalid(f"'{found.path}' is no DICOM file, so it has no frames.", field="item")
    until, project = ports.clock.now() + URL_LASTS, access.project
    container = (await ports.datastores.get(project.data.datastore)).address
    image = await read_header(ports, container, found, describe)
    shown = "default" if window is None else f"{window[0]:g}-{window[1]:g}"
    stored, picture = f"frame-{frame}.raw", f"frame-{frame}-{shown}.png"

    def raw(data: bytes) -> Rendition:
        return Rendition(raw_frame(data, frame), "application/octet-stream")

    def png(data: bytes) -> Rendition:
        return Rendition(frame_png(data, frame, window), "image/png")

    makes = {stored: raw, picture: png} if image.bits <= RAW_BITS else {picture: png}
    urls = await make_variants(ports, project, found, makes, until)
    return Frame(image, urls.get(stored), urls[picture])


def _check_image(access: Access) -> None:
    if not access.project.kind.is_image:
        raise Invalid("The items of this project are texts.", field="item")
