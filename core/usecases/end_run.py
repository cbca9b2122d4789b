"""A run ends: well, or not."""

from dataclasses import replace

from core.domain.log import NOBODY, Happened
from core.domain.projects import Project
from core.domain.runs import Run, RunStatus
from core.ports import Ports
from core.usecases.change_project import change_project
from core.usecases.log_event import log_event

_HAPPENED = {
    RunStatus.DONE: Happened.RUN_FINISHED,
    RunStatus.FAILED: Happened.RUN_FAILED,
    RunStatus.CANCELED: Happened.RUN_CANCELED,
}


async def end_run(
    ports: Ports, project: str, run: Run, status: RunStatus, error: str | None = None, *, user: str = NOBODY
) -> Run:
    """Note how a run ended, and let the project begin another. Of one that ended already, nothing."""
    known = await ports.runs.get(project, run.id)
    if known.status.ended:
        return known
    ended = replace(run, status=status, error=error, ended=ports.clock.now())
    await ports.runs.put(project, ended)

    def freed(found: Project) -> Project:
        return replace(found, run=None) if found.run == run.id else found

    await change_project(ports, project, freed)
    what = _HAPPENED[status]
    await log_event(ports, project, user, what, run=run.id, stage=run.stage, labeled=run.labeled, error=error)
    return ended
