"""Runs whose jobs have written something, taken over items that are there."""

from core.domain.kinds import Kind
from core.domain.projects import Project
from core.domain.runs import Run
from core.domain.shards import Control
from core.usecases.take_run import take_run
from tests.unit.usecases.conftest import DATA, World
from tests.unit.usecases.run_outputs import (
    TEXT,
)

ITEMS = 64


async def things(world: World, kind: Kind = Kind.IMAGE_MULTICLASS, items: int = ITEMS) -> Project:
    """A project over so many images, or texts."""
    extension = "jpg" if kind.is_image else "txt"
    for number in range(items):
        await world.blobs.write(DATA, f"things/{number:05d}.{extension}", TEXT.encode())
    return await world.over("things/**", kind)


async def controls_of(world: World, project: Project) -> list[Control]:
    """The control entities as they are stored."""
    return [world.shards.rows[project.id, shard].control.value for shard in range(project.shards)]


async def take(world: World, project: Project, run: Run) -> Run:
    """The run, after what its job wrote was taken."""
    await take_run(world.ports, project.id, run.id)
    return await world.ports.runs.get(project.id, run.id)
