"""What people get to see of an item."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from core.domain.items import ImageInfo, Item
from core.domain.projects import Project
from core.logic.paths import is_native_image
from core.logic.row_texts import shown_columns
from core.ports import Ports
from core.usecases.look_at_item import look_at_image, read_text
from core.usecases.make_rendition import make_rendition


@dataclass(frozen=True, slots=True)
class View:
    """`url` reads the image, or the file of a text, for a while; `image` is None where nobody had to look."""

    url: str | None = None
    text: str | None = None
    columns: Mapping[str, str] | None = None
    image: ImageInfo | None = None


async def view_item(
    ports: Ports, project: Project, item: Item, until: datetime, *, look: bool = False
) -> View:
    """An item as a page shows it. Raises Unreadable, NotFound.

    An image is looked at if `look` says so, if its regions have to fit into it, or if its name says that
    browsers cannot show it; else the browser itself finds out how large it is.
    """
    container = (await ports.datastores.get(project.data.datastore)).address
    if not project.kind.is_image:
        text = await read_text(ports, project, container, item)
        columns = shown_columns(item, project.data)
        url = None if columns is not None else await ports.blobs.sign_read(container, item.path, until)
        return View(url, text, columns)
    image = item.image
    if image is None and (look or project.kind.has_regions or not is_native_image(item.path)):
        image = await look_at_image(ports, container, item)
    if image is None or image.native:
        return View(await ports.blobs.sign_read(container, item.path, until), image=image)
    return View(await make_rendition(ports, project, item, until), image=image)


async def glance_at_image(ports: Ports, project: Project, item: Item, until: datetime) -> View:
    """An image as a list shows it, without any look at it: no URL for what browsers may not show."""
    native = item.image.native if item.image else is_native_image(item.path)
    container = (await ports.datastores.get(project.data.datastore)).address
    url = await ports.blobs.sign_read(container, item.path, until) if native else None
    return View(url, image=item.image)
