"""Telemetry: the fake, OpenTelemetry's API without an SDK, and with one that keeps everything in memory."""

import subprocess
import sys
from datetime import timedelta

import pytest
from opentelemetry.trace import SpanKind, StatusCode

from core.adapters.memory_telemetry import MemoryTelemetry
from core.adapters.otel_telemetry import OtelTelemetry
from core.domain.measures import CALL_SECONDS, CLAIMS, MEASURES, QUEUE_SECONDS
from core.domain.telemetry import Silent, Span, SpanSort, Telemetry
from core.domain.work import working
from tests.contract.otel import Recorded
from tests.examples import NOON

TRACE_ID = "a" * 32
TRACE = f"00-{TRACE_ID}-{'b' * 16}-01"


@pytest.fixture(params=["memory", "silent", "otel api", "otel sdk"])
def telemetry(request: pytest.FixtureRequest) -> Telemetry:
    made: dict[str, Telemetry] = {
        "memory": MemoryTelemetry(),
        "silent": Silent(),
        "otel api": OtelTelemetry(),
        "otel sdk": Recorded().telemetry,
    }
    return made[request.param]


def test_every_measure_can_be_recorded(telemetry: Telemetry) -> None:
    for measure in MEASURES:
        telemetry.record(measure, 2.5, call="claim")


def test_a_step_of_a_trace_hands_it_on(telemetry: Telemetry) -> None:
    with telemetry.span(SpanSort.MESSAGE, "start", TRACE) as span:
        assert span.trace is not None
        assert span.trace.split("-")[1] == TRACE_ID


def test_errors_pass(telemetry: Telemetry) -> None:
    with pytest.raises(KeyError), telemetry.span(SpanSort.REQUEST, "GET"):
        raise KeyError


def test_what_is_no_trace_begins_another(telemetry: Telemetry) -> None:
    with telemetry.span(SpanSort.MESSAGE, "start", "nonsense"):
        telemetry.tell(Span("job", trace="nonsense"), NOON, NOON)


def test_spans_are_what_they_were_when_they_ended() -> None:
    recorded = Recorded()
    with recorded.telemetry.span(SpanSort.REQUEST, "GET", TRACE) as span:
        span.name = "GET /api/projects"
        span.attributes["http.response.status_code"] = 503
        span.error = "Unavailable"
        with recorded.telemetry.span(SpanSort.STEP, "look"):
            pass
    inner, outer = recorded.spans()
    assert (outer.name, outer.kind, inner.kind) == ("GET /api/projects", SpanKind.SERVER, SpanKind.INTERNAL)
    assert dict(outer.attributes or {}) == {"http.response.status_code": 503, "tagwerk.error": "Unavailable"}
    assert (outer.status.status_code, inner.status.status_code) == (StatusCode.ERROR, StatusCode.UNSET)
    assert outer.parent is not None
    assert inner.parent is not None
    assert outer.context is not None
    assert f"{outer.parent.span_id:016x}" == "b" * 16
    assert inner.parent.span_id == outer.context.span_id
    assert f"{outer.context.trace_id:032x}" == TRACE_ID


def test_what_an_exception_says_is_not_told() -> None:
    recorded = Recorded()
    with pytest.raises(ValueError, match="Rose"), recorded.telemetry.span(SpanSort.REQUEST, "GET"):
        raise ValueError("The label is Rose.")
    (span,) = recorded.spans()
    assert dict(span.attributes or {}) == {"tagwerk.error": "ValueError"}
    assert "Rose" not in span.to_json()


def test_what_was_done_elsewhere_has_its_own_times() -> None:
    recorded = Recorded()
    recorded.telemetry.tell(
        Span("job", {"stage": "train"}, "failed", TRACE), NOON, NOON + timedelta(seconds=30)
    )
    (span,) = recorded.spans()
    assert (span.start_time, span.end_time) == (
        round(NOON.timestamp()) * 10**9,
        round(NOON.timestamp() + 30) * 10**9,
    )
    assert span.context is not None
    assert f"{span.context.trace_id:032x}" == TRACE_ID


def test_counts_and_spreads_are_the_projects_that_is_worked_on() -> None:
    recorded = Recorded()
    recorded.telemetry.record(CLAIMS)
    with working("claim") as work:
        recorded.telemetry.record(CLAIMS)
        work.project = "flowers"
        recorded.telemetry.record(CLAIMS)
        recorded.telemetry.record(CLAIMS)
        recorded.telemetry.record(QUEUE_SECONDS, 1.5, call="start")
        recorded.telemetry.record(QUEUE_SECONDS, 2.5, call="start")
        recorded.telemetry.record(CALL_SECONDS, 1, call="claim")
    assert sorted(recorded.points(CLAIMS.name), key=lambda point: point[0]) == [
        (2, 0, {}),
        (2, 0, {"tagwerk.project": "flowers"}),
    ]
    assert recorded.points(CALL_SECONDS.name) == [(1, 1, {"call": "claim"})]  # a project more, a row more
    assert recorded.points(QUEUE_SECONDS.name) == [(4.0, 2, {"tagwerk.project": "flowers", "call": "start"})]


def test_the_app_leaves_the_sdk_to_whoever_runs_it() -> None:
    asked = "import sys, function_app; print([m for m in sys.modules if 'opentelemetry.sdk' in m])"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)  # noqa: S603  our own interpreter
    assert told.stdout == "[]\n"
