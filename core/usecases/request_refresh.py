"""Ask for new data to be looked for now."""

from core.domain.commands import RefreshProject
from core.domain.errors import WrongStatus
from core.domain.projects import Project, Status
from core.ports import Ports


async def request_refresh(ports: Ports, project: Project) -> None:
    """Have a queue function list the project's path. Raises WrongStatus."""
    if project.status not in {Status.RUNNING, Status.PAUSED}:
        raise WrongStatus(project.status, f"{Status.RUNNING} or {Status.PAUSED}")
    await ports.commands.send(RefreshProject(project.id))
