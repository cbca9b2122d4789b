"""Backups, and where their files can be downloaded: for an hour."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.backups import Backup
from core.domain.errors import Conflict, NotFound
from core.domain.transfers import ENDED, TransferStatus
from core.ports import Ports
from core.usecases.open_exports import URL_LASTS


@dataclass(frozen=True, slots=True)
class OpenBackup:
    """A backup and its file's URL, which is None until it is written."""

    backup: Backup
    url: str | None = None


async def open_backups(ports: Ports, project: str | None = None) -> list[OpenBackup]:
    """Every backup, or every one of a project, newest first."""
    found = [backup for backup in await ports.backups.all() if project in (None, backup.project)]
    return await _open(ports, found)


async def open_backup(ports: Ports, backup: str, project: str | None = None) -> OpenBackup:
    """One of them. Raises NotFound."""
    found = await ports.backups.get(backup)
    if project not in (None, found.project):
        raise NotFound("backup", backup)
    return (await _open(ports, [found]))[0]


async def delete_backup(ports: Ports, backup: str) -> None:
    """Delete a backup and its file. Raises NotFound, Conflict while it is being written or restored."""
    found = await ports.backups.get(backup)
    restoring = found.restoration is not None and found.restoration.status not in ENDED
    if restoring or found.status not in ENDED:
        raise Conflict("The backup is being written or restored. Delete it when that is done.")
    await ports.blobs.remove(ports.limits.app_container, found.blob)
    await ports.backups.remove(backup)


async def _open(ports: Ports, backups: Sequence[Backup]) -> list[OpenBackup]:
    until = ports.clock.now() + URL_LASTS
    opened = []
    for backup in backups:
        done = backup.status is TransferStatus.DONE
        url = await ports.blobs.sign_read(ports.limits.app_container, backup.blob, until) if done else None
        opened.append(OpenBackup(backup, url))
    return opened
