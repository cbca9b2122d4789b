"""Register the model that a run made in an Azure ML workspace."""

from core.domain.errors import Unsupported
from core.domain.jobs import BlobFolder
from core.domain.log import Happened
from core.domain.projects import Project
from core.domain.runs import Run
from core.ports import Ports
from core.usecases.log_event import log_event
from core.usecases.run_files import model_prefix
from core.usecases.sign_model import trained_run


async def register_model(ports: Ports, project: Project, user: str, run: str, name: str) -> str:
    """Make it the next version of a model asset; the asset's id, `azureml:NAME:VERSION`.

    Raises NotFound for the run, Conflict for one that made no model, Unsupported without a workspace,
    Unavailable.
    """
    if ports.models is None:
        raise Unsupported(
            "This deployment knows no Azure ML workspace to register the model in. An operator names one "
            "with AZURE_ML_SUBSCRIPTION, AZURE_ML_RESOURCE_GROUP and AZURE_ML_WORKSPACE."
        )
    made = await trained_run(ports, project, run)
    folder = BlobFolder(ports.limits.app_container, model_prefix(project.id, made))
    description = f"Trained by the labeling project {project.name} on {made.labeled:,} labeled items."
    asset = await ports.models.register(name, folder, description, _properties(project, made))
    await log_event(ports, project.id, user, Happened.MODEL_REGISTERED, run=run, asset=asset)
    return asset


def _properties(project: Project, run: Run) -> dict[str, str]:
    """What somebody who finds the model in the workspace wants to know."""
    known = {
        "kind": project.kind,
        "project": project.id,
        "run": run.id,
        "labeled": run.labeled,
        run.figure_name or "figure": run.figure,
        "target": run.target,
        "threshold": run.threshold,
    }
    return {name: str(value) for name, value in known.items() if value is not None}
