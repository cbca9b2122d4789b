"""A run ends: well, or not."""

from contextlib import suppress
from dataclasses import replace

from core.domain.errors import NotFound
from core.domain.log import NOBODY, Happened
from core.domain.projects import Project
from core.domain.runs import Run, RunStatus
from core.logic.assist.following import stopped
from core.logic.assist.job_spec import job_id
from core.ports import Ports
from core.usecases.change_project import change_project
from core.usecases.log_event import log_event
from core.usecases.tell_run import tell_run

_HAPPENED = {
    RunStatus.DONE: Happened.RUN_FINISHED,
    RunStatus.FAILED: Happened.RUN_FAILED,
    RunStatus.CANCELED: Happened.RUN_CANCELED,
}


async def end_run(
    ports: Ports, project: str, run: Run, status: RunStatus, error: str | None = None, *, user: str = NOBODY
) -> Run:
    """Note how a run ended, and let the project begin another. One that ended already stays as it is.

    `error` is a sentence, and after it whatever a job's log says, which the project's log does not get.
    """
    known = await ports.runs.get(project, run.id)
    ended = replace(run, status=status, error=error, ended=ports.clock.now())
    if not known.status.ended:
        await ports.runs.put(project, ended)

    def freed(found: Project) -> Project:
        return replace(found, run=None) if found.run == run.id else found

    await change_project(ports, project, freed)
    if known.status.ended:
        return known
    tell_run(ports, project, ended)
    what, why = _HAPPENED[status], error and error.partition("\n")[0]
    await log_event(ports, project, user, what, run=run.id, stage=run.stage, labeled=run.labeled, error=why)
    return ended


async def fail_run(ports: Ports, project: str, run: str, reason: str) -> None:
    """Give up on a run, and say why; its job, if it has one, is canceled. Of a run that is gone, nothing."""
    try:
        found = await ports.runs.get(project, run)
    except NotFound:
        return
    await cancel_job(ports, project, found)
    await end_run(ports, project, stopped(found, ports.clock.now()), RunStatus.FAILED, reason)


async def cancel_job(ports: Ports, project: str, run: Run) -> None:
    """Have the job of a run end soon, if anybody knows of one. Raises Unavailable."""
    if run.attempt and ports.jobs is not None:
        with suppress(NotFound):
            await ports.jobs.cancel(job_id(project, run.id, run.attempt))
