"""What a labeler sees of a task."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace

from core.domain.answers import Answer
from core.domain.errors import NotFound, Unreadable
from core.domain.items import Item, item_id
from core.domain.labels import label_paths
from core.domain.projects import Project
from core.domain.records import Defect, ItemRecord
from core.domain.shards import TOLD, Control, Lease
from core.domain.tasks import Task, TaskItem
from core.logic.assist import lanes
from core.logic.records.relabeling import choosable
from core.logic.tasks.paging import prelabels_shown
from core.ports import Ports
from core.usecases.look_at_item import defect_of
from core.usecases.read_predictions import read_predictions
from core.usecases.set_aside_items import set_aside_items
from core.usecases.view_item import view_item


async def show_task(
    ports: Ports, project: Project, shard: int, lease: Lease, records: Mapping[int, ItemRecord] | None = None
) -> Task:
    """The task of a lease, with a URL for each image that works until the lease ends.

    `records` of its items, where they are known already, tell the labeler's own answers; else only what the
    labeler is to be told of is read: a reviewer's comment, an old answer to begin with.

    Items that turn out to be unreadable are set aside, and missing from the task.
    """
    control = (await ports.shards.read(project.id, shard)).value
    manifest = await ports.manifests.read(control.manifest)
    predictions = await read_predictions(ports, control)
    told = await _told(ports, project, control, lease) if records is None else records

    async def show(index: int) -> TaskItem | Defect:
        shown = await _show(ports, project, manifest[index], item_id(shard, index), lease)
        if isinstance(shown, Defect):
            return shown
        record = told.get(index, ItemRecord())
        previous = _previous(project, record, lease.labeler)
        found = predictions.get(index) if prelabels_shown(control, lease, index) else None
        prelabel = None if found is None else lanes.shown(found, control.trust)
        flag = record.votes[lease.labeler].flag if lease.labeler in record.votes else None
        return replace(shown, prelabel=prelabel, previous=previous, flag=flag, comment=record.comment)

    shown = dict(zip(lease.indexes, await asyncio.gather(*map(show, lease.indexes)), strict=True))
    defects = {index: found for index, found in shown.items() if isinstance(found, Defect)}
    if defects:
        await set_aside_items(ports, project.id, shard, defects, lease.task)
    items = [found for found in shown.values() if isinstance(found, TaskItem)]
    return Task(lease.task, lease.type, lease.expires, tuple(items))


def _previous(project: Project, record: ItemRecord, labeler: str) -> Answer | None:
    """The answer to begin with, without labels that are offered no more."""
    made = record.votes.get(labeler) or record.revision(record.kept)
    if made is None or made.answer is None:
        return None
    return choosable(made.answer, frozenset(label_paths(project.labels)))


async def _told(ports: Ports, project: Project, control: Control, lease: Lease) -> Mapping[int, ItemRecord]:
    indexes = [index for index in lease.indexes if control.states[index] & TOLD]
    return await ports.shards.records(project.id, control.shard, indexes) if indexes else {}


async def _show(ports: Ports, project: Project, item: Item, name: str, lease: Lease) -> TaskItem | Defect:
    try:
        view = await view_item(ports, project, item, lease.expires)
    except (Unreadable, NotFound) as error:
        return defect_of(error)
    return TaskItem(name, item.name, view.url, view.text, view.columns, view.image)
