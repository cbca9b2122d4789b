"""What operators are told of a run: one trace from the request to the job, with the job's own times."""

from datetime import timedelta

from core.domain.commands import StartRun, TakeRun
from core.domain.jobs import JobStatus
from core.domain.measures import JOB_SECONDS, RUN_SECONDS
from core.domain.work import working
from core.usecases.cancel_run import cancel_run
from core.usecases.look_after_runs import look_after_runs
from core.usecases.request_run import request_run
from tests.unit.usecases.assisting import (
    DONE,
    ENDLESS,
    FAILED,
    answer,
    assisted,
    jobs_of,
    run_of,
    start_all,
    taken,
    under_way,
)
from tests.unit.usecases.conftest import World

TRACE = f"00-{'a' * 32}-{'b' * 16}-01"


async def test_a_run_remembers_the_trace_of_its_request_and_goes_on_in_it(world: World) -> None:
    jobs = jobs_of(world, DONE)
    project = await assisted(world)
    await answer(world, project, 4)
    with working("POST /runs") as work:
        work.trace = TRACE
        run = await request_run(world.ports, project, "ana")
    assert work.run == run.id
    assert (await run_of(world, project)).trace == TRACE
    assert isinstance(world.commands.sent[-1], StartRun)
    assert world.commands.traces[-1] == TRACE
    await start_all(world)
    assert jobs.submitted[0].environment == {"TRACEPARENT": TRACE}
    with working("look_after") as timer:
        timer.trace = f"00-{'c' * 32}-{'d' * 16}-01"
        await look_after_runs(world.ports)
    assert taken(world, TakeRun) == [TakeRun(project.id, run.id)]
    assert world.commands.traces[-1] == TRACE


async def test_a_job_that_ended_is_a_span_of_its_own_times(world: World) -> None:
    project, run = await under_way(world, DONE)
    jobs = jobs_of(world)
    ended = world.clock.time + timedelta(seconds=30)
    linked = "https://ml.azure.com/runs/1"
    known = jobs.states[f"{project.id}-{run.id}-1"]
    jobs.states[f"{project.id}-{run.id}-1"] = JobStatus(
        known.state, known.started, known.ended, linked, progress=1.0
    )
    await look_after_runs(world.ports)
    ((span, began, finished),) = world.telemetry.told
    assert (span.name, span.error) == ("job train", None)
    assert (began, finished) == (world.clock.time, ended)
    assert span.attributes == {
        "stage": "train",
        "outcome": "done",
        "tagwerk.project": project.id,
        "tagwerk.run": run.id,
        "tagwerk.job": f"{project.id}-{run.id}-1",
        "tagwerk.job.attempt": 1,
        "tagwerk.job.compute_seconds": 30.0,
        "tagwerk.job.link": linked,
    }
    assert world.telemetry.total(JOB_SECONDS) == 30
    await look_after_runs(world.ports)
    assert len(world.telemetry.told) == 1


async def test_a_run_that_failed_twice_is_two_jobs_and_one_run(world: World) -> None:
    project, run = await under_way(world, FAILED)
    await look_after_runs(world.ports)
    await start_all(world)
    world.clock.step(seconds=100)
    await look_after_runs(world.ports)
    names = [(span.name, span.error) for span, _, _ in world.telemetry.told]
    assert names == [("job train", "failed"), ("job train", "failed"), ("run train", "failed")]
    _, began, finished = world.telemetry.told[-1]
    assert (began, finished) == (run.created_at, run.created_at + timedelta(seconds=100))
    assert "it does not fit" not in str(world.telemetry.told)
    outcomes = [told["outcome"] for measure, _, told in world.telemetry.values if measure is RUN_SECONDS]
    assert outcomes == ["failed"]
    assert world.telemetry.total(RUN_SECONDS) == 100
    assert (await world.project(project.id)).run is None


async def test_a_canceled_run_is_told_of(world: World) -> None:
    project, run = await under_way(world, ENDLESS)
    world.clock.step(seconds=7)
    await cancel_run(world.ports, project, "ana", run.id)
    ((span, _, _),) = world.telemetry.told
    assert (span.name, span.attributes["outcome"], span.error) == ("run train", "canceled", None)
