"""End a run that nobody wants any more."""

from core.domain.errors import Conflict
from core.domain.projects import Project
from core.domain.runs import Run, RunStatus
from core.logic.assist.following import stopped
from core.ports import Ports
from core.usecases.end_run import cancel_job, end_run


async def cancel_run(ports: Ports, project: Project, user: str, run_id: str) -> Run:
    """End the run and its job; what it has made is not used. Raises Conflict, NotFound, Unavailable."""
    run = await ports.runs.get(project.id, run_id)
    if run.status.ended:
        raise Conflict(f"The run is {run.status} and cannot be canceled any more.")
    if run.status is RunStatus.APPLYING:
        raise Conflict("Its job is done, and its predictions are being given to the items. Wait for its end.")
    await cancel_job(ports, project.id, run)
    ended = stopped(run, ports.clock.now())
    return await end_run(ports, project.id, ended, RunStatus.CANCELED, user=user)
