"""Delete a project: at once out of use, then piece by piece."""

import logging
from dataclasses import replace

from core.domain.commands import DeleteProject
from core.domain.errors import NotFound, Unavailable
from core.domain.log import Happened
from core.domain.projects import Project, Status
from core.ports import Ports
from core.usecases.change_project import change_project
from core.usecases.end_run import cancel_job
from core.usecases.expiring_blobs import export_prefix, rendition_prefix
from core.usecases.initialize_project import project_prefix
from core.usecases.log_event import log_event

TELLING_SECONDS = 15
"""Time for webhooks to be told, once: their secrets go with the project."""

_log = logging.getLogger(__name__)


async def delete_project(ports: Ports, project: str, user: str) -> None:
    """Take a project out of use and have it erased. Its name stays reserved."""
    now, again = ports.clock.now(), False

    def deleted(found: Project) -> Project:
        nonlocal again
        again = found.status is Status.DELETING
        return replace(found, status=Status.DELETING, touched_at=now)

    await change_project(ports, project, deleted)
    if not again:
        await log_event(ports, project, user, Happened.PROJECT_DELETED)
    told = await ports.webhooks.all(project)
    await ports.commands.send(DeleteProject(project), TELLING_SECONDS if told else 0)


async def erase_project(ports: Ports, project: str) -> None:
    """Delete everything of a project, itself last: after a kill it is simply done again."""
    try:
        found = (await ports.projects.get(project, fresh=True)).value
    except NotFound:
        return
    if found.status is not Status.DELETING:
        return
    await _stop_run(ports, found)
    await ports.shards.drop(project)
    for folder in (project_prefix, export_prefix, rendition_prefix):
        await ports.blobs.remove_all(ports.limits.app_container, folder(project))
    for invitation in await ports.invitations.of_project(project):
        await ports.invitations.take(project, invitation.email)
    for member in await ports.members.of_project(project):
        await ports.members.remove(project, member.user)
    await ports.projects.remove(project)


async def _stop_run(ports: Ports, project: Project) -> None:
    """Nobody will want what the job makes. If it cannot be reached, it ends by its time limit."""
    if project.run is None:
        return
    try:
        await cancel_job(ports, project.id, await ports.runs.get(project.id, project.run))
    except NotFound:
        return  # an earlier attempt at deleting the project came further
    except Unavailable:
        _log.warning("The job of run %s runs on although its project is deleted.", project.run, exc_info=True)
