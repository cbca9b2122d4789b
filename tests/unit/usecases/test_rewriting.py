"""Manifests and predictions that two replace at once, and the lanes that follow."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace

import pytest

from core.adapters.memory import MemoryShards
from core.domain.answers import Classes
from core.domain.errors import Unavailable
from core.domain.predictions import Prediction
from core.domain.projects import Project
from core.domain.shards import Control, Lane
from core.ports import Archive
from core.usecases.rewrite_manifest import ATTEMPTS, rewrite_manifest
from core.usecases.rewrite_predictions import rewrite_predictions
from core.usecases.write_labels import write_prelabels
from tests.unit.usecases.conftest import World

CAT, ROSE = Prediction(Classes(("Cat",)), 0.5), Prediction(Classes(("Rose",)), 0.25)


def stored(shards: MemoryShards, project: Project) -> Control:
    return shards.rows[project.id, 0].control.value


async def test_who_is_overtaken_begins_again_under_another_name(world: World) -> None:
    project = await world.running(4)
    seen: list[str] = []

    async def write(control: Control) -> str:
        seen.append(control.manifest)
        if len(seen) == 1:
            await rewrite_manifest(world.ports, project.id, 0, other)
        return f"manifests/{len(seen)}"

    async def other(_control: Control) -> str:
        return "manifests/other"

    await rewrite_manifest(world.ports, project.id, 0, write)
    assert stored(world.shards, project).manifest == "manifests/2"
    assert seen[1:] == ["manifests/other"]


async def test_who_is_always_overtaken_gives_up(world: World) -> None:
    project = await world.running(4)
    attempts = 0

    async def other(_control: Control) -> str:
        return f"manifests/other{attempts}"

    async def write(_control: Control) -> str:
        nonlocal attempts
        attempts += 1
        await rewrite_manifest(world.ports, project.id, 0, other)
        return f"manifests/{attempts}"

    with pytest.raises(Unavailable):
        await rewrite_manifest(world.ports, project.id, 0, write)
    assert attempts == ATTEMPTS


async def test_items_with_prelabels_from_a_file_are_in_a_lane_of_their_own(world: World) -> None:
    project = await world.running(4)
    await write_prelabels(world.ports, project.id, 0, {0: CAT, 2: ROSE})
    control = stored(world.shards, project)
    assert [control.lane(index) for index in range(4)] == [
        Lane.PRELABELED,
        Lane.MANUAL,
        Lane.PRELABELED,
        Lane.MANUAL,
    ]
    assert control.predictions is not None
    assert await world.ports.predictions.read(control.predictions) == {0: CAT, 2: ROSE}


@dataclass
class Interrupted:
    """An archive that lets something else happen before its first write."""

    archive: Archive[Mapping[int, Prediction]]
    meanwhile: Callable[[], Awaitable[None]]
    writes: int = 0

    async def read(self, name: str) -> Mapping[int, Prediction]:
        return await self.archive.read(name)

    async def write(self, name: str, value: Mapping[int, Prediction]) -> None:
        self.writes += 1
        if self.writes == 1:
            await self.meanwhile()
        await self.archive.write(name, value)

    async def write_encoded(self, name: str, data: bytes) -> None:
        await self.archive.write_encoded(name, data)


async def test_nothing_of_what_two_add_at_once_is_lost(world: World) -> None:
    project = await world.running(4)
    archive = Interrupted(
        world.ports.predictions, lambda: write_prelabels(world.ports, project.id, 0, {0: CAT})
    )
    await write_prelabels(replace(world.ports, predictions=archive), project.id, 0, {1: ROSE})
    control = stored(world.shards, project)
    assert control.predictions is not None
    assert await world.ports.predictions.read(control.predictions) == {0: CAT, 1: ROSE}
    assert control.pending() == {Lane.PRELABELED: 2, Lane.MANUAL: 2}
    assert archive.writes == 2


async def test_labels_that_a_shard_was_brought_to_are_not_moved_twice(world: World) -> None:
    project = await world.running(4)
    await write_prelabels(world.ports, project.id, 0, {0: CAT})
    for _ in range(2):
        await rewrite_predictions(
            world.ports,
            project.id,
            0,
            lambda known: {index + 1: one for index, one in known.items()},
            labels=3,
        )
    control = stored(world.shards, project)
    assert control.labels == 3
    assert control.predictions is not None
    assert await world.ports.predictions.read(control.predictions) == {1: CAT}
    assert control.lane(1) is Lane.PRELABELED
    assert control.lane(0) is Lane.MANUAL
