"""What people wrote, and what opens something, stands in no log record, no span and no measure."""

import asyncio
import gc
import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from azure.functions.queue import QueueMessage

from core.adapters.log_records import tell_work
from core.domain.commands import StartRun
from core.domain.labels import Label
from core.domain.measures import MEASURES
from core.domain.people import Member, Role
from core.ports import Ports
from functions.messages import takes
from functions.working import CallFailed
from tests.contract.otel import Recorded
from tests.functions.in_process import NamesAsTokens, an_api, client, connect
from tests.unit.usecases.conftest import DATA, make_world

SECRET = "Xq7secret"  # noqa: S105  a word to look for


class Everything(logging.Handler):
    """All that any handler could make of the records: their lines, and every field."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.records: list[logging.LogRecord] = []
        self.setFormatter(logging.Formatter("%(name)s %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def text(self) -> str:
        return "\n".join(f"{self.format(record)} {vars(record)!r}" for record in self.records)


@pytest.fixture
def logged() -> Iterator[Everything]:
    """Every record at every level while the test runs, made as the app has them made."""
    root, handler = logging.getLogger(), Everything()
    factory, level = logging.getLogRecordFactory(), root.level
    tell_work()
    root.setLevel(logging.DEBUG)
    root.addHandler(handler)
    yield handler
    root.removeHandler(handler)
    root.setLevel(level)
    logging.setLogRecordFactory(factory)


def _told(recorded: Recorded) -> str:
    points = [point for measure in MEASURES for point in recorded.points(measure.name)]
    return "\n".join([*(span.to_json() for span in recorded.spans()), json.dumps(points)])


async def _use(recorded: Recorded, monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests of all sorts with the secret in whatever a caller may send; the last ones fail."""
    world, app = await make_world(), an_api()
    ports = replace(world.ports, telemetry=recorded.telemetry)
    await world.upload(f"{SECRET}/1.jpg", f"{SECRET}/2.jpg")
    project = (await world.over(f"{SECRET}/**", labels=(Label(SECRET), Label("Dog")))).id
    await ports.members.put(Member(project, "owner", Role.OWNER))
    connect(app, ports, NamesAsTokens())
    at = f"/api/projects/{project}"
    async with client(app, f"Bearer {SECRET}") as http:
        assert (await http.get(at)).status_code == 401
    async with client(app, "administrator") as http:
        body: dict[str, Any] = {"files": [f"{SECRET}.jpg"], "overwrite": False}
        assert (await http.post(f"/api/datastores/{DATA}/uploads", json=body)).status_code == 200
    async with client(app, "owner") as http:
        assert (await http.get(f"{at}/items?label={SECRET}&{SECRET}=1")).status_code in {200, 422}
        assert (await http.get(f"/api/{SECRET}")).status_code == 404
        task = (await http.post(f"{at}/tasks", json={"size": 1})).json()
        item, tasks = task["items"][0]["id"], f"{at}/tasks/{task['id']}/submissions"
        for labels, status in (([f"no {SECRET}"], 422), ([SECRET], 200)):
            given = {"item": item, "answer": {"labels": labels}, "seconds": 1.0}
            answered = await http.post(tasks, json={"submission": str(uuid4()), "answers": [given]})
            assert answered.status_code == status, answered.text
        assert (await http.post(f"{at}/labels", json={"labels": SECRET})).status_code == 422
        hooked = await http.post(f"{at}/webhooks", json={"url": f"https://example.org/?key={SECRET}"})
        assert hooked.status_code == 201, hooked.text

        async def broken(_project: str) -> Any:
            try:
                raise KeyError(SECRET)
            except KeyError as error:
                raise ValueError(f"The label '{SECRET}' is not there.") from error

        monkeypatch.setattr(ports.webhooks, "all", broken)
        assert (await http.get(f"{at}/webhooks")).status_code == 500
    await _fail_messages(app.state.services)


async def _fail_messages(services: Any) -> None:
    @takes(services, StartRun)
    async def start(_ports: Ports, command: StartRun) -> None:
        raise RuntimeError(command.run)

    for text in (f'{{"project": "p", "run": "{SECRET}', '{"project": 7, "run": "r"}'):
        with pytest.raises(CallFailed):
            await start(QueueMessage(id="1", body=text.encode(), dequeue_count=1))


async def _forget() -> None:
    """A task that nobody waits for fails, and asyncio prints it."""

    async def failing() -> None:
        raise ValueError(SECRET)

    task = asyncio.ensure_future(failing())
    await asyncio.sleep(0)
    del task
    gc.collect()


async def test_nothing_told_holds_a_secret(logged: Everything, monkeypatch: pytest.MonkeyPatch) -> None:
    recorded = Recorded()
    await _use(recorded, monkeypatch)
    await _forget()
    assert SECRET not in logged.text()
    assert SECRET not in _told(recorded)
    told = [record.getMessage() for record in logged.records if record.levelno >= logging.ERROR]
    assert told == [
        "GET /api/projects/{project}/webhooks failed.",
        "start failed.",
        "start failed.",
        "Task exception was never retrieved",
    ]
    (span,) = (span for span in recorded.spans() if span.name.endswith("/webhooks") and "GET" in span.name)
    assert span.attributes is not None
    assert span.attributes["tagwerk.error"] == "ValueError"


async def test_what_went_wrong_can_be_found(logged: Everything, monkeypatch: pytest.MonkeyPatch) -> None:
    await _use(Recorded(), monkeypatch)
    first = next(record for record in logged.records if record.levelno == logging.ERROR)
    fields = vars(first)
    assert fields["exception.type"] == "ValueError"
    trail = fields["exception.stacktrace"].splitlines()
    assert trail[0] == "ValueError"
    assert trail[1].startswith("  tests/unit/functions/test_secrecy.py:")
    assert trail[1].endswith(" in broken")
    assert "KeyError" in trail
    assert any(line.startswith("  fastapi/") for line in trail)
    assert len(fields["tagwerk.project"]) == 20
