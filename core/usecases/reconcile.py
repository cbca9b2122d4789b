"""Pick up what got lost: blobs whose event never came, and work whose message is gone or asleep."""

from dataclasses import replace
from datetime import timedelta

from core.domain.commands import Command, DeleteProject, InitializeProject, RefreshProject, RunOperation
from core.domain.projects import Project, Status
from core.domain.work import working_in
from core.logic.refreshing import is_due, refreshes_itself
from core.ports import Ports
from core.usecases.change_project import change_project
from core.usecases.silence import STUCK_AFTER

TRIED_AGAIN_AFTER = timedelta(hours=1)
"""A refresh that failed by then, or is still under way, is begun again."""


async def refresh_all(ports: Ports) -> None:
    """Have every project refreshed that follows its data."""
    for project in await ports.projects.all():
        if refreshes_itself(project):
            with working_in(project.id):
                await ports.commands.send(RefreshProject(project.id))


async def refresh_due(ports: Ports) -> None:
    """Have those projects refreshed whose next time has come; nothing is read but the projects."""
    now = ports.clock.now()

    def put_off(project: Project) -> Project:
        if project.refreshed is None:
            return project
        return replace(project, refreshed=replace(project.refreshed, next=now + TRIED_AGAIN_AFTER))

    for project in await ports.projects.all():
        if is_due(project, now):
            with working_in(project.id):
                await change_project(ports, project.id, put_off)
                await ports.commands.send(RefreshProject(project.id))


async def revive_stuck(ports: Ports) -> None:
    """Send the command again of every project that should be moving and is not; it is safe to do twice.

    The message of a process that was killed stays invisible for ten minutes. Nobody should wait so long.
    """
    now = ports.clock.now()
    for project in await ports.projects.all():
        touched = project.touched_at or project.created_at
        command = _command(project)
        if command is not None and now - touched > STUCK_AFTER:
            with working_in(project.id):
                await change_project(ports, project.id, lambda found: replace(found, touched_at=now))
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
