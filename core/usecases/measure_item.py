"""Find out what an answer has to fit: the size of the image, or the text."""

from core.domain.errors import NotFound, Unreadable
from core.domain.items import item_id
from core.domain.kinds import Kind
from core.domain.projects import Project
from core.logic.answering import Subject
from core.ports import Ports
from core.usecases.look_at_item import look_at_image, read_text


async def measure_item(ports: Ports, project: Project, shard: int, index: int) -> Subject:
    """The image's size if regions have to fit it or somebody has looked before; the text if spans have to.

    What cannot be found out, because the blob is gone or broken by now, is left open. Raises NotFound for
    the item.
    """
    control = (await ports.shards.read(project.id, shard)).value
    if index >= len(control.states):
        control = (await ports.shards.read(project.id, shard, fresh=True)).value
        if index >= len(control.states):
            raise NotFound("item", item_id(shard, index))
    item = (await ports.manifests.read(control.manifest))[index]
    container = (await ports.datastores.get(project.data.datastore)).address
    try:
        if project.kind is Kind.TEXT_NER:
            return Subject(text=await read_text(ports, project, container, item))
        image = item.image
        if image is None and project.kind.has_regions:
            image = await look_at_image(ports, container, item)
    except (Unreadable, NotFound):
        return Subject()
    return Subject(width=image.width, height=image.height) if image else Subject()
