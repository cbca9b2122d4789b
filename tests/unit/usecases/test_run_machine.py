"""Runs in whatever order things happen: messages come twice or never, processes die between any two writes.

Whatever has happened, a quiet while later there is one of these: a run that waits for its job, or for its
predictions to be taken; or none. No job ran twice, no run had more than two, and what has ended stays so.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.adapters.memory_jobs import MemoryJobs
from core.domain.commands import StartRun
from core.domain.errors import Conflict
from core.domain.jobs import JobState, JobStatus
from core.domain.projects import Project
from core.domain.runs import Run, RunStatus
from core.ports import Ports
from core.usecases.cancel_run import cancel_run
from core.usecases.look_after_runs import look_after_runs
from core.usecases.request_run import request_run
from core.usecases.start_run import start_run
from tests.unit.usecases.assisting import ENDLESS, answer, assisted, jobs_of
from tests.unit.usecases.conftest import World, make_world


class Killed(BaseException):
    """The process is gone."""


@dataclass
class Life:
    """How many more writes a process does before it is killed, and whether it does the last one."""

    left: int | None = None
    whole: bool = True

    async def does(self, write: Callable[[], Awaitable[Any]]) -> Any:
        if self.left is None:
            return await write()
        self.left -= 1
        if self.left > 0:
            return await write()
        if self.whole:
            await write()
        raise Killed


class Mortal:
    """A port some of whose methods are writes."""

    def __init__(self, port: Any, life: Life, *writes: str) -> None:
        self._port, self._life, self._writes = port, life, writes

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._port, name)
        if name not in self._writes:
            return found

        async def write(*args: Any, **named: Any) -> Any:
            return await self._life.does(lambda: found(*args, **named))

        return write


def mortal(world: World, life: Life) -> Ports:
    """The world's ports, for a process that may die."""
    known = world.ports
    ports: dict[str, Any] = {
        "runs": Mortal(known.runs, life, "put"),
        "projects": Mortal(known.projects, life, "replace"),
        "commands": Mortal(known.commands, life, "send"),
        "jobs": Mortal(known.jobs, life, "submit", "cancel"),
        "blobs": Mortal(known.blobs, life, "upload"),
    }
    return replace(known, **ports)


class Complaints(logging.Handler):
    """What was logged as wrong."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(self.format(record))


@dataclass
class Machine:
    """A project whose runs live dangerously."""

    world: World
    project: Project
    ended: dict[str, Run]

    @property
    def jobs(self) -> MemoryJobs:
        return jobs_of(self.world)

    async def act(self, action: str, life: Life) -> None:
        """One thing happens, in a process that may die of it."""
        ports = mortal(self.world, life)
        with suppress(Killed):
            match action:
                case "time passes":
                    self.world.clock.step(seconds=61)
                    await look_after_runs(ports)
                case "timer":
                    await look_after_runs(ports)
                case "message" | "message twice":
                    await self._deliver(ports, twice=action == "message twice")
                case "message lost":
                    self.world.commands.sent.clear()
                case "ask":
                    with suppress(Conflict):
                        await request_run(ports, await self.world.project(self.project.id), "ana")
                case "cancel":
                    await self._cancel(ports)
                case _:
                    self._end_jobs(JobState(action))
        await self.check()

    async def _deliver(self, ports: Ports, *, twice: bool) -> None:
        sent, self.world.commands.sent = self.world.commands.sent, []
        for command in [each for each in sent if isinstance(each, StartRun)]:
            for _ in range(1 + twice):
                await start_run(ports, command.project, command.run)

    async def _cancel(self, ports: Ports) -> None:
        run = (await self.world.project(self.project.id)).run
        if run is not None:
            with suppress(Conflict):
                await cancel_run(ports, self.project, "ana", run)

    def _end_jobs(self, state: JobState) -> None:
        now = self.world.clock.now()
        for job, status in self.jobs.states.items():
            if not status.state.ended:
                self.jobs.states[job] = JobStatus(state, now, now, error="It ended.")

    async def check(self) -> None:
        """What holds at any moment."""
        runs = await self.world.ports.runs.all(self.project.id)
        for run in runs:
            assert run.attempt <= 2
            if run.status.ended:
                assert self.ended.setdefault(run.id, run) == run
        submitted = [spec.id for spec in self.jobs.submitted]
        assert len(set(submitted)) == len(submitted)

    async def check_after_a_while(self) -> None:
        """What holds when nobody has died for some minutes."""
        for _ in range(4):
            for action in ("time passes", "message", "timer"):
                await self.act(action, Life())
        project = await self.world.project(self.project.id)
        waiting = [run for run in await self.world.ports.runs.all(project.id) if not run.status.ended]
        assert [run.id for run in waiting] == ([project.run] if project.run else [])
        for run in waiting:
            assert run.status in {RunStatus.RUNNING, RunStatus.APPLYING}
            assert run.status is RunStatus.APPLYING or not self.jobs.states[run.job or ""].state.ended
        under_way = {run.job for run in waiting if run.status is RunStatus.RUNNING}
        alive = {job for job, status in self.jobs.states.items() if not status.state.ended}
        assert alive == under_way, "no job runs for nobody"


ENDS = (JobState.DONE, JobState.FAILED, JobState.LOST, JobState.CANCELED)
MESSAGES = ("message", "message twice", "message lost")
ACTIONS = ("time passes", "timer", *MESSAGES, "ask", "cancel", *ENDS)
LIVES = st.builds(Life, st.none() | st.integers(1, 5), st.booleans())


async def live(actions: Sequence[tuple[str, Life]]) -> None:
    """A project to which this happens, and then nothing for a while."""
    world, complaints = await make_world(), Complaints()
    logging.getLogger("core").addHandler(complaints)
    jobs_of(world, ENDLESS)
    project = await assisted(world)
    await answer(world, project, 4)
    machine = Machine(world, project, {})
    for action, life in actions:
        await machine.act(action, replace(life))
    await machine.check_after_a_while()
    logging.getLogger("core").removeHandler(complaints)
    assert complaints.said == []


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(ACTIONS), LIVES), max_size=25))
def test_whatever_happens_runs_come_to_their_end(actions: list[tuple[str, Life]]) -> None:
    asyncio.run(live(actions))


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("write", range(1, 8))
@pytest.mark.parametrize("then", ["timer", "message twice", "cancel", JobState.DONE, JobState.FAILED])
async def test_a_process_may_die_at_any_write_of_a_start(write: int, whole: bool, then: str) -> None:
    await live([("ask", Life()), ("message", Life(write, whole)), (then, Life()), ("timer", Life())])


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("write", range(1, 5))
@pytest.mark.parametrize("what", ["cancel", JobState.DONE, JobState.FAILED, JobState.CANCELED])
async def test_a_process_may_die_at_any_write_of_an_end(write: int, whole: bool, what: str) -> None:
    dies = Life(write, whole)
    await live([("ask", Life()), ("message", Life()), (what, dies), ("timer", dies), ("timer", Life())])
