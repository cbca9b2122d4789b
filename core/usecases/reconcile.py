"""Pick up what got lost: blobs whose event never came, and work whose message is gone or asleep."""

from datetime import timedelta

from core.domain.commands import Command, DeleteProject, InitializeProject, RefreshProject, RunOperation
from core.domain.projects import Project, Status
from core.ports import Ports

STUCK_AFTER = timedelta(minutes=2)


async def refresh_all(ports: Ports) -> None:
    """Have every project that takes new data look for some."""
    for project in await ports.projects.all():
        if project.under_way and project.refresh.enabled:
            await ports.commands.send(RefreshProject(project.id))


async def revive_stuck(ports: Ports) -> None:
    """Send the command again of every project that should be moving and is not; it is safe to do twice.

    The message of a process that was killed stays invisible for ten minutes. Nobody should wait so long.
    """
    for project in await ports.projects.all():
        touched = project.touched_at or project.created_at
        command = _command(project)
        if command is not None and ports.clock.now() - touched > STUCK_AFTER:
            await ports.commands.send(command)


def _command(project: Project) -> Command | None:
    match project.status:
        case Status.INITIALIZING:
            return InitializeProject(project.id)
        case Status.DELETING:
            return DeleteProject(project.id)
        case _ if project.relabeling and project.relabel is not None:
            return RunOperation(project.id, project.relabel.id)
        case _:
            return None
