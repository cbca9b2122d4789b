"""One trace from a request through the queue and the timer to the job, as OpenTelemetry's SDK sees it."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from azure.functions.queue import QueueMessage

from core.domain.commands import StartRun, TakeRun
from core.domain.measures import QUEUE_SECONDS
from core.domain.people import Member, Role
from core.domain.telemetry import SpanSort
from core.formats import commands
from core.ports import Ports
from core.usecases.look_after_runs import look_after_runs
from core.usecases.start_run import start_run
from functions.messages import takes
from functions.services import Services
from functions.working import called
from tests.contract.otel import Recorded
from tests.examples import NOON
from tests.functions.in_process import NamesAsTokens, an_api, client, connect
from tests.unit.usecases.assisting import DONE, answer, assisted, jobs_of
from tests.unit.usecases.conftest import World, make_world

Function = Callable[[QueueMessage], Awaitable[None]]


def _last(world: World, after: int) -> QueueMessage:
    """The newest message, as the real queue would hold it, received by the host some seconds later."""
    text = commands.encode(
        world.commands.sent[-1], commands.Sent(world.commands.traces[-1], world.commands.delays[-1])
    )
    return QueueMessage(
        id="1", body=text.encode(), dequeue_count=1, insertion_time=NOON.replace(second=after)
    )


async def test_a_request_a_message_a_timer_and_a_job_are_one_trace() -> None:
    recorded, world, app = Recorded(), await make_world(), an_api()
    ports = replace(world.ports, telemetry=recorded.telemetry)
    jobs_of(world, DONE)
    project = (await assisted(world)).id
    await answer(world, await world.project(project), 4)
    await ports.members.put(Member(project, "owner", Role.OWNER))
    connect(app, ports, NamesAsTokens())
    services: Services = app.state.services
    await services.get()

    @takes(services, StartRun)
    async def start(given: Ports, command: StartRun) -> None:
        await start_run(given, command.project, command.run)

    async with client(app, "owner") as http:
        asked = await http.post(f"/api/projects/{project}/runs", json={"stage": "train"})
    assert asked.status_code == 202, asked.text
    await start(_last(world, after=0))
    async with called(services, SpanSort.MESSAGE, "look_after"):
        await look_after_runs(ports)
    assert isinstance(world.commands.sent[-1], TakeRun)

    spans = {span.name: span for span in recorded.spans()}
    request = spans["POST /api/projects/{project}/runs"]
    assert request.context is not None
    mine = [
        span
        for span in recorded.spans()
        if span.context and span.context.trace_id == request.context.trace_id
    ]
    assert [span.name for span in mine] == ["POST /api/projects/{project}/runs", "start", "job train"]
    run = asked.json()["id"]
    for span in mine:
        assert span.attributes is not None
        assert (span.attributes["tagwerk.project"], span.attributes["tagwerk.run"]) == (project, run)
    sent = world.commands.traces[-1]
    assert sent is not None
    assert sent.split("-")[1] == f"{request.context.trace_id:032x}"
    ((_, count, attributes),) = recorded.points(QUEUE_SECONDS.name)
    assert (count, attributes["call"]) == (1, "start")
