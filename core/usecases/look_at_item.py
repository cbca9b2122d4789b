"""Look at the blob behind an item: how large an image is, what a text says, or why it cannot be labeled."""

from functools import partial

from core.domain.errors import InvalidFile, NotFound, Unreadable
from core.domain.items import ImageInfo, Item, ItemStatus
from core.domain.projects import Project
from core.domain.records import Defect
from core.formats.images.inspect import inspect_image
from core.formats.tables.encodings import TEXT_BYTES_MAX, decode_text
from core.logic.records.following_blobs import GONE
from core.logic.row_texts import row_text
from core.ports import Ports
from core.usecases.read_image import read_header


async def look_at_image(ports: Ports, container: str, item: Item) -> ImageInfo:
    """What the image's header tells. Raises Unreadable with the reason, NotFound when the blob is gone."""
    return await read_header(ports, container, item, partial(inspect_image, item.path))


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
    return Defect(ItemStatus.MISSING, GONE)
