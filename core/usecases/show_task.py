"""What a labeler sees of a task."""

from collections.abc import Mapping

from core.domain.items import ItemRecord, item_id
from core.domain.projects import Project
from core.domain.shards import Lease
from core.domain.tasks import Task, TaskItem, TaskType
from core.logic.row_texts import row_text
from core.ports import Ports


async def show_task(
    ports: Ports, project: Project, shard: int, lease: Lease, records: Mapping[int, ItemRecord] | None = None
) -> Task:
    """The task of a lease, with a URL for each image that works until the lease ends."""
    container = (await ports.datastores.get(project.data.datastore)).container
    control = (await ports.shards.read(project.id, shard)).value
    manifest = await ports.manifests.read(control.manifest)
    items = []
    for index in lease.indexes:
        item = manifest[index]
        standing = records[index].annotation if records and index in records else None
        items.append(
            TaskItem(
                id=item_id(shard, index),
                path=item.path,
                url=await ports.blobs.sign_read(container, item.path, lease.expires),
                text=row_text(item, project.data),
                previous=standing.answer if standing else None,
            )
        )
    return Task(lease.task, TaskType.MANUAL, lease.expires, tuple(items))
