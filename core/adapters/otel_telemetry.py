"""Telemetry by OpenTelemetry's API. Whoever runs the app sets up the SDK behind it: in Azure the Python
worker does, with azure-monitor-opentelemetry. Without one, traces are passed on and nothing is recorded."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from opentelemetry import metrics, trace
from opentelemetry.context import Context
from opentelemetry.trace import SpanKind, Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from core.domain.measures import MEASURES, Measure, Sort
from core.domain.telemetry import Span, SpanSort

SCOPE = "tagwerk"
KINDS: Mapping[SpanSort, SpanKind] = {
    SpanSort.REQUEST: SpanKind.SERVER,
    SpanSort.MESSAGE: SpanKind.CONSUMER,
    SpanSort.STEP: SpanKind.INTERNAL,
}

_propagator = TraceContextTextMapPropagator()


class OtelTelemetry:
    """A Telemetry over the providers given, or those that are set up for the process."""

    def __init__(
        self, tracers: trace.TracerProvider | None = None, meters: metrics.MeterProvider | None = None
    ) -> None:
        self._tracer = trace.get_tracer(SCOPE, tracer_provider=tracers)
        meter = metrics.get_meter(SCOPE, meter_provider=meters)
        self._counters = {
            each.name: meter.create_counter(each.name, each.unit, each.description)
            for each in MEASURES
            if each.sort is Sort.COUNTER
        }
        self._histograms = {
            each.name: meter.create_histogram(each.name, each.unit, each.description)
            for each in MEASURES
            if each.sort is Sort.HISTOGRAM
        }

    def record(self, measure: Measure, value: float = 1, **attributes: str) -> None:
        told = measure.attributes(attributes)
        if measure.sort is Sort.COUNTER:
            self._counters[measure.name].add(value, told)
        else:
            self._histograms[measure.name].record(value, told)

    @contextmanager
    def span(self, sort: SpanSort, name: str, trace: str | None = None) -> Iterator[Span]:
        with self._tracer.start_as_current_span(
            name,
            context=_context(trace),
            kind=KINDS[sort],
            record_exception=False,  # its text may quote what people wrote
            set_status_on_exception=False,
        ) as recorded:
            span = Span(name, trace=_traceparent(recorded))
            try:
                yield span
            except BaseException as error:
                span.error = span.error or type(error).__name__
                raise
            finally:
                _describe(recorded, span)

    def tell(self, span: Span, started: datetime, ended: datetime) -> None:
        recorded = self._tracer.start_span(
            span.name,
            context=_context(span.trace),
            kind=SpanKind.INTERNAL,
            start_time=_nanoseconds(started),
        )
        _describe(recorded, span)
        recorded.end(_nanoseconds(ended))


def _context(traceparent: str | None) -> Context | None:
    return None if traceparent is None else _propagator.extract({"traceparent": traceparent})


def _traceparent(span: trace.Span) -> str | None:
    carrier: dict[str, str] = {}
    _propagator.inject(carrier, trace.set_span_in_context(span))
    return carrier.get("traceparent")


def _describe(recorded: trace.Span, span: Span) -> None:
    recorded.update_name(span.name)
    recorded.set_attributes(span.attributes)
    if span.error is not None:
        recorded.set_attribute("tagwerk.error", span.error)
        recorded.set_status(Status(StatusCode.ERROR, span.error))


def _nanoseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1_000_000) * 1_000
