"""What a labeler sees of a task."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace

from core.domain.errors import NotFound, Unreadable
from core.domain.items import Item, ItemRecord, item_id
from core.domain.projects import Project
from core.domain.shards import Lease
from core.domain.tasks import Task, TaskItem, TaskType
from core.logic.setting_aside import Defect
from core.ports import Ports
from core.usecases.look_at_item import defect_of
from core.usecases.set_aside_items import set_aside_items
from core.usecases.view_item import view_item


async def show_task(
    ports: Ports, project: Project, shard: int, lease: Lease, records: Mapping[int, ItemRecord] | None = None
) -> Task:
    """The task of a lease, with a URL for each image that works until the lease ends.

    Items that turn out to be unreadable are set aside, and missing from the task.
    """
    control = (await ports.shards.read(project.id, shard)).value
    manifest = await ports.manifests.read(control.manifest)
    predictions = await ports.predictions.read(control.predictions) if control.predictions else {}

    async def show(index: int) -> TaskItem | Defect:
        shown = await _show(ports, project, manifest[index], item_id(shard, index), lease)
        if isinstance(shown, Defect):
            return shown
        standing = records[index].annotation if records and index in records else None
        previous = standing.answer if standing else None
        return replace(shown, prelabel=predictions.get(index), previous=previous)

    shown = dict(zip(lease.indexes, await asyncio.gather(*map(show, lease.indexes)), strict=True))
    defects = {index: found for index, found in shown.items() if isinstance(found, Defect)}
    if defects:
        await set_aside_items(ports, project.id, shard, defects, lease.task)
    items = [found for found in shown.values() if isinstance(found, TaskItem)]
    return Task(lease.task, _type(items), lease.expires, tuple(items))


async def _show(ports: Ports, project: Project, item: Item, name: str, lease: Lease) -> TaskItem | Defect:
    try:
        view = await view_item(ports, project, item, lease.expires)
    except (Unreadable, NotFound) as error:
        return defect_of(error)
    return TaskItem(name, item.name, view.url, view.text, view.columns, view.image)


def _type(items: Sequence[TaskItem]) -> TaskType:
    prelabeled = bool(items) and all(item.prelabel for item in items)
    return TaskType.PRELABELED if prelabeled else TaskType.MANUAL
