"""What Azure's worker, with the deployed package and settings, sends to Application Insights."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.domain.commands import StartRun
from core.formats import commands
from local.azurite import Azurite
from tests.infra.conftest import deployed
from tests.infra.ingestion import Ingestion, ingestion
from tests.infra.packages import make_package, unpack
from tests.infra.test_app_settings import settings
from tests.infra.test_worker import ADDRESS, get, run

SECRET = "Xq7secret"  # noqa: S105  a word to look for
HOSTS = f"00-{'a' * 32}-{'b' * 16}-01"
WAITED = timedelta(minutes=10)
SENDERS = f"00-{'c' * 32}-{'d' * 16}-01"


def _calls() -> list[dict[str, Any]]:
    asked = get(f"/api/projects/p1?sig={SECRET}&label={SECRET}") | {"trace": HOSTS}
    asked["headers"] |= {"authorization": f"Bearer {SECRET}"}
    start = commands.encode(StartRun("p1", "r1"), commands.Sent(SENDERS))
    messages = [start, f'{{"project": ["{SECRET}"]}}']
    received = {"DequeueCount": 1, "InsertionTime": f"{datetime.now(UTC) - WAITED:%Y-%m-%dT%H:%M:%S+00:00}"}
    queued = [
        {"function": "start", "parameter": "message", "message": text, "metadata": received}
        for text in messages
    ]
    return [asked, *queued, {"function": "look_after", "parameter": "timer", "timer": {"IsPastDue": False}}]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ingestion]:
    """All that was sent until the worker had ended."""
    folder = tmp_path_factory.mktemp("azure")
    place = unpack(make_package(folder), folder / "wwwroot")
    bicep = {name: value for name, value in settings(deployed("dev")).items() if "STORAGE__" not in name}
    bicep.pop("APPLICATIONINSIGHTS_AUTHENTICATION_STRING")  # no identity to be had here
    with Azurite(in_memory=True) as azurite, ingestion() as found:
        here = {"STORAGE": azurite.connection_string, "HOME": str(folder), **found.settings}
        outcomes = run(place, _calls(), {**bicep, **here})["outcomes"]
        assert [one["ok"] for one in outcomes] == [True, True, False, True]
        assert outcomes[0]["response"]["status"] == 401
        assert SECRET not in json.dumps(outcomes)
        yield found


def test_requests_have_their_status_and_the_hosts_trace(told: Ingestion) -> None:
    asked, *_ = told.data("RequestData")
    assert (asked["name"], asked["responseCode"]) == ("GET /api/projects/{project}", "401")
    assert asked["tags"]["ai.operation.id"] == "a" * 32
    assert not asked["url"]


def test_messages_are_in_the_trace_of_whoever_sent_them(told: Ingestion) -> None:
    _, started, garbled, timer = told.data("RequestData")
    assert (started["name"], started["success"]) == ("start", True)
    assert started["tags"]["ai.operation.id"] == "c" * 32
    assert started["properties"] == {"tagwerk.project": "p1", "tagwerk.run": "r1"}
    assert (garbled["name"], garbled["success"]) == ("start", False)
    assert garbled["properties"] == {"tagwerk.error": "ValidationError"}
    assert (timer["name"], timer["success"]) == ("look_after", True)


def test_measures_arrive_as_alerts_and_the_workbook_ask_for_them(told: Ingestion) -> None:
    calls = {
        (one["properties"]["call"], one["properties"]["sort"], one["properties"]["outcome"]): metric["count"]
        for one in told.data("MetricData")
        for metric in one["metrics"]
        if metric["name"] == "tagwerk.call.seconds"
    }
    assert calls == {
        ("GET /api/projects/{project}", "request", "401"): 1,
        ("start", "message", "done"): 1,
        ("start", "message", "failed"): 1,
        ("look_after", "message", "done"): 1,
    }


def test_how_long_a_message_waited_arrives(told: Ingestion) -> None:
    (waited,) = (
        metric
        for one in told.data("MetricData")
        for metric in one["metrics"]
        if metric["name"] == "tagwerk.queue.seconds"
    )
    assert 600 <= waited["value"] < 660
    assert (waited["count"], waited["min"]) == (1, waited["max"])


def test_failures_say_where_and_of_what(told: Ingestion) -> None:
    failure, workers = told.data("ExceptionData")
    (thrown,) = failure["exceptions"]
    assert (thrown["typeName"], thrown["message"]) == ("ValidationError", "start failed.")
    assert "functions/messages.py:" in thrown["stack"]
    assert "core/formats/commands.py:" in thrown["stack"]
    assert failure["tags"]["ai.operation.id"] != "0" * 32
    assert workers["exceptions"][0]["typeName"] == "CallFailed"


def test_nothing_secret_leaves_the_process(told: Ingestion) -> None:
    assert told.raw
    assert SECRET not in "".join(told.raw)
    assert ADDRESS not in "".join(one.get("url") or "" for one in told.data("RequestData"))
    assert told.data("RemoteDependencyData") == []
