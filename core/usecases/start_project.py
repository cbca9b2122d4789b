"""Start a project that has its items, and its labels if they came with them."""

from dataclasses import replace

from core.domain.commands import InspectItems, RefreshProject
from core.domain.projects import Project, Refreshed, Status
from core.logic.refreshing import refresh_interval
from core.ports import Ports
from core.usecases.change_project import change_project

AT_START = "at-start"
"""The id of the import that a project waits for."""

SETTLED_AFTER_SECONDS = 5
"""When every instance knows that the project runs, so that no event passes it by any more."""


async def start_project(ports: Ports, project: str) -> None:
    """Let it run, and have it look at its images and once more for new data. Starting twice does no harm."""
    now = ports.clock.now()

    def started(found: Project) -> Project:
        if found.status is not Status.INITIALIZING:
            return found
        refreshed = Refreshed(now, found.found, next=now + refresh_interval(0, found.found))
        return replace(found, status=Status.RUNNING, touched_at=now, refreshed=refreshed)

    await change_project(ports, project, started)
    await ports.commands.send(RefreshProject(project), SETTLED_AFTER_SECONDS)
    await ports.commands.send(InspectItems(project, 0))
