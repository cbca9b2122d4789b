"""Look at the blob behind an item: how large an image is, what a text says, or why it cannot be labeled."""

from core.domain.errors import InvalidFile, NotFound, Unreadable
from core.domain.items import ImageInfo, Item, ItemStatus
from core.domain.projects import Project
from core.formats.images.errors import HEADER_BYTES, NeedsMore
from core.formats.images.errors import Unreadable as UnreadableImage
from core.formats.images.inspect import inspect_image
from core.formats.tables.encodings import TEXT_BYTES_MAX, decode_text
from core.logic.row_texts import row_text
from core.logic.setting_aside import Defect
from core.ports import Ports
from core.usecases.whole_image import read_image


async def look_at_image(ports: Ports, container: str, item: Item) -> ImageInfo:
    """What the image's header tells: from its first bytes, or from all of it where they are not enough.

    Raises Unreadable with the reason, NotFound when the blob is gone.
    """
    first = await ports.blobs.read(container, item.path, HEADER_BYTES)
    try:
        return inspect_image(item.path, first, whole=len(first) < HEADER_BYTES)
    except NeedsMore:
        return await read_image(ports, container, item, lambda data: inspect_image(item.path, data, True))
    except UnreadableImage as error:
        raise Unreadable(item.name, str(error)) from error


async def read_text(ports: Ports, project: Project, container: str, item: Item) -> str:
    """What labelers read: a row's shown cells, or the whole file. Raises Unreadable, NotFound."""
    row = row_text(item, project.data)
    if row is not None:
        return row
    try:
        return decode_text(await ports.blobs.read(container, item.path, TEXT_BYTES_MAX + 1))
    except InvalidFile as error:
        raise Unreadable(item.name, str(error)) from error


def defect_of(error: Unreadable | NotFound) -> Defect:
    """What an item is set aside with, for what went wrong when it was looked at."""
    if isinstance(error, Unreadable):
        return Defect(ItemStatus.UNREADABLE, error.reason)
    return Defect(ItemStatus.MISSING, "The file is gone from the storage.")
