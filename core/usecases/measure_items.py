"""Find out what answers have to fit: the sizes of images, or the texts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.domain.errors import NotFound, Unreadable
from core.domain.items import ImageInfo, item_id
from core.domain.kinds import Kind
from core.domain.projects import Project
from core.ports import Ports
from core.usecases.in_parallel import in_parallel
from core.usecases.look_at_item import look_at_image, read_text

PARALLEL_LOOKS = 16


@dataclass(frozen=True, slots=True)
class Measured:
    """The image that regions have to fit, or the text that spans have to; None where it is not known."""

    image: ImageInfo | None = None
    text: str | None = None


async def measure_items(
    ports: Ports, project: Project, shard: int, indexes: Sequence[int]
) -> Mapping[int, Measured]:
    """What answers to these items of a shard have to fit. Classes fit any item, so nothing is read for them.

    What cannot be found out, because a blob is gone or broken by now, is left open. Raises NotFound for an
    item that the shard does not have.
    """
    if not (indexes and (project.kind.has_regions or project.kind is Kind.TEXT_NER)):
        return dict.fromkeys(indexes, Measured())
    items = await ports.manifests.read(await _manifest(ports, project.id, shard, max(indexes)))
    container = (await ports.datastores.get(project.data.datastore)).address

    async def measured(index: int) -> Measured:
        item = items[index]
        try:
            if project.kind is Kind.TEXT_NER:
                return Measured(text=await read_text(ports, project, container, item))
            return Measured(item.image or await look_at_image(ports, container, item))
        except (Unreadable, NotFound):
            return Measured()

    return dict(zip(indexes, await in_parallel(PARALLEL_LOOKS, measured, indexes), strict=True))


async def _manifest(ports: Ports, project: str, shard: int, index: int) -> str:
    """The shard's manifest, as this process remembers it if that has the item."""
    for fresh in (False, True):
        control = (await ports.shards.read(project, shard, fresh=fresh)).value
        if index < len(control.states):
            return control.manifest
    raise NotFound("item", item_id(shard, index))
