"""Have a model trained, or used, on a project's items."""

from dataclasses import replace

from core.domain.assist import RunModel
from core.domain.commands import StartRun
from core.domain.errors import Conflict, Invalid, Unsupported, WrongStatus
from core.domain.labels import label_paths
from core.domain.projects import Project, Status
from core.domain.runs import Run, RunStatus, Stage
from core.domain.work import about, present_trace
from core.formats.run_task import read_labels
from core.logic.assist.job_spec import wants_gpu
from core.logic.assist.policy import learnable, learnable_labels, shows_alike, why_not
from core.logic.assist.settings import check_base
from core.ports import Ports
from core.usecases.change_project import change_project
from core.usecases.find_budget import find_budget
from core.usecases.find_model import find_model
from core.usecases.run_files import task_name
from core.usecases.survey_project import survey_project


async def request_run(
    ports: Ports,
    project: Project,
    user: str,
    *,
    stage: Stage = Stage.TRAIN,
    model: RunModel | None = None,
    base: str | RunModel | None = None,
    delay_seconds: int = 0,
) -> Run:
    """Store a run and have a queue function start it after the delay; one at a time in a project.

    Training starts from `base`, or from what the project's settings say. The caller sees to it that the user
    may see the projects of `model` and `base`. Raises Conflict while another run is under way, BudgetSpent,
    WrongStatus, Unsupported where nothing runs jobs, NotFound for a model, and Invalid for what cannot work.
    """
    if ports.jobs is None:
        raise Unsupported("Nothing runs jobs in this deployment, so that no model can be trained or used.")
    _check_free(project)
    labeled, based = await _check(ports, project, stage, model, base)
    gpu = wants_gpu(stage, project.kind, based=based)
    await find_budget(ports, project, gpu=gpu)
    run = Run(
        id=ports.ids.new(),
        stage=stage,
        created_at=ports.clock.now(),
        created_by=user,
        labeled=labeled,
        label_version=project.label_version,
        base=(base or project.assist.base) if stage is Stage.TRAIN else None,
        model=model,
        gpu=gpu,
        trace=present_trace(),
    )
    about(run=run.id)
    await ports.runs.put(project.id, run)
    await _claim(ports, project.id, run)
    await ports.commands.send(StartRun(project.id, run.id), delay_seconds)
    return run


def _check_free(project: Project) -> None:
    if not project.under_way:
        raise WrongStatus(project.status, f"{Status.RUNNING} or {Status.PAUSED}")
    if project.run is not None:
        raise Conflict(
            f"Run '{project.run}' is under way, and a project has one at a time. Wait for it, or cancel it.",
            run=project.run,
        )


async def _check(
    ports: Ports, project: Project, stage: Stage, model: RunModel | None, base: str | RunModel | None
) -> tuple[int, bool]:
    """How many items there are to learn from, and whether a base is in it. Raises what `request_run` does."""
    if model is not None and stage is not Stage.PREDICT:
        raise Invalid("Only a run that predicts uses a model; training starts from a base.", field="model")
    if base is not None and stage is not Stage.TRAIN:
        raise Invalid("Only training starts from a base.", field="base")
    controls = await survey_project(ports, project)
    labeled = learnable(controls)
    match stage:
        case Stage.TRAIN:
            reason = why_not(project.kind, labeled, learnable_labels(project, controls))
            if reason is not None:
                raise Invalid(reason)
            await _check_base(ports, project, base)  # one of the settings may fail, where all can see it
            return labeled, (base or project.assist.base) is not None
        case Stage.PREDICT:
            return labeled, (await _check_model(ports, project, model)).base is not None
        case Stage.EMBED if not shows_alike(project.kind):
            raise Invalid(f"Only images to classify are shown by what they look like, not {project.kind}.")
    return labeled, False


async def _check_base(ports: Ports, project: Project, base: str | RunModel | None) -> None:
    check_base(base)
    if isinstance(base, RunModel):
        await find_model(ports, base, project.kind)


async def _check_model(ports: Ports, project: Project, model: RunModel | None) -> Run:
    """The run whose model is to predict."""
    if model is None:
        raise Invalid("Name the run whose model is to predict.", field="model")
    run = await find_model(ports, model, project.kind)
    name = task_name(model.project, run.id)
    known = read_labels(await ports.blobs.read(ports.limits.app_container, name))
    gone = sorted(known - set(label_paths(project.labels)))
    if gone:
        raise Invalid(
            f"The model knows the label '{gone[0]}', which this project does not offer. Train another with "
            "the labels of now.",
            field="model",
        )
    return run


async def _claim(ports: Ports, project: str, run: Run) -> None:
    """Make the run the one that is under way. Somebody who was quicker leaves it canceled."""

    def claimed(found: Project) -> Project:
        _check_free(found)
        return replace(found, run=run.id)

    try:
        await change_project(ports, project, claimed)
    except Conflict as error:
        canceled = replace(run, status=RunStatus.CANCELED, ended=ports.clock.now(), error=str(error))
        await ports.runs.put(project, canceled)
        raise
