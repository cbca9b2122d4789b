"""Write the file of a backup, as a stream: memory does not grow with the project. People label meanwhile."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from core.domain.backups import About, Backup, Belongings, Contents
from core.domain.errors import Conflict, NotFound, WrongStatus
from core.domain.log import Happened
from core.domain.projects import Project, Status
from core.domain.rows import Row
from core.domain.transfers import ENDED, TransferStatus
from core.formats.backup_files import CONTENT_TYPE, FORMAT, PackedBlob, write_backup
from core.formats.zips import Files, pack
from core.logic.backing_up import same_for_shards
from core.ports import BlobInfo, Ports
from core.usecases.expiring_blobs import export_prefix
from core.usecases.initialize_project import project_prefix
from core.usecases.log_event import log_event
from core.usecases.read_ahead import read_ahead

ATTEMPTS = 3
"""So often it is begun when the project is changed meanwhile in what all shards follow."""

SMALL_BYTES = 1024 * 1024
"""A blob up to this size is read at once, and several of them together."""

BLOBS_AHEAD = 15

_REPORT_EVERY = timedelta(seconds=2)


def backed_up_folders(project: str) -> tuple[str, ...]:
    """Where a project's blobs are that are backed up: renditions are made again on need."""
    return project_prefix(project), export_prefix(project)


async def back_up_project(ports: Ports, backup: str) -> None:
    """Bring a backup from queued to done, or to failed with a reason. Doing it twice writes the file anew."""
    try:
        found = await ports.backups.get(backup)
    except NotFound:
        return
    if found.status in ENDED:
        return
    try:
        await _Writing(ports, found, ports.clock.now()).write()
    except (Conflict, NotFound) as error:
        await fail_backup(ports, backup, str(error))


async def fail_backup(ports: Ports, backup: str, reason: str) -> None:
    """Give up on a backup, and say why."""
    found = await ports.backups.get(backup)
    if found.status not in ENDED:
        await ports.backups.put(replace(found, status=TransferStatus.FAILED, error=reason))


class _Changed(Exception):
    """What was read so far does not fit what would follow."""


@dataclass
class _Writing:
    ports: Ports
    backup: Backup
    reported: datetime

    async def write(self) -> None:
        ports, container = self.ports, self.ports.limits.app_container
        await self._write_unchanged(container)
        written = await ports.blobs.stat(container, self.backup.blob)
        size = written.size if written else 0
        done = replace(self.backup, status=TransferStatus.DONE, progress=1, size=size)
        await ports.backups.put(done)
        await log_event(ports, done.project, done.created_by, Happened.BACKED_UP, backup=done.id, bytes=size)

    async def _write_unchanged(self, container: str) -> None:
        """Raises Conflict when the project is changed again and again, or may not be backed up now."""
        for _ in range(ATTEMPTS):
            project = await self._project()
            filename = f"{project.name} {self.backup.created_at:%Y-%m-%d %H%M%S}.zip"
            self.backup = replace(self.backup, status=TransferStatus.RUNNING, name=project.name)
            await self.ports.backups.put(self.backup)
            try:
                chunks = pack(await self._files(project))
                await self.ports.blobs.upload(container, self.backup.blob, chunks, CONTENT_TYPE, filename)
            except _Changed:
                continue
            return
        raise Conflict(
            "The project's labels, models or settings were changed each time that it was read. Back it up "
            "again when they stay as they are for a while."
        )

    async def _project(self) -> Project:
        found = (await self.ports.projects.get(self.backup.project, fresh=True)).value
        if not found.under_way:
            raise WrongStatus(found.status, f"{Status.RUNNING} or {Status.PAUSED}")
        return found

    async def _files(self, project: Project) -> Files:
        """Operations are read before shards: one that goes on later may repeat a step, but omits none."""
        made = self.backup
        origin = (made.id, project.id, project.name, made.created_at, made.created_by, made.version)
        return write_backup(
            About(FORMAT, *origin),
            await self._belongings(project),
            self.ports.rows.beside_shards(project.id),
            self._shards(project),
            self._blobs(project),
            self._note,
        )

    async def _belongings(self, project: Project) -> Belongings:
        ports = self.ports
        members = tuple(await ports.members.of_project(project.id))
        return Belongings(
            project=project,
            datastore=await ports.datastores.get(project.data.datastore),
            members=members,
            invitations=tuple(await ports.invitations.of_project(project.id)),
            people=await ports.people.find([project.created_by, *(member.user for member in members)]),
        )

    async def _shards(self, project: Project) -> AsyncIterator[tuple[int, Sequence[Row]]]:
        read = partial(self.ports.rows.of_shard, project.id)
        async for shard, rows in read_ahead(project.shards, read):
            yield shard, rows
            await self._report((shard + 1) / (project.shards + 1))
        if not same_for_shards(project, await self._project()):
            raise _Changed

    async def _blobs(self, project: Project) -> AsyncIterator[PackedBlob]:
        """All that rows may name: they were read before, and no blob is changed or deleted that one names."""
        container = self.ports.limits.app_container
        for folder in backed_up_folders(project.id):
            async for page in self.ports.blobs.list(container, folder):
                async for index, small in read_ahead(len(page), partial(self._small, page), BLOBS_AHEAD):
                    blob = small or await self._opened(page[index])
                    if blob is not None:
                        yield blob
        await self._project()  # if it is being deleted by now, some were gone already

    async def _small(self, page: Sequence[BlobInfo], index: int) -> PackedBlob | None:
        """The whole of a blob that is small, and still there."""
        blob = await self._opened(page[index]) if page[index].size <= SMALL_BYTES else None
        if blob is None or isinstance(blob.content, bytes):
            return blob
        return replace(blob, content=b"".join([chunk async for chunk in blob.content]))

    async def _opened(self, blob: BlobInfo) -> PackedBlob | None:
        try:
            opened = await self.ports.blobs.open(self.ports.limits.app_container, blob.name)
        except NotFound:  # an export that expired, sums of an agreement that is measured
            return None
        return PackedBlob(blob.name, opened.chunks, opened.content_type, opened.filename)

    def _note(self, contents: Contents) -> None:
        self.backup = replace(self.backup, contents=contents)

    async def _report(self, progress: float) -> None:
        now = self.ports.clock.now()
        if now - self.reported > _REPORT_EVERY:
            self.reported = now
            self.backup = replace(self.backup, progress=progress)
            await self.ports.backups.put(self.backup)
