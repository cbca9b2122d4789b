"""Pick up what got lost: work whose message is gone, and blobs whose event never came."""

from datetime import timedelta

from core.domain.commands import Command, DeleteProject, InitializeProject, RefreshProject
from core.domain.projects import Project, Status
from core.ports import Ports

STUCK_AFTER = timedelta(minutes=2)


async def reconcile(ports: Ports) -> None:
    """Send every project the command it may need. Each is safe to carry out twice."""
    for project in await ports.projects.all():
        command = _needed(project, stuck=_is_stuck(ports, project))
        if command is not None:
            await ports.commands.send(command)


def _needed(project: Project, *, stuck: bool) -> Command | None:
    match project.status:
        case Status.INITIALIZING if stuck:
            return InitializeProject(project.id)
        case Status.DELETING if stuck:
            return DeleteProject(project.id)
        case Status.RUNNING | Status.PAUSED if project.refresh.enabled:
            return RefreshProject(project.id)
        case _:
            return None


def _is_stuck(ports: Ports, project: Project) -> bool:
    touched = project.touched_at or project.created_at
    return ports.clock.now() - touched > STUCK_AFTER
