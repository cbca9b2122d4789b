"""Contents that two replace at once."""

import pytest

from core.domain.answers import Classes
from core.domain.errors import Unavailable
from core.domain.predictions import Prediction
from core.domain.shards import Control
from core.usecases.rewrite_archive import ATTEMPTS, rewrite_archive
from core.usecases.write_labels import write_prelabels
from tests.unit.usecases.conftest import World

CAT, ROSE = Prediction(Classes(("Cat",)), 0.5), Prediction(Classes(("Rose",)), 0.25)


async def test_who_is_overtaken_begins_again_under_another_name(world: World) -> None:
    project = await world.running(4)
    seen: list[str | None] = []

    async def write(control: Control) -> str:
        seen.append(control.predictions)
        if len(seen) == 1:
            await write_prelabels(world.ports, project.id, 0, {0: CAT})
        known = await world.ports.predictions.read(control.predictions) if control.predictions else {}
        name = f"predictions/{len(seen)}"
        await world.ports.predictions.write(name, {**known, 1: ROSE})
        return name

    await rewrite_archive(world.ports, project.id, 0, "predictions", write)
    control = world.shards.rows[project.id, 0].control.value
    assert control.predictions == "predictions/2"
    assert len(seen) == 2
    assert await world.ports.predictions.read("predictions/2") == {0: CAT, 1: ROSE}


async def test_who_is_always_overtaken_gives_up(world: World) -> None:
    project = await world.running(4)
    attempts = 0

    async def write(_control: Control) -> str:
        nonlocal attempts
        attempts += 1
        await write_prelabels(world.ports, project.id, 0, {0: CAT})
        return f"predictions/{attempts}"

    with pytest.raises(Unavailable):
        await rewrite_archive(world.ports, project.id, 0, "predictions", write)
    assert attempts == ATTEMPTS
