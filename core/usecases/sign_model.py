"""Hand out the model that a run made."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.domain.errors import Conflict
from core.domain.projects import Project
from core.domain.runs import Run, RunStatus, Stage
from core.ports import Ports
from core.usecases.run_files import output_prefix

URL_LASTS = timedelta(hours=1)
ARCHIVE = "model.zip"
"""What a training job calls the zip of its model."""


@dataclass(frozen=True, slots=True)
class SignedModel:
    """`url` downloads the model, a zip, until it expires."""

    url: str
    expires: datetime


async def sign_model(ports: Ports, project: Project, run: str) -> SignedModel:
    """A way to the model. Raises NotFound for the run, Conflict for one that made none."""
    made = await trained_run(ports, project, run)
    container, name = ports.limits.app_container, output_prefix(project.id, made) + ARCHIVE
    if await ports.blobs.stat(container, name) is None:
        raise Conflict("The run's model is not in storage any more. Train again.")
    expires = ports.clock.now() + URL_LASTS
    return SignedModel(await ports.blobs.sign_read(container, name, expires), expires)


async def trained_run(ports: Ports, project: Project, run: str) -> Run:
    """A run that made a model. Raises NotFound for the run, Conflict for one that made none."""
    found = await ports.runs.get(project.id, run)
    if found.stage is not Stage.TRAIN:
        raise Conflict("The run used a model and made none. Choose one that trained.")
    if found.status is not RunStatus.DONE:
        raise Conflict(f"The run is {found.status}: only one that is done has a model.")
    return found
