"""Find the blobs of a path that can be items."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from core.domain.items import Item
from core.domain.projects import Data
from core.logic.paths import is_image, literal_prefix, pattern
from core.ports import BlobInfo, Ports


@dataclass(slots=True)
class Found:
    """What a listing gave so far: items up to the cap, images that it kept out, blobs that are no images."""

    items: list[Item] = field(default_factory=list)
    left_out: int = 0
    not_images: int = 0

    def take(self, blob: BlobInfo, cap: int) -> None:
        """Sort one matching blob."""
        if not is_image(blob.name):
            self.not_images += 1
        elif len(self.items) >= cap:
            self.left_out += 1
        else:
            self.items.append(Item(blob.name, blob.etag, blob.size))


async def find_items(ports: Ports, data: Data, cap: int) -> AsyncIterator[Found]:
    """List the datastore, and yield the growing result after each page. Raises NotFound."""
    datastore = await ports.datastores.get(data.datastore)
    expression = pattern(data.path)
    found = Found()
    async for page in ports.blobs.list(datastore.container, literal_prefix(data.path)):
        for blob in page:
            if expression.fullmatch(blob.name):
                found.take(blob, cap)
        yield found


async def find_all_items(ports: Ports, data: Data, cap: int) -> Found:
    """List the datastore to the end. Raises NotFound."""
    *_, last = [found async for found in find_items(ports, data, cap)]
    return last
