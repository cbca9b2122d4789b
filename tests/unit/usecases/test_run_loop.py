"""A run from the moment at which it is due to the moment at which its predictions are to be taken."""

from dataclasses import replace

import pytest

from core.adapters.memory_jobs import MemoryJobs
from core.domain.commands import StartRun, TakeRun
from core.domain.errors import Conflict
from core.domain.jobs import JobState, JobStatus
from core.domain.log import NOBODY, Happened
from core.domain.runs import RunStatus, Stage
from core.usecases.cancel_run import cancel_run
from core.usecases.end_run import end_run
from core.usecases.follow_run import follow_run
from core.usecases.look_after_runs import look_after_runs
from core.usecases.request_run import request_run
from core.usecases.start_run import start_run
from tests.examples import NOON
from tests.unit.usecases.assisting import (
    DONE,
    ENDLESS,
    FAILED,
    Meanwhile,
    answer,
    assisted,
    happened,
    jobs_of,
    manifest_of,
    run_of,
    start_all,
    taken,
    under_way,
)
from tests.unit.usecases.conftest import World


async def test_a_run_begins_by_itself_once_there_are_labels_enough(world: World) -> None:
    jobs_of(world, DONE)
    project = await assisted(world)
    await answer(world, project, 2)
    await look_after_runs(world.ports)
    assert await world.ports.runs.all(project.id) == []
    world.clock.step(seconds=20)
    await answer(world, project, 2)
    world.commands.delays.clear()
    await look_after_runs(world.ports)
    run = await run_of(world, project)
    assert (run.stage, run.status, run.created_by, run.labeled) == (Stage.TRAIN, RunStatus.QUEUED, NOBODY, 4)
    assert (await world.project(project.id)).run == run.id
    assert world.commands.sent[-1] == StartRun(project.id, run.id)
    assert world.commands.delays == [15]
    await look_after_runs(world.ports)
    assert await world.ports.runs.all(project.id) == [run]


async def test_a_run_is_started_followed_and_handed_over(world: World) -> None:
    project, run = await under_way(world, DONE)
    jobs = jobs_of(world)
    assert (run.status, run.job, run.attempt) == (RunStatus.STARTING, f"{project.id}-{run.id}-1", 1)
    assert (run.labeled, run.items, run.label_version) == (4, 20, 0)
    (spec,) = jobs.submitted
    assert spec.id == run.job
    await follow_run(world.ports, project, run.id)
    applying = await run_of(world, project)
    assert (applying.status, applying.progress, applying.compute_seconds) == (RunStatus.APPLYING, 1, 30)
    assert taken(world, TakeRun) == [TakeRun(project.id, run.id)]
    await follow_run(world.ports, project, run.id)
    assert taken(world, TakeRun) == []
    (entry,) = [each for each in (await world.ports.log.page(project.id, 9)).entries if "run" in each.details]
    assert (entry.what, entry.user) == (Happened.RUN_STARTED, "ana")
    assert (entry.details["stage"], entry.details["labeled"]) == ("train", 4)


async def test_progress_is_told_while_the_job_runs(world: World) -> None:
    project, _ = await under_way(world, ENDLESS)
    await look_after_runs(world.ports)
    running = await run_of(world, project)
    assert (running.status, running.progress) == (RunStatus.RUNNING, 0.25)
    assert running.started == running.checked_at == world.clock.time


async def test_a_job_that_fails_is_tried_once_more(world: World) -> None:
    project, run = await under_way(world, FAILED, DONE)
    await follow_run(world.ports, project, run.id)
    again = await run_of(world, project)
    assert (again.status, again.attempt, again.job) == (RunStatus.QUEUED, 2, None)
    before = await manifest_of(world, project, run)
    await answer(world, project, 2)
    await start_all(world)
    assert await manifest_of(world, project, run) == before
    assert (await run_of(world, project)).job == f"{project.id}-{run.id}-2"
    assert [spec.outputs["out"].prefix[-2:] for spec in jobs_of(world).submitted] == ["1/", "2/"]
    await follow_run(world.ports, project, run.id)
    done = await run_of(world, project)
    assert (done.status, done.compute_seconds, done.error) == (RunStatus.APPLYING, 40, None)


async def test_a_run_that_fails_twice_says_why_and_does_not_begin_at_once_again(world: World) -> None:
    project, run = await under_way(world, FAILED)
    for _ in range(2):
        world.clock.step(seconds=20)
        await look_after_runs(world.ports)
        await start_all(world)
    failed = await run_of(world, project)
    assert failed.status is RunStatus.FAILED
    assert failed.error == "It ended with code 1.\nloading\nit does not fit"
    assert (failed.compute_seconds, failed.ended) == (20, world.clock.time)
    assert (await world.project(project.id)).run is None
    assert await happened(world, project) == [
        Happened.RUN_STARTED,
        Happened.RUN_STARTED,
        Happened.RUN_FAILED,
    ]
    page = await world.ports.log.page(project.id, 1)
    assert page is not None
    assert page.entries[0].details["error"] == "It ended with code 1."
    await answer(world, project, 3)
    world.clock.step(seconds=20)
    await look_after_runs(world.ports)
    assert (await run_of(world, project)).id == run.id
    await answer(world, project, 1)
    world.clock.step(seconds=20)
    await look_after_runs(world.ports)
    assert (await run_of(world, project)).labeled == 8


@pytest.mark.parametrize("known", [True, False])
async def test_a_lost_job_is_tried_once_more(world: World, known: bool) -> None:
    project, run = await under_way(world, ENDLESS)
    jobs = jobs_of(world)
    assert run.job
    if known:
        jobs.lose(run.job)
    else:
        del jobs.states[run.job]
    await follow_run(world.ports, project, run.id)
    assert (await run_of(world, project)).attempt == 2
    await start_all(world)
    jobs.lose(f"{project.id}-{run.id}-2")
    await follow_run(world.ports, project, run.id)
    lost = await run_of(world, project)
    assert (lost.status, lost.error) == (RunStatus.FAILED, "The job is gone.")


async def test_a_job_that_somebody_canceled_elsewhere_cancels_its_run(world: World) -> None:
    project, run = await under_way(world, ENDLESS)
    assert run.job
    await jobs_of(world).cancel(run.job)
    await look_after_runs(world.ports)
    assert (await run_of(world, project)).status is RunStatus.CANCELED
    assert (await world.project(project.id)).run is None


async def test_a_run_is_canceled_with_its_job(world: World) -> None:
    project, run = await under_way(world, ENDLESS)
    await follow_run(world.ports, project, run.id)
    world.clock.step(seconds=90)
    canceled = await cancel_run(world.ports, project, "ana", run.id)
    assert (canceled.status, canceled.compute_seconds) == (RunStatus.CANCELED, 90)
    assert run.job
    assert (await jobs_of(world).status(run.job)).state is JobState.CANCELED
    assert (await world.project(project.id)).run is None
    assert (await happened(world, project))[-1] is Happened.RUN_CANCELED
    world.clock.step(seconds=20)
    await look_after_runs(world.ports)
    assert (await run_of(world, project)).id == run.id, "it does not begin again with the same labels"
    with pytest.raises(Conflict, match="canceled"):
        await cancel_run(world.ports, project, "ana", run.id)


async def test_a_run_that_is_being_applied_cannot_be_canceled(world: World) -> None:
    project, run = await under_way(world, DONE)
    await follow_run(world.ports, project, run.id)
    with pytest.raises(Conflict, match="Wait"):
        await cancel_run(world.ports, project, "ana", run.id)


async def test_a_run_that_is_canceled_while_its_manifest_is_written_starts_no_job(world: World) -> None:
    jobs = jobs_of(world, DONE)
    project = await assisted(world)
    await answer(world, project, 4)
    run = await request_run(world.ports, project, "ana")

    async def cancel() -> None:
        await cancel_run(world.ports, project, "ana", run.id)

    ports = replace(world.ports, blobs=Meanwhile(world.blobs.containers, act=cancel))
    await start_run(ports, project.id, run.id)
    assert jobs.submitted == []
    assert (await run_of(world, project)).status is RunStatus.CANCELED


async def test_a_run_that_is_canceled_while_its_job_is_submitted_cancels_the_job(world: World) -> None:
    project = await assisted(world)
    await answer(world, project, 4)
    run = await request_run(world.ports, project, "ana")
    jobs_of(world, ENDLESS)

    class Slow(MemoryJobs):
        async def submit(self, spec: object) -> str:
            await end_run(world.ports, project.id, run, RunStatus.CANCELED)
            return await super().submit(spec)  # type: ignore[arg-type]

    known = jobs_of(world)
    slow = Slow(world.blobs, known.programs, states=known.states, logs=known.logs)
    await start_run(replace(world.ports, jobs=slow), project.id, run.id)
    assert [status.state for status in known.states.values()] == [JobState.CANCELED]
    assert (await run_of(world, project)).status is RunStatus.CANCELED


@pytest.mark.parametrize(
    ("status", "hours", "words"),
    [
        (JobStatus(JobState.QUEUED), 25, "No machine came"),
        (JobStatus(JobState.RUNNING, NOON), 6, "did not end at its time limit"),
    ],
)
async def test_a_job_that_takes_for_ever_is_ended(
    world: World, status: JobStatus, hours: float, words: str
) -> None:
    project, run = await under_way(world, ENDLESS)
    for attempt in (1, 2):
        job = f"{project.id}-{run.id}-{attempt}"
        jobs_of(world).states[job] = status
        await look_after_runs(world.ports)
        assert not (await run_of(world, project)).status.ended
        world.clock.step(hours=hours)
        await look_after_runs(world.ports)
        assert (await jobs_of(world).status(job)).state is JobState.CANCELED
        world.clock.time = NOON
        await start_all(world)
    failed = await run_of(world, project)
    assert failed.status is RunStatus.FAILED
    assert words in (failed.error or "")
