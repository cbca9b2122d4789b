"""Ask for a backup of a project."""

from core.domain.backups import Backup
from core.domain.commands import BackUpProject
from core.domain.errors import WrongStatus
from core.domain.projects import Project, Status
from core.ports import Ports

BACKUPS = "backups/"
"""Where in the app's container backups are: beside the projects' folders, which go with their projects."""


async def request_backup(ports: Ports, project: Project, user: str, version: str) -> Backup:
    """Have the file written by a queue function. `version` is that of this Tagwerk. Raises WrongStatus."""
    if not project.under_way:
        raise WrongStatus(project.status, f"{Status.RUNNING} or {Status.PAUSED}")
    backup = ports.ids.new()
    made = Backup(
        id=backup,
        project=project.id,
        name=project.name,
        blob=f"{BACKUPS}{project.id}/{backup}.zip",
        created_at=ports.clock.now(),
        created_by=user,
        version=version,
    )
    await ports.backups.put(made)
    await ports.commands.send(BackUpProject(project.id, backup))
    return made
