"""What tests of backups share: a project with something of everything, and files somebody meddled with."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from core.domain.answers import Classes
from core.domain.backups import About, Backup, Belongings
from core.domain.exports import ExportOptions, Format
from core.domain.items import parse_item_id
from core.domain.people import Invitation, Member, Role
from core.domain.projects import Project, Wording
from core.domain.rows import Row
from core.domain.tasks import ItemAnswer
from core.formats.backup_files import PackedBlob, PackedRows, Part, read_backup, write_backup
from core.formats.zips import pack
from core.usecases.add_webhook import add_webhook
from core.usecases.back_up_project import back_up_project
from core.usecases.claim_task import claim_task
from core.usecases.delete_project import delete_project, erase_project
from core.usecases.edit_project import Edits, edit_project
from core.usecases.request_backup import request_backup
from core.usecases.request_export import request_export
from core.usecases.request_restore import request_restore
from core.usecases.restore_project import restore_project
from core.usecases.submit_task import submit_task
from core.usecases.write_export import write_export
from tests.unit.usecases.conftest import ANA, APP, BEN, CLEO, World

VERSION = "0.1.0"


async def label(world: World, project: Project, count: int, name: str = "Rose") -> None:
    """Ben labels so many items."""
    task = await claim_task(world.ports, project, BEN, count)
    assert task is not None
    answers = [ItemAnswer(parse_item_id(item.id)[1], Classes((name,))) for item in task.items]
    await submit_task(world.ports, project, BEN, task.id, f"s-{task.id}", answers)


async def full_project(world: World, photos: int = 600) -> Project:
    """A running project with answers, a lease, people, an export, instructions and a webhook."""
    project = await world.running(photos)
    await world.ports.people.remember(BEN)
    await world.ports.members.put(Member(project.id, BEN.id, Role.LABELER, limit=100))
    await world.ports.members.put(Member(project.id, "group:g", Role.REVIEWER))
    await world.ports.invitations.put(Invitation(project.id, "eve@example.org", Role.LABELER))
    await edit_project(world.ports, project.id, ANA.id, Edits(instructions=Wording("Look twice.")))
    await add_webhook(world.ports, project.id, ANA.id, "https://example.org/hook", [])
    await label(world, project, 9)
    await claim_task(world.ports, project, CLEO, 3)
    export = await request_export(world.ports, project, ANA, ExportOptions(Format.CSV))
    await write_export(world.ports, project.id, export.id)
    return await world.project(project.id)


@dataclass(frozen=True)
class Snapshot:
    """All that is stored of a project."""

    project: Project
    beside: Sequence[Row]
    shards: Sequence[Sequence[Row]]
    blobs: dict[str, tuple[bytes, Any]]
    members: Sequence[Member]
    invitations: Sequence[Invitation]


async def snapshot(world: World, project: str) -> Snapshot:
    """All that is stored of a project now, its log and what was sent to webhooks aside."""
    found = await world.project(project)
    rows = [row async for page in world.ports.rows.beside_shards(project) for row in page]
    stored = world.blobs.containers[APP]
    return Snapshot(
        project=found,
        beside=[row for row in rows if not row.partition.startswith(("log", "delivery:"))],
        shards=[await world.ports.rows.of_shard(project, shard) for shard in range(found.shards)],
        blobs={
            name: (stored[name][1], world.blobs.headers[APP, name])
            for name in sorted(stored)
            if f"/{project}/" in name and not name.startswith(("backups/", "renditions/"))
        },
        members=sorted(await world.ports.members.of_project(project), key=lambda member: member.user),
        invitations=await world.ports.invitations.of_project(project),
    )


async def backed_up(world: World, project: Project) -> Backup:
    """A backup of the project as it is, whatever became of it."""
    asked = await request_backup(world.ports, project, ANA.id, VERSION)
    await back_up_project(world.ports, asked.id)
    return await world.ports.backups.get(asked.id)


async def delete(world: World, project: str) -> None:
    """The project is gone."""
    await delete_project(world.ports, project, ANA.id)
    await erase_project(world.ports, project)
    await world.ports.rows.clear(project)


async def restored(world: World, backup: Backup, name: str | None = None, *, moved: bool = False) -> Backup:
    """The backup after it was restored, whatever came of that."""
    await request_restore(world.ports, backup.id, ANA.id, name, moved=moved)
    await restore_project(world.ports, backup.id)
    return await world.ports.backups.get(backup.id)


async def parts_of(world: World, backup: Backup) -> list[Part]:
    """What is in the file, blobs as bytes."""
    opened = await world.blobs.open(APP, backup.blob)
    return [await _whole(part) async for part in read_backup(opened.chunks)]


async def meddle(world: World, backup: Backup, change: Callable[[Part], Part]) -> None:
    """Put another file in place of the backup's: sound, but with other parts."""
    parts = [change(part) for part in await parts_of(world, backup)]
    (about,) = (part for part in parts if isinstance(part, About))
    (belongings,) = (part for part in parts if isinstance(part, Belongings))
    rows = [part.rows for part in parts if isinstance(part, PackedRows)]
    blobs = [part for part in parts if isinstance(part, PackedBlob)]
    files = write_backup(about, belongings, _each(rows), _each([]), _each(blobs), lambda _: None)
    data = b"".join([chunk async for chunk in pack(files)])
    await world.blobs.write(APP, backup.blob, data)


async def _whole(part: Part) -> Part:
    if not isinstance(part, PackedBlob):
        return part
    return replace(part, content=b"".join([chunk async for chunk in part.chunks]))


async def _each(values: Sequence[Any]) -> AsyncIterator[Any]:
    for value in values:
        yield value


@dataclass
class Rows:
    """The rows of a world, for something to come between."""

    world: World

    def beside_shards(self, project: str) -> AsyncIterator[Sequence[Row]]:
        return self.world.ports.rows.beside_shards(project)

    async def of_shard(self, project: str, shard: int) -> Sequence[Row]:
        return await self.world.ports.rows.of_shard(project, shard)

    async def clear(self, project: str) -> None:
        await self.world.ports.rows.clear(project)

    async def put(self, project: str, rows: Sequence[Row]) -> None:
        await self.world.ports.rows.put(project, rows)
