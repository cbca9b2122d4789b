"""Start the job of a run: the first attempt, or another."""

from contextlib import suppress
from dataclasses import replace

from core.domain.assist import RunModel
from core.domain.errors import BudgetSpent, Invalid, NotFound, Unavailable, Unsupported
from core.domain.jobs import BlobFolder, JobSpec, ModelAsset
from core.domain.log import Happened
from core.domain.projects import Project
from core.domain.runs import Run, RunStatus, Stage
from core.logic.assist.following import given_up
from core.logic.assist.job_spec import TIME_LIMIT_SECONDS, RunFiles, base_of, job_spec
from core.ports import Ports
from core.usecases.change_run import change_run
from core.usecases.end_run import cancel_job, end_run
from core.usecases.find_budget import find_budget
from core.usecases.find_model import find_model
from core.usecases.log_event import log_event
from core.usecases.run_files import input_prefix, model_prefix, output_prefix
from core.usecases.working_on import working_on
from core.usecases.write_run_manifest import list_images, write_run_manifest


async def start_run(ports: Ports, project: str, run: str) -> None:
    """Write the run's manifest unless that is done, and submit its job. Doing it twice starts it once.

    What cannot work ends the run, and says why. Whoever runs jobs may be away for up to a day: the run then
    says so, and the timer has it started again. Raises Unavailable where storage is.
    """
    try:
        found = (await ports.projects.get(project, fresh=True)).value
        asked = await ports.runs.get(project, run)
    except NotFound:
        return
    if asked.status is not RunStatus.QUEUED or not found.under_way or found.run != run:
        return
    try:
        await _start(ports, found, asked)
    except (BudgetSpent, Invalid, NotFound) as error:
        with suppress(NotFound):  # the project was deleted meanwhile
            await end_run(ports, project, asked, RunStatus.FAILED, str(error))


async def _start(ports: Ports, project: Project, asked: Run) -> None:
    if ports.jobs is None:
        raise Unsupported("Nothing runs jobs in this deployment any more.")
    budget = await find_budget(ports, project, gpu=asked.gpu)
    run = asked if asked.attempt else await _describe(ports, project, asked)
    if run.status.ended:
        return
    spec = await _spec(ports, project, run, budget.seconds if budget else TIME_LIMIT_SECONDS)
    try:
        await ports.jobs.submit(spec)
    except Unavailable as error:
        await _wait(ports, project.id, run, str(error))
        return
    if not await _note(ports, project.id, run, spec.id):
        await cancel_job(ports, project.id, run)


async def _describe(ports: Ports, project: Project, run: Run) -> Run:
    """The run with its manifest written, as its first attempt. Raises Invalid where that holds nothing."""
    async with working_on(ports, project.id, run.id):
        written = await write_run_manifest(ports, project, run)
    if not written.items:
        raise Invalid("There are no items that could be shown to a model.")
    if run.stage is Stage.TRAIN and not written.labeled:
        raise Invalid("There are no answers to learn from.")
    now = ports.clock.now()

    def described(found: Run) -> Run:
        known = replace(found, labeled=written.labeled, items=written.items)
        return replace(known, label_version=written.label_version, attempt=1, checked_at=now)

    return await change_run(ports, project.id, run.id, described)


async def _spec(ports: Ports, project: Project, run: Run, time_limit_seconds: int) -> JobSpec:
    container = ports.limits.app_container
    model = None
    if run.model is not None:
        maker = await find_model(ports, run.model, project.kind)
        model = BlobFolder(container, model_prefix(run.model.project, maker))
    files = RunFiles(
        spec=BlobFolder(container, input_prefix(project.id, run.id)),
        out=BlobFolder(container, output_prefix(project.id, run)),
        data=await list_images(ports, project),
        base=await _base(ports, project, run),
        model=model,
    )
    return job_spec(project, run, files, time_limit_seconds)


async def _base(ports: Ports, project: Project, run: Run) -> str | BlobFolder | ModelAsset | None:
    if isinstance(run.base, RunModel):
        maker = await find_model(ports, run.base, project.kind)
        return BlobFolder(ports.limits.app_container, model_prefix(run.base.project, maker))
    return None if run.base is None else base_of(run.base)


async def _wait(ports: Ports, project: str, run: Run, why: str) -> None:
    """Leave it to the timer, which sends the message again. Raises Invalid once that has been long enough."""
    now = ports.clock.now()
    if given_up(run, now):
        raise Invalid(f"The job could not be begun within a day. {why}")

    def waiting(found: Run) -> Run:
        queued = found.status is RunStatus.QUEUED and found.attempt == run.attempt
        return replace(found, error=why, checked_at=now) if queued else found

    await change_run(ports, project, run.id, waiting)


async def _note(ports: Ports, project: str, run: Run, job: str) -> bool:
    """Write down that the job was submitted; False if the run has ended or is gone, and nobody wants it."""
    now, mine = ports.clock.now(), False

    def noted(found: Run) -> Run:
        nonlocal mine
        mine = found.status is RunStatus.QUEUED and found.attempt == run.attempt  # else another was quicker
        if not mine:
            return found
        why = found.error if run.attempt > 1 else None  # the first attempt failed; else it waits no more
        return replace(found, status=RunStatus.STARTING, job=job, checked_at=now, error=why)

    try:
        after = await change_run(ports, project, run.id, noted)
    except NotFound:
        return False
    if mine:
        await log_event(
            ports,
            project,
            run.created_by,
            Happened.RUN_STARTED,
            run=run.id,
            stage=run.stage,
            labeled=run.labeled,
            items=run.items,
            attempt=run.attempt,
        )
    return not after.status.ended
