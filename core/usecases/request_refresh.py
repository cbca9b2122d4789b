"""Ask for a project to be held against its data now."""

from dataclasses import replace

from core.domain.commands import InitializeProject, RefreshProject
from core.domain.errors import WrongStatus
from core.domain.projects import Project, Status
from core.ports import Ports
from core.usecases.change_project import change_project


async def request_refresh(ports: Ports, project: Project) -> None:
    """Have the project's path listed. A project that failed begins again. Raises WrongStatus."""
    if project.status is Status.FAILED:
        await _begin_again(ports, project.id)
    elif project.under_way:
        await ports.commands.send(RefreshProject(project.id, by_hand=True))
    else:
        raise WrongStatus(project.status, f"{Status.RUNNING}, {Status.PAUSED} or {Status.FAILED}")


async def _begin_again(ports: Ports, project: str) -> None:
    now = ports.clock.now()

    def begun(found: Project) -> Project:
        if found.status is not Status.FAILED:
            return found
        return replace(found, status=Status.INITIALIZING, reason=None, touched_at=now)

    await change_project(ports, project, begun)
    await ports.commands.send(InitializeProject(project))
