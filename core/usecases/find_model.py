"""Find the run whose model somebody wants to use."""

from core.domain.assist import RunModel
from core.domain.errors import Invalid
from core.domain.kinds import Kind
from core.domain.runs import Run, RunStatus, Stage
from core.ports import Ports


async def find_model(ports: Ports, model: RunModel, kind: Kind) -> Run:
    """The run that made a model. Raises NotFound, and Invalid unless the model answers this kind."""
    project = (await ports.projects.get(model.project)).value
    if project.kind is not kind:
        raise Invalid(f"The model of run '{model.run}' answers {project.kind}, and this project {kind}.")
    run = await ports.runs.get(model.project, model.run)
    if run.stage is not Stage.TRAIN or run.status is not RunStatus.DONE:
        raise Invalid(f"Run '{model.run}' has made no model: only a training run that is done has.")
    return run
