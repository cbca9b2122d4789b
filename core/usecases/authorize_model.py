"""Whether somebody may use a model that they name."""

from core.domain.assist import RunModel
from core.domain.kinds import Kind
from core.domain.people import User
from core.logic.permissions import Action
from core.ports import Ports
from core.usecases.authorize import authorize_in
from core.usecases.find_model import find_model


async def authorize_model(ports: Ports, user: User, model: str | RunModel | None, kind: Kind) -> None:
    """Raises NotFound or Forbidden unless the model is everybody's, or of a run of a project whose models
    this user may use; Invalid for one of that sort that does not answer this kind."""
    if isinstance(model, RunModel):
        await authorize_in(ports, user, Action.USE_MODELS, model.project)
        await find_model(ports, model, kind)
