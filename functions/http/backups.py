"""Backups of projects: owners make them, administrators restore them."""

from typing import Annotated

from fastapi import APIRouter, Depends

from core.domain.backups import Backup, Restoration
from core.domain.people import User
from core.logic.permissions import Action
from core.usecases.authorize import Access
from core.usecases.open_backups import OpenBackup, delete_backup, open_backup, open_backups
from core.usecases.request_backup import request_backup
from core.usecases.request_restore import request_restore, take_in_backup
from functions.access import CurrentPorts, permit, permit_in
from functions.schemas.backups import BackupIn, BackupOut, RestorationOut, RestoreIn
from functions.schemas.common import Page
from functions.version import VERSION

router = APIRouter(prefix="/api", tags=["backups"])

Keeper = Annotated[Access, Depends(permit_in(Action.BACK_UP))]
Restorer = Annotated[User, Depends(permit(Action.RESTORE))]


@router.post("/projects/{project}/backups", status_code=202)
async def create(access: Keeper, ports: CurrentPorts) -> BackupOut:
    """Have everything of the project written into one file, but for the data that it labels."""
    return _shaped(OpenBackup(await request_backup(ports, access.project, access.user.id, VERSION)))


@router.get("/projects/{project}/backups")
async def index(access: Keeper, ports: CurrentPorts) -> Page[BackupOut]:
    """The backups of the project, newest first."""
    return Page(items=[_shaped(backup) for backup in await open_backups(ports, access.project.id)])


@router.get("/projects/{project}/backups/{backup}")
async def read(backup: str, access: Keeper, ports: CurrentPorts) -> BackupOut:
    """How far a backup is, and where to download it."""
    return _shaped(await open_backup(ports, backup, access.project.id))


@router.get("/backups")
async def all_backups(_user: Restorer, ports: CurrentPorts) -> Page[BackupOut]:
    """The backups of all projects, also of those that are gone, newest first."""
    return Page(items=[_shaped(backup) for backup in await open_backups(ports)])


@router.post("/backups", status_code=201)
async def take_in(body: BackupIn, _user: Restorer, ports: CurrentPorts) -> BackupOut:
    """Take in a backup of another deployment, whose file was copied into this one's container."""
    return _shaped(OpenBackup(await take_in_backup(ports, body.path)))


@router.get("/backups/{backup}")
async def read_any(backup: str, _user: Restorer, ports: CurrentPorts) -> BackupOut:
    """One of them."""
    return _shaped(await open_backup(ports, backup))


@router.post("/backups/{backup}/restore", status_code=202)
async def restore(backup: str, body: RestoreIn, user: Restorer, ports: CurrentPorts) -> BackupOut:
    """Have the project brought back, which must be gone. `restoration` of the backup says how far that is."""
    asked = await request_restore(ports, backup, user.id, body.name, moved=body.moved)
    return _shaped(OpenBackup(asked))


@router.delete("/backups/{backup}", status_code=204)
async def delete(backup: str, _user: Restorer, ports: CurrentPorts) -> None:
    """Delete a backup and its file, for good."""
    await delete_backup(ports, backup)


def _shaped(opened: OpenBackup) -> BackupOut:
    backup: Backup = opened.backup
    return BackupOut(
        id=backup.id,
        project=backup.project,
        name=backup.name,
        path=backup.blob,
        created_at=backup.created_at,
        created_by=backup.created_by,
        version=backup.version,
        status=backup.status,
        progress=backup.progress,
        size=backup.size,
        rows=backup.contents.rows,
        blobs=backup.contents.blobs,
        error=backup.error,
        url=opened.url,
        restoration=backup.restoration and _restoration(backup.restoration),
    )


def _restoration(found: Restoration) -> RestorationOut:
    return RestorationOut(
        at=found.at,
        by=found.by,
        name=found.name,
        moved=found.moved,
        status=found.status,
        progress=found.progress,
        error=found.error,
    )
