"""Look at images before labelers do: sizes go into the manifest, what cannot be labeled is set aside.

It goes through a project shard by shard, resting three times as long as it works: whoever labels meanwhile
keeps most of the machine.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from core.domain.commands import InspectItems
from core.domain.errors import NotFound, Unreadable
from core.domain.items import ImageInfo, Item
from core.domain.projects import Project
from core.domain.records import Defect, ItemRecord
from core.domain.shards import Change, Control
from core.logic.records.setting_aside import SET_ASIDE, put_back
from core.ports import Ports
from core.usecases.batches import batches
from core.usecases.change_shard import RECORDS_A_WRITE, Decide, change_shard
from core.usecases.in_parallel import in_parallel
from core.usecases.initialize_project import write_manifest
from core.usecases.look_at_item import defect_of, look_at_image
from core.usecases.rewrite_manifest import rewrite_manifest
from core.usecases.set_aside_items import set_aside_items

PARALLEL_LOOKS = 8
RESTS = 3

Seen = Mapping[int, ImageInfo | Defect]


async def inspect_items(ports: Ports, project: str, shard: int) -> None:
    """Inspect the first shard from this one on that has anything to look at, and have the next inspected."""
    found = (await ports.projects.get(project, fresh=True)).value
    if not found.under_way or not found.kind.is_image:
        return
    for number in range(shard, found.shards):
        begun = ports.clock.now()
        items, seen = await _look(ports, found, number)
        if seen:
            await _record(ports, project, number, items, seen)
            worked = (ports.clock.now() - begun).total_seconds()
            await ports.commands.send(InspectItems(project, number + 1), round(worked * RESTS))
            return


async def _look(ports: Ports, project: Project, shard: int) -> tuple[Sequence[Item], Seen]:
    container = (await ports.datastores.get(project.data.datastore)).address
    control = (await ports.shards.read(project.id, shard, fresh=True)).value
    items = await ports.manifests.read(control.manifest)

    async def look(index: int) -> ImageInfo | Defect:
        try:
            return await look_at_image(ports, container, items[index])
        except (Unreadable, NotFound) as error:
            return defect_of(error)

    indexes = [
        index for index, item in enumerate(items) if item.image is None or control.status(index) in SET_ASIDE
    ]
    return items, dict(zip(indexes, await in_parallel(PARALLEL_LOOKS, look, indexes), strict=True))


async def _record(ports: Ports, project: str, shard: int, items: Sequence[Item], seen: Seen) -> None:
    images = {index: found for index, found in seen.items() if isinstance(found, ImageInfo)}
    defects = {index: found for index, found in seen.items() if isinstance(found, Defect)}
    if images:
        await _keep_sizes(ports, project, shard, items, images)
    control = (await ports.shards.read(project, shard)).value
    mended = [index for index in images if control.status(index) in SET_ASIDE]
    for some in batches(mended, RECORDS_A_WRITE):
        await change_shard(ports, project, shard, some, _putting_back(some, ports.clock.now()))
    for some in batches(tuple(defects), RECORDS_A_WRITE):
        await set_aside_items(ports, project, shard, {index: defects[index] for index in some})


def _putting_back(indexes: Sequence[int], at: datetime) -> Decide[None]:
    def decide(control: Control, records: Mapping[int, ItemRecord]) -> tuple[Change | None, None]:
        return put_back(control, records, indexes, at), None

    return decide


async def _keep_sizes(
    ports: Ports, project: str, shard: int, seen: Sequence[Item], images: Mapping[int, ImageInfo]
) -> None:
    async def with_sizes(control: Control) -> str:
        items = await ports.manifests.read(control.manifest)
        return await write_manifest(ports, project, shard, _with_images(items, seen, images))

    await rewrite_manifest(ports, project, shard, with_sizes)


def _with_images(items: Sequence[Item], seen: Sequence[Item], images: Mapping[int, ImageInfo]) -> list[Item]:
    """The items with what was seen of them, but for those that have another version by now."""
    return [
        replace(item, image=images[index]) if index in images and item.etag == seen[index].etag else item
        for index, item in enumerate(items)
    ]
