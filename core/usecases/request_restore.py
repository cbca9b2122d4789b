"""Ask for a project to be restored, and take in backups that come from elsewhere."""

from dataclasses import replace

from core.domain.backups import Backup, Restoration
from core.domain.commands import RestoreProject
from core.domain.errors import Conflict, Invalid
from core.domain.transfers import ENDED, TransferStatus
from core.formats.backup_files import read_about
from core.logic.backing_up import is_within
from core.ports import Ports
from core.usecases.create_project import check_name
from core.usecases.request_backup import BACKUPS


async def request_restore(
    ports: Ports, backup: str, user: str, name: str | None = None, *, moved: bool = False
) -> Backup:
    """Have a queue function bring the project back, under another `name` if need be.

    `moved`: its data were copied to where they are now. Raises NotFound, Conflict, StillThere, NameTaken,
    Invalid for the name.
    """
    found = await ports.backups.get(backup)
    if found.status is not TransferStatus.DONE:
        raise Conflict("This backup is not complete, so nothing can be restored from it.")
    for other in await ports.backups.all():
        restoration = other.restoration
        if other.project == found.project and restoration and restoration.status not in ENDED:
            raise Conflict("This project is being restored already. Wait until that is done.")
    if name is not None:
        check_name(name)
    await ports.projects.check_return(found.project, name or found.name)
    asked = replace(found, restoration=Restoration(ports.clock.now(), user, name, moved))
    await ports.backups.put(asked)
    await ports.commands.send(RestoreProject(asked.project, asked.id))
    return asked


async def take_in_backup(ports: Ports, blob: str) -> Backup:
    """Have a backup listed that somebody copied into the app's container, below `backups/`.

    A blob that is listed already stays as it is. Raises NotFound, Invalid for what is no backup.
    """
    if not is_within(blob, [BACKUPS]):
        raise Invalid(f"Copy the file into the app's container, below '{BACKUPS}'.", field="path")
    for known in await ports.backups.all():
        if known.blob == blob:
            return known
    opened = await ports.blobs.open(ports.limits.app_container, blob)
    about = await read_about(opened.chunks)
    taken = Backup(
        id=ports.ids.new(),
        project=about.project,
        name=about.name,
        blob=blob,
        created_at=about.created_at,
        created_by=about.created_by,
        version=about.version,
        status=TransferStatus.DONE,
        progress=1,
        size=opened.size,
    )
    await ports.backups.put(taken)
    return taken
