"""Every call of the app is a work: named, told of its project, timed, and its end made known."""

import logging
from dataclasses import replace
from typing import Any

import pytest
from azure.functions.queue import QueueMessage

from core.domain.commands import StartRun
from core.domain.measures import CALL_SECONDS, GIVEN_UP, QUEUE_SECONDS
from core.domain.work import Work, present
from core.formats import commands
from core.ports import Ports
from functions.messages import takes
from functions.services import Connected, Ended, Services
from functions.working import CallFailed
from tests.functions.in_process import Stage, an_api, client


class Ends:
    """What was told of works that ended."""

    def __init__(self) -> None:
        self.works: list[Work] = []

    async def __call__(self, work: Work, seconds: float) -> None:
        assert seconds > 0
        self.works.append(replace(work, trace=None))


async def _stage(*ended: Ended) -> Stage:
    stage = await Stage.build(an_api())
    services: Services = stage.app.state.services
    connected = replace(await services.get(), ended=ended)

    async def at_once() -> Connected:
        return connected

    stage.app.state.services = Services(at_once, stage.world.telemetry)
    await stage.app.state.services.get()
    return stage


async def test_a_request_is_named_by_its_route_and_told_of_what_is_in_its_path() -> None:
    ends = Ends()
    stage = await _stage(ends)
    task = await stage.claim("labeler")
    await stage.send("labeler", "DELETE", f"/api/projects/{stage.project}/tasks/{task['id']}")
    assert ends.works == [
        Work("POST /api/projects/{project}/tasks", stage.project),
        Work("DELETE /api/projects/{project}/tasks/{task}", stage.project, task["id"]),
    ]
    first, second = stage.world.telemetry.spans
    assert first.name == "POST /api/projects/{project}/tasks"
    assert first.attributes == {
        "http.request.method": "POST",
        "http.route": "/api/projects/{project}/tasks",
        "http.response.status_code": 200,
        "tagwerk.project": stage.project,
    }
    assert second.attributes["tagwerk.task"] == task["id"]
    outcomes = [
        told["outcome"] for measure, _, told in stage.world.telemetry.values if measure is CALL_SECONDS
    ]
    assert outcomes == ["200", "204"]


async def test_a_project_is_only_told_of_to_whom_it_is_open() -> None:
    ends = Ends()
    stage = await _stage(ends)
    await stage.send("outsider", "GET", f"/api/projects/{stage.project}")
    assert ends.works == [Work("GET /api/projects/{project}")]


async def test_clients_make_no_names() -> None:
    ends = Ends()
    stage = await _stage(ends)
    await stage.send("labeler", "GET", "/api/secrets/7")
    await stage.send("labeler", "STEAL", "/api/secrets/7")
    assert ends.works == [Work("GET /{path:path}"), Work("OTHER /{path:path}")]


async def test_an_unexpected_error_is_answered_and_marks_the_span(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = await _stage()

    async def broken(_project: str) -> Any:
        raise RuntimeError("The label is 'Rose'.")

    monkeypatch.setattr(stage.world.ports.members, "of_project", broken)
    async with client(stage.app, "owner") as http:
        answer = await http.get(f"/api/projects/{stage.project}/members")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    (span,) = stage.world.telemetry.spans
    assert (span.error, span.attributes["http.response.status_code"]) == ("RuntimeError", 500)


async def test_whoever_cannot_note_the_end_harms_nobody(caplog: pytest.LogCaptureFixture) -> None:
    async def broken(_work: Work, _seconds: float) -> None:
        raise RuntimeError("The table is full.")

    ends = Ends()
    stage = await _stage(broken, ends)
    with caplog.at_level(logging.ERROR):
        await stage.claim("labeler")
    assert len(ends.works) == 1
    assert "The end of POST /api/projects/{project}/tasks could not be noted." in caplog.text


def _message(text: str, attempt: int = 1) -> QueueMessage:
    return QueueMessage(id="1", body=text.encode(), dequeue_count=attempt)


async def test_a_message_is_a_work_in_the_trace_of_its_sender() -> None:
    ends = Ends()
    stage = await _stage(ends)
    seen: list[tuple[StartRun, Work | None]] = []

    @takes(stage.app.state.services, StartRun)
    async def start(ports: Ports, command: StartRun) -> None:
        assert ports is stage.world.ports
        seen.append((command, present()))

    sender = f"00-{'a' * 32}-{'b' * 16}-01"
    await start(_message(commands.encode(StartRun("p", "r"), commands.Sent(sender))))
    ((command, work),) = seen
    assert command == StartRun("p", "r")
    assert work is not None
    assert (work.name, work.project, work.run) == ("start", "p", "r")
    assert work.trace is not None
    assert work.trace.startswith(f"00-{'a' * 32}-")
    assert work.trace != sender
    assert ends.works == [Work("start", "p", run="r")]
    assert start.__name__ == "start"


async def test_a_message_from_before_traces_is_taken() -> None:
    stage = await _stage()
    seen: list[StartRun] = []

    @takes(stage.app.state.services, StartRun)
    async def start(_ports: Ports, command: StartRun) -> None:
        seen.append(command)

    await start(_message('{"project": "p", "run": "r"}'))
    assert seen == [StartRun("p", "r")]


async def test_a_failure_leaves_the_function_and_marks_its_span() -> None:
    stage = await _stage()

    @takes(stage.app.state.services, StartRun, given_up=True)
    async def start_failed(_ports: Ports, _command: StartRun) -> None:
        raise RuntimeError

    with pytest.raises(CallFailed, match=r"^start_failed: RuntimeError\. The log says where\.$"):
        await start_failed(_message(commands.encode(StartRun("p", "r"))))
    (span,) = stage.world.telemetry.spans
    assert span.error == "RuntimeError"
    assert stage.world.telemetry.total(GIVEN_UP) == 1
    assert stage.world.telemetry.total(QUEUE_SECONDS) == 0
