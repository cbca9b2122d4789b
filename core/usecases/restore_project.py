"""Bring a project back that is in a backup, out of sight until everything is there."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.domain.backups import About, Backup, Belongings, Restoration
from core.domain.commands import Command, ReadImport, RestoreProject, RunOperation, WriteExport
from core.domain.errors import Conflict, Invalid, NotFound, Unavailable
from core.domain.log import Happened
from core.domain.projects import Project
from core.domain.transfers import ENDED, TransferStatus
from core.formats.backup_files import PackedBlob, Part, read_backup
from core.logic.backing_up import BROKEN_OFF, without_jobs
from core.logic.delivering import given_up
from core.ports import Ports
from core.usecases.adopt_copies import adopt_copies
from core.usecases.back_up_project import backed_up_folders
from core.usecases.log_event import log_event
from core.usecases.put_back import check_belongings, check_blob, put_belongings_back, put_parts_back

DELIVERIES_LOOKED_AT = 100
WAITED_LONG_ENOUGH = timedelta(hours=1)
"""For the project's table, which Azure takes a minute to delete."""

_REPORT_EVERY = timedelta(seconds=2)
_READINGS = 2


async def restore_project(ports: Ports, backup: str) -> None:
    """Bring a restoration from queued to done, or to failed with a reason. Doing it twice does no harm.

    The file is read twice: once to see that all of it is there, then to put it back.
    """
    found = await _under_way(ports, backup)
    if found is None:
        return
    backup_of, restoration = found
    attempt = replace(restoration, status=TransferStatus.RUNNING, attempt=ports.ids.new())
    try:
        await _Restoring(ports, backup_of, attempt, ports.clock.now()).run(again=restoration.progress == 1)
    except (Conflict, Invalid, NotFound) as error:
        await fail_restoration(ports, backup, str(error))


async def fail_restoration(ports: Ports, backup: str, reason: str) -> None:
    """Give up on a restoration, and say why."""
    found = await _under_way(ports, backup)
    if found is not None:
        failed = replace(found[1], status=TransferStatus.FAILED, error=reason)
        await ports.backups.put(replace(found[0], restoration=failed))


async def _under_way(ports: Ports, backup: str) -> tuple[Backup, Restoration] | None:
    try:
        found = await ports.backups.get(backup)
    except NotFound:
        return None
    restoration = found.restoration
    return None if restoration is None or restoration.status in ENDED else (found, restoration)


class _Overtaken(Exception):
    """Another attempt at the same restoration has begun."""


@dataclass
class _Restoring:
    ports: Ports
    backup: Backup
    restoration: Restoration
    reported: datetime

    async def run(self, *, again: bool) -> None:
        """`again`: an earlier attempt came as far as the last step, which may be done."""
        try:
            await self._report(self.restoration.progress, begin=True)
            belongings = await self._checked()
            project = self._named(belongings.project)
            if not (again and await self._is_there()):
                await self._bring_back(replace(belongings, project=project))
            await self._finish()
        except _Overtaken:
            return
        except _Waiting as waiting:
            again_please = RestoreProject(self.backup.project, self.backup.id)
            await self.ports.commands.send(again_please, waiting.seconds)

    async def _checked(self) -> Belongings:
        """What belongs to the project, when the whole file was found to be sound."""
        found: Belongings | None = None
        async for part in self._parts(0):
            if isinstance(part, About) and part.project != self.backup.project:
                raise Invalid("The file is now another project's backup.")
            if isinstance(part, Belongings):
                check_belongings(part, self.backup.project)
                found = part
            elif isinstance(part, PackedBlob):
                check_blob(part, self.backup.project)
        assert found is not None  # noqa: S101  read_backup gives it or raises
        return found

    def _named(self, project: Project) -> Project:
        return replace(project, name=self.restoration.name or project.name)

    async def _is_there(self) -> bool:
        try:
            await self.ports.projects.get(self.backup.project, fresh=True)
        except NotFound:
            return False
        return True

    async def _bring_back(self, belongings: Belongings) -> None:
        ports, project = self.ports, belongings.project
        await ports.projects.check_return(project.id, project.name)
        await self._clear(project.id)
        await put_parts_back(ports, project.id, self._parts(1))
        await put_belongings_back(ports, belongings)
        project, failed = without_jobs(project, await ports.runs.all(project.id), ports.clock.now())
        for run in failed:
            await ports.runs.put(project.id, run)
        await _give_up_deliveries(ports, project.id)
        if self.restoration.moved:
            await adopt_copies(ports, project)
        await self._report(1)
        await ports.projects.put_back(project)

    async def _clear(self, project: str) -> None:
        """Make room: an earlier attempt, perhaps with another backup, may have left something."""
        ports = self.ports
        try:
            await ports.rows.clear(project)
        except Unavailable as error:
            if ports.clock.now() - self.restoration.at > WAITED_LONG_ENOUGH:
                raise
            raise _Waiting(error.retry_after_seconds) from error
        for folder in backed_up_folders(project):
            await ports.blobs.remove_all(ports.limits.app_container, folder)

    async def _parts(self, reading: int) -> AsyncIterator[Part]:
        """The parts of the file. How much of its bytes were read is the progress."""
        opened = await self.ports.blobs.open(self.ports.limits.app_container, self.backup.blob)
        read = 0

        async def chunks() -> AsyncIterator[bytes]:
            nonlocal read
            async for chunk in opened.chunks:
                read += len(chunk)
                yield chunk

        async for part in read_backup(chunks()):
            yield part
            if self.ports.clock.now() - self.reported > _REPORT_EVERY:
                await self._report((reading + read / opened.size) / _READINGS * _NEARLY)

    async def _report(self, progress: float, *, begin: bool = False) -> None:
        ports = self.ports
        known = await ports.backups.get(self.backup.id)
        if not begin and (known.restoration is None or known.restoration.attempt != self.restoration.attempt):
            raise _Overtaken
        self.reported = ports.clock.now()
        self.restoration = replace(self.restoration, progress=progress)
        await ports.backups.put(replace(self.backup, restoration=self.restoration))

    async def _finish(self) -> None:
        """The project is there. Have that gone on with which was under way."""
        ports, project = self.ports, self.backup.project
        for command in await _to_go_on(ports, project):
            await ports.commands.send(command)
        await log_event(ports, project, self.restoration.by, Happened.RESTORED, backup=self.backup.id)
        done = replace(self.restoration, status=TransferStatus.DONE, progress=1)
        await ports.backups.put(replace(self.backup, restoration=done))


_NEARLY = 0.99
"""The whole progress means that only the last step is left."""


class _Waiting(Exception):
    """It has to be begun again a little later."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


async def _give_up_deliveries(ports: Ports, project: str) -> None:
    """What was not delivered then is no news now."""
    for webhook in await ports.webhooks.all(project):
        for delivery in await ports.webhooks.deliveries(project, webhook.id, DELIVERIES_LOOKED_AT):
            if delivery.next_at is not None:
                await ports.webhooks.put_delivery(project, given_up(delivery, BROKEN_OFF))


async def _to_go_on(ports: Ports, project: str) -> list[Command]:
    """What sends on its way again what was under way: all of it may be done twice."""
    exports = await ports.exports.all(project)
    imports = await ports.imports.all(project)
    operations = await ports.operations.all(project)
    return [
        *(WriteExport(project, export.id) for export in exports if export.status not in ENDED),
        *(ReadImport(project, one.id) for one in imports if one.status not in ENDED),
        *(RunOperation(project, operation.id) for operation in operations if operation.status not in ENDED),
    ]
