"""What becomes of a run when messages, processes, jobs or its project are gone."""

import asyncio
from dataclasses import replace

import pytest

from core.adapters.memory_jobs import MemoryJobs
from core.domain.assist import Assist
from core.domain.commands import RunOperation, StartRun, TakeRun
from core.domain.errors import NotFound, Unavailable
from core.domain.jobs import JobSpec, JobState
from core.domain.log import NOBODY, Happened
from core.domain.operations import Operation, OperationType
from core.domain.projects import Project
from core.domain.runs import Run, RunStatus, Stage
from core.domain.transfers import TransferStatus
from core.usecases.change_run import change_run
from core.usecases.delete_project import delete_project, erase_project
from core.usecases.edit_project import pause_project
from core.usecases.end_run import fail_run
from core.usecases.follow_run import follow_run
from core.usecases.look_after_runs import look_after_runs
from core.usecases.request_run import request_run
from core.usecases.start_run import start_run
from tests.examples import NOON
from tests.unit.usecases.assisting import (
    ASSIST,
    DONE,
    ENDLESS,
    answer,
    assisted,
    happened,
    jobs_of,
    run_of,
    start_all,
    taken,
    under_way,
)
from tests.unit.usecases.conftest import World


async def test_a_message_that_was_lost_is_sent_again_after_a_minute(world: World) -> None:
    project = await assisted(world)
    await answer(world, project, 4)
    run = await request_run(world.ports, project, "ana")
    assert taken(world, StartRun) == [StartRun(project.id, run.id)]
    for seconds, sent in ((60, 0), (1, 1), (60, 0), (1, 1)):
        world.clock.step(seconds=seconds)
        await look_after_runs(world.ports)
        assert len(taken(world, StartRun)) == sent


async def test_predictions_that_nobody_takes_are_told_of_again(world: World) -> None:
    project, run = await under_way(world, DONE)
    await follow_run(world.ports, project, run.id)
    assert taken(world, TakeRun)
    world.clock.step(seconds=61)
    await look_after_runs(world.ports)
    assert taken(world, TakeRun) == [TakeRun(project.id, run.id)]


async def applied_by(world: World, project: Project, run: Run, status: TransferStatus) -> Operation:
    """An operation gives the run's predictions to the items."""
    operation = Operation("op", OperationType.APPLY_RUN, NOON, NOBODY, status, error="Shard 3 is odd.")
    await world.ports.operations.put(project.id, operation)
    await follow_run(world.ports, project, run.id)
    await change_run(world.ports, project.id, run.id, lambda found: replace(found, operation="op"))
    taken(world, TakeRun)
    return operation


async def test_an_operation_that_stands_still_is_told_of_again(world: World) -> None:
    project, run = await under_way(world, DONE)
    await applied_by(world, project, run, TransferStatus.RUNNING)
    world.clock.step(seconds=61)
    alive = replace(await world.project(project.id), touched_at=world.clock.time)
    await follow_run(world.ports, alive, run.id)
    assert taken(world, RunOperation, TakeRun) == []
    await follow_run(world.ports, await world.project(project.id), run.id)
    assert taken(world, RunOperation, TakeRun) == [RunOperation(project.id, "op")]


async def test_a_run_whose_operation_was_given_up_has_failed(world: World) -> None:
    project, run = await under_way(world, DONE)
    await applied_by(world, project, run, TransferStatus.FAILED)
    await look_after_runs(world.ports)
    failed = await run_of(world, project)
    assert (failed.status, failed.error) == (RunStatus.FAILED, "Shard 3 is odd.")
    assert (await world.project(project.id)).run is None


async def test_two_apps_may_start_and_follow_the_same_run(world: World) -> None:
    jobs = jobs_of(world, DONE)
    project = await assisted(world)
    await answer(world, project, 4)
    run = await request_run(world.ports, project, "ana")
    await asyncio.gather(*(start_run(world.ports, project.id, run.id) for _ in range(2)))
    assert len(jobs.submitted) == 1
    started = await world.project(project.id)
    await asyncio.gather(*(follow_run(world.ports, started, run.id) for _ in range(2)))
    await start_run(world.ports, project.id, run.id)
    applying = await run_of(world, project)
    assert (applying.status, applying.attempt, applying.compute_seconds) == (RunStatus.APPLYING, 1, 30)
    assert len(jobs.submitted) == 1
    assert set(taken(world, TakeRun)) == {TakeRun(project.id, run.id)}


async def test_an_app_that_is_slow_does_not_put_back_what_another_has_brought_on(world: World) -> None:
    known = jobs_of(world, DONE)
    project = await assisted(world)
    await answer(world, project, 4)
    run = await request_run(world.ports, project, "ana")

    class Slow(MemoryJobs):
        async def submit(self, spec: JobSpec) -> str:
            await start_run(world.ports, project.id, run.id)
            await follow_run(world.ports, await world.project(project.id), run.id)
            return await super().submit(spec)

    slow = Slow(world.blobs, known.programs, states=known.states, logs=known.logs)
    await start_run(replace(world.ports, jobs=slow), project.id, run.id)
    applying = await run_of(world, project)
    assert (applying.status, applying.attempt) == (RunStatus.APPLYING, 1)
    assert [*known.submitted, *slow.submitted] == known.submitted[:1]
    assert await happened(world, project) == [Happened.RUN_STARTED]


async def test_a_paused_project_begins_nothing_and_its_run_goes_on(world: World) -> None:
    jobs_of(world, DONE)
    project = await assisted(world)
    await answer(world, project, 4)
    await pause_project(world.ports, project.id, "ana")
    await look_after_runs(world.ports)
    assert await world.ports.runs.all(project.id) == []
    run = await request_run(world.ports, await world.project(project.id), "ana")
    await start_all(world)
    await look_after_runs(world.ports)
    assert (await run_of(world, project)).status is RunStatus.APPLYING
    assert taken(world, TakeRun) == [TakeRun(project.id, run.id)]


async def test_a_run_goes_on_where_assist_was_turned_off(world: World) -> None:
    project, _ = await under_way(world, DONE)
    found = await world.ports.projects.get(project.id, fresh=True)
    await world.ports.projects.replace(replace(found.value, assist=Assist()), found.etag)
    await look_after_runs(world.ports)
    assert (await run_of(world, project)).status is RunStatus.APPLYING


async def test_the_job_of_a_deleted_project_is_canceled(world: World) -> None:
    project, run = await under_way(world, ENDLESS)
    await delete_project(world.ports, project.id, "ana")
    await look_after_runs(world.ports)
    await erase_project(world.ports, project.id)
    assert run.job
    assert (await jobs_of(world).status(run.job)).state is JobState.CANCELED
    with pytest.raises(NotFound):
        await world.ports.projects.get(project.id)
    await start_run(world.ports, project.id, run.id)
    assert len(jobs_of(world).submitted) == 1


async def test_a_run_waits_for_whoever_runs_jobs_for_a_day(world: World) -> None:
    known = jobs_of(world, DONE)
    project = await assisted(world)
    await answer(world, project, 4)
    run = await request_run(world.ports, project, "ana")

    class Busy(MemoryJobs):
        async def submit(self, spec: JobSpec) -> str:
            raise Unavailable(f"Azure ML is busy: {spec.experiment}")

    busy = replace(world.ports, jobs=Busy(world.blobs, {}))
    for _ in range(9):  # five would be poison
        await start_run(busy, project.id, run.id)
    waiting = await run_of(world, project)
    assert (waiting.status, waiting.error) == (RunStatus.QUEUED, "Azure ML is busy: tagwerk")
    taken(world, StartRun)
    world.clock.step(minutes=2)
    await look_after_runs(world.ports)
    assert taken(world, StartRun) == [StartRun(project.id, run.id)]
    await start_run(world.ports, project.id, run.id)
    started = await run_of(world, project)
    assert (started.status, started.error, len(known.submitted)) == (RunStatus.STARTING, None, 1)


async def test_a_run_that_waited_for_a_day_has_failed(world: World) -> None:
    project = await assisted(world)
    await answer(world, project, 4)
    run = await request_run(world.ports, project, "ana")

    class Busy(MemoryJobs):
        async def submit(self, spec: JobSpec) -> str:
            raise Unavailable(f"Azure ML is busy: {spec.experiment}")

    world.clock.step(hours=25)
    await start_run(replace(world.ports, jobs=Busy(world.blobs, {})), project.id, run.id)
    failed = await run_of(world, project)
    assert (failed.status, (await world.project(project.id)).run) == (RunStatus.FAILED, None)
    assert (failed.error or "").endswith("within a day. Azure ML is busy: tagwerk")


async def test_a_project_is_deleted_although_its_job_cannot_be_reached(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    project, run = await under_way(world, ENDLESS)

    class Away(MemoryJobs):
        async def cancel(self, job: str) -> None:
            raise Unavailable(f"Azure ML cannot be asked to cancel {job}.")

    await delete_project(world.ports, project.id, "ana")
    await erase_project(replace(world.ports, jobs=Away(world.blobs, {})), project.id)
    assert f"The job of run {run.id} runs on" in caplog.text
    with pytest.raises(NotFound):
        await world.ports.projects.get(project.id)


async def test_what_goes_wrong_in_one_project_harms_no_other(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    first, run = await under_way(world, DONE)
    second = await assisted(world, path="others")
    await answer(world, second, 4)
    del world.ports.runs.rows[first.id, run.id]  # type: ignore[attr-defined]
    await look_after_runs(world.ports)
    assert f"project {first.id}" in caplog.text
    assert (await run_of(world, second)).status is RunStatus.QUEUED


async def test_a_project_without_assist_and_run_is_not_looked_at(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    project = await assisted(world, assist=replace(ASSIST, enabled=False))
    await answer(world, project, 4)

    class Untouchable:
        def __getattr__(self, name: str) -> object:
            raise AssertionError(name)

    nothing = Untouchable()
    ports = replace(world.ports, shards=nothing, runs=nothing, jobs=nothing)  # type: ignore[arg-type]
    await look_after_runs(ports)
    assert caplog.text == ""


async def test_a_run_that_ended_frees_its_project_even_after_a_kill(world: World) -> None:
    project, run = await under_way(world, ENDLESS)
    await world.ports.runs.put(project.id, replace(run, status=RunStatus.FAILED, error="killed"))
    await look_after_runs(world.ports)
    assert (await world.project(project.id)).run is None
    assert (await run_of(world, project)).error == "killed"


async def test_a_run_that_its_project_knows_nothing_of_is_ended(world: World) -> None:
    project = await assisted(world)
    await world.ports.runs.put(project.id, Run("stray", Stage.TRAIN, world.clock.time, "ana"))
    world.clock.step(seconds=60)
    await look_after_runs(world.ports)
    assert (await run_of(world, project)).status is RunStatus.QUEUED
    world.clock.step(seconds=1)
    await look_after_runs(world.ports)
    assert (await run_of(world, project)).status is RunStatus.FAILED


async def test_a_run_that_is_given_up_takes_its_job_along(world: World) -> None:
    project, run = await under_way(world, ENDLESS)
    await fail_run(world.ports, project.id, run.id, "It failed several times.")
    failed = await run_of(world, project)
    assert (failed.status, failed.error) == (RunStatus.FAILED, "It failed several times.")
    assert run.job
    assert (await jobs_of(world).status(run.job)).state is JobState.CANCELED
    await fail_run(world.ports, project.id, run.id, "Once more.")
    assert (await run_of(world, project)).error == "It failed several times."
    await fail_run(world.ports, project.id, "nobody", "It is gone.")
