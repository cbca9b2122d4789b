"""OpenTelemetry's own SDK, set up to keep what it is told in memory."""

from dataclasses import dataclass, field

from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import HistogramDataPoint, InMemoryMetricReader, NumberDataPoint
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from core.adapters.otel_telemetry import OtelTelemetry


@dataclass
class Recorded:
    """A Telemetry, and what came of it."""

    spans_exporter: InMemorySpanExporter = field(default_factory=InMemorySpanExporter)
    reader: InMemoryMetricReader = field(default_factory=InMemoryMetricReader)

    def __post_init__(self) -> None:
        tracers = TracerProvider(shutdown_on_exit=False)
        tracers.add_span_processor(SimpleSpanProcessor(self.spans_exporter))
        self.telemetry = OtelTelemetry(tracers, MeterProvider([self.reader], shutdown_on_exit=False))

    def spans(self) -> list[ReadableSpan]:
        """Those that ended, in that order."""
        return list(self.spans_exporter.get_finished_spans())

    def points(self, name: str) -> list[tuple[float, int, dict[str, object]]]:
        """The sum, the count (0: a counter's) and the attributes of each of a measure's points."""
        found: list[tuple[float, int, dict[str, object]]] = []
        data = self.reader.get_metrics_data()
        for resource in data.resource_metrics if data else ():
            for scope in resource.scope_metrics:
                for metric in scope.metrics:
                    for point in metric.data.data_points if metric.name == name else ():
                        attributes: dict[str, object] = {**(point.attributes or {})}
                        if isinstance(point, HistogramDataPoint):
                            found.append((point.sum, point.count, attributes))
                        elif isinstance(point, NumberDataPoint):
                            found.append((point.value, 0, attributes))
        return found
