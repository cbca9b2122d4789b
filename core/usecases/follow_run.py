"""Look how far a run is, and see that it goes on."""

from dataclasses import replace
from datetime import datetime

from core.domain.commands import Command, RunOperation, StartRun, TakeRun
from core.domain.errors import NotFound
from core.domain.jobs import JobState, JobStatus
from core.domain.projects import Project
from core.domain.runs import Run, RunStatus
from core.domain.transfers import TransferStatus
from core.domain.work import working_in
from core.logic.assist.following import has_job, overdue, told
from core.ports import JobRunner, Ports
from core.usecases.change_run import change_run
from core.usecases.end_run import cancel_job, end_run
from core.usecases.silence import STUCK_AFTER
from core.usecases.tell_run import tell_job


async def follow_run(ports: Ports, project: Project, run: str) -> None:
    """Bring the project's run that is under way a step on, if there is one to take. Raises Unavailable."""
    found = await ports.runs.get(project.id, run)
    with working_in(project.id, run=run, trace=found.trace):
        if found.status.ended:  # whoever ended it was killed before the project was free
            await end_run(ports, project.id, found, found.status)
        elif has_job(found) and found.job is not None and ports.jobs is not None:
            await _follow_job(ports, ports.jobs, project, found, found.job)
        else:
            await _remind(ports, project, found)


async def _follow_job(ports: Ports, jobs: JobRunner, project: Project, run: Run, job: str) -> None:
    now = ports.clock.now()
    said = await _status(jobs, job)
    status = overdue(run, said, now)
    if status is not said:
        await cancel_job(ports, project.id, run)
    after = told(run, job, status, now)
    if status.state.ended:
        tell_job(ports.telemetry, project.id, run, job, status)
    if after.status.ended:
        await end_run(ports, project.id, after, after.status, after.error)
        return
    moved = await change_run(ports, project.id, run.id, lambda found: told(found, job, status, now))
    command = _command(project.id, moved)
    if moved.status is not run.status and command is not None:
        await ports.commands.send(command)


async def _status(jobs: JobRunner, job: str) -> JobStatus:
    try:
        return await jobs.status(job)
    except NotFound:
        return JobStatus(JobState.LOST, error="Whoever runs the jobs does not know this run's job any more.")


async def _remind(ports: Ports, project: Project, run: Run) -> None:
    """Send the message again that the run waits for, if nobody seems to have it."""
    if await _operation_failed(ports, project.id, run):
        return
    now = ports.clock.now()
    command = _command(project.id, run)
    if command is not None and now - _touched(project, run) > STUCK_AFTER:
        await change_run(ports, project.id, run.id, lambda found: replace(found, checked_at=now))
        await ports.commands.send(command)


async def _operation_failed(ports: Ports, project: str, run: Run) -> bool:
    """End a run whose predictions could not be given to the items."""
    if run.status is not RunStatus.APPLYING or run.operation is None:
        return False
    operation = await ports.operations.get(project, run.operation)
    if operation.status is not TransferStatus.FAILED:
        return False
    await end_run(ports, project, run, RunStatus.FAILED, operation.error)
    return True


def _touched(project: Project, run: Run) -> datetime:
    """When somebody worked on it last. An operation touches its project."""
    touched = run.checked_at or run.created_at
    by_operation = project.touched_at if run.operation is not None else None
    return max(touched, by_operation) if by_operation is not None else touched


def _command(project: str, run: Run) -> Command | None:
    """What somebody has to be told for the run to go on."""
    match run.status:
        case RunStatus.QUEUED:
            return StartRun(project, run.id)
        case RunStatus.APPLYING if run.operation is not None:
            return RunOperation(project, run.operation)
        case RunStatus.APPLYING:
            return TakeRun(project, run.id)
        case _:
            return None
