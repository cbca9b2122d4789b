"""What tests of runs share: a project with ML assist, people who answer, and programs for its jobs."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.adapters.memory import MemoryBlobs
from core.adapters.memory_jobs import Files, MemoryJobs, Program, Ran
from core.domain.answers import Answer, Classes
from core.domain.assist import Assist, TrainingPolicy
from core.domain.commands import Command, StartRun
from core.domain.items import parse_item_id
from core.domain.log import Happened
from core.domain.people import User
from core.domain.projects import Project
from core.domain.runs import Run
from core.domain.tasks import ItemAnswer
from core.usecases.claim_task import claim_task
from core.usecases.request_run import request_run
from core.usecases.run_files import items_name
from core.usecases.start_run import start_run
from core.usecases.submit_task import submit_task
from tests.unit.usecases.conftest import APP, BEN, World

ASSIST = Assist(enabled=True, training=TrainingPolicy(first=4, per_label=2, growth=2))
"""Trains with four labeled items, then eight, ..."""

DONE = Ran({"out": {"metrics.json": b"{}"}}, "progress 1.00\n", seconds=30)
FAILED = Ran(log="loading\nit does not fit\n", code=1, seconds=10)
ENDLESS = Ran(log="progress 0.25\n", seconds=None)


async def assisted(world: World, photos: int = 20, path: str = "photos", **changes: Any) -> Project:
    """A running project of images, Cat or Dog, with ML assist."""
    await world.upload(*(f"{path}/{number:05d}.jpg" for number in range(photos)))
    return await world.over(f"{path}/**", **{"assist": ASSIST, **changes})


async def answer(
    world: World, project: Project, count: int, *, user: User = BEN, answers: Sequence[Answer] = ()
) -> list[str]:
    """So many items are answered, as said or Cat and Dog in turn; their ids."""
    said = answers or [Classes((("Cat", "Dog")[number % 2],)) for number in range(count)]
    items: list[str] = []
    while len(items) < count:
        task = await claim_task(world.ports, project, user, min(9, count - len(items)))
        assert task is not None
        some = [
            ItemAnswer(parse_item_id(item.id)[1], given)
            for item, given in zip(task.items, said[len(items) :], strict=False)
        ]
        await submit_task(world.ports, project, user, task.id, f"s-{task.id}", some)
        items += [item.id for item in task.items]
    return items


def jobs_of(world: World, *programs: Ran | Program) -> MemoryJobs:
    """The world's jobs. Given programs, what the first, second, ... job does from now on; then the last."""
    assert isinstance(world.ports.jobs, MemoryJobs)
    waiting = list(programs)

    def assist(arguments: Sequence[str], inputs: Mapping[str, Files]) -> Ran:
        program = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        return program if isinstance(program, Ran) else program(arguments, inputs)

    if programs:
        world.ports.jobs.programs = {"assist.py": assist}
        world.ports.jobs.start = world.clock.time
    return world.ports.jobs


async def start_all(world: World) -> None:
    """Carry out the messages that start runs."""
    for command in taken(world, StartRun):
        assert isinstance(command, StartRun)
        await start_run(world.ports, command.project, command.run)


def taken(world: World, *types: type[Command]) -> list[Command]:
    """The messages of these types, which are gone then; the others stay, as do the delays of none."""
    found = [command for command in world.commands.sent if isinstance(command, types)]
    world.commands.sent = [command for command in world.commands.sent if not isinstance(command, types)]
    world.commands.delays = [0] * len(world.commands.sent)
    return found


async def under_way(world: World, *programs: Ran | Program) -> tuple[Project, Run]:
    """A project whose run's job was submitted."""
    jobs_of(world, *programs)
    project = await assisted(world)
    await answer(world, project, 4)
    await request_run(world.ports, project, "ana")
    await start_all(world)
    return await world.project(project.id), await run_of(world, project)


async def happened(world: World, project: Project) -> list[Happened]:
    """What the log says of runs, oldest first."""
    entries = (await world.ports.log.page(project.id, 100)).entries
    return [entry.what for entry in reversed(entries) if entry.what.startswith("run_")]


async def run_of(world: World, project: Project) -> Run:
    """The newest run."""
    return (await world.ports.runs.all(project.id))[0]


async def manifest_of(world: World, project: Project, run: Run) -> list[dict[str, Any]]:
    """The lines of items.jsonl."""
    data = await world.blobs.read(APP, items_name(project.id, run.id))
    return [json.loads(line) for line in data.splitlines()]


@dataclass
class Meanwhile(MemoryBlobs):
    """Blobs during whose upload something else happens."""

    act: Callable[[], Awaitable[object]] | None = None

    async def upload(
        self, container: str, name: str, chunks: AsyncIterator[bytes], content_type: str, filename: str | None
    ) -> None:
        if self.act is not None:
            await self.act()
        await super().upload(container, name, chunks, content_type, filename)
