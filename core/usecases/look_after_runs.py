"""See to the runs of all projects: begin those that are due, and follow those that are under way."""

import logging
from collections.abc import Sequence

from core.domain.log import NOBODY
from core.domain.projects import Project, Status
from core.domain.runs import Run, RunStatus
from core.domain.work import working_in
from core.logic.assist.budget import budget_of
from core.logic.assist.policy import stage_due
from core.ports import Ports
from core.usecases.end_run import end_run
from core.usecases.follow_run import follow_run
from core.usecases.in_parallel import in_parallel
from core.usecases.request_run import request_run
from core.usecases.silence import STUCK_AFTER
from core.usecases.survey_project import survey_project
from core.usecases.watch_audit import watch_audit

PARALLEL_PROJECTS = 4
BURST_SECONDS = 15
"""Labels come in bursts: a run that begins by itself waits until the burst is in."""

_log = logging.getLogger(__name__)


async def look_after_runs(ports: Ports) -> None:
    """Bring every project's runs a step on. What goes wrong in one project is logged, and harms no other.

    A project without ML assist and without a run costs nothing.
    """

    async def look_after(project: Project) -> None:
        with working_in(project.id):
            try:
                await _look_after(ports, project)
                await watch_audit(ports, project)
            except Exception:  # whatever it is, the other projects' runs go on
                _log.exception("The runs of project %s could not be looked after.", project.id)

    projects = await ports.projects.all()
    concerned = [one for one in projects if one.under_way and (one.assist.enabled or one.run is not None)]
    await in_parallel(PARALLEL_PROJECTS, look_after, concerned)


async def _look_after(ports: Ports, project: Project) -> None:
    runs = await ports.runs.all(project.id)
    await _end_forgotten(ports, project, runs)
    if project.run is not None:
        await follow_run(ports, project, project.run)
        return
    if project.status is not Status.RUNNING or ports.jobs is None:
        return
    budget = budget_of(project, runs, ports.prices, ports.clock.now())
    stage = stage_due(project, await survey_project(ports, project), runs, budget)
    if stage is not None:
        await request_run(ports, project, NOBODY, stage=stage, delay_seconds=BURST_SECONDS)


async def _end_forgotten(ports: Ports, project: Project, runs: Sequence[Run]) -> None:
    """A kill may leave a run that its project knows nothing of."""
    now = ports.clock.now()
    for run in runs:
        forgotten = not run.status.ended and run.id != project.run
        if forgotten and now - (run.checked_at or run.created_at) > STUCK_AFTER:
            await end_run(ports, project.id, run, RunStatus.FAILED, "It was broken off before it began.")
