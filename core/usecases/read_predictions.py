"""What is predicted of the items of a shard."""

from collections.abc import Mapping

from core.domain.predictions import Prediction
from core.domain.shards import Control
from core.ports import Ports


async def read_predictions(ports: Ports, control: Control) -> Mapping[int, Prediction]:
    """By index, what the predictions say that the control entity names; nothing where it names none."""
    return await ports.predictions.read(control.predictions) if control.predictions else {}
