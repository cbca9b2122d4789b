"""A fake of Telemetry that remembers what it was told."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from core.domain.measures import Measure
from core.domain.telemetry import Span, SpanSort
from core.domain.work import present

_TRACEPARENT = re.compile(r"00-([0-9a-f]{32})-[0-9a-f]{16}-")

_numbers = count(1)


@dataclass
class MemoryTelemetry:
    """Values by measure, with their attributes, and spans in the order in which they ended."""

    values: list[tuple[Measure, float, dict[str, str]]] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    told: list[tuple[Span, datetime, datetime]] = field(default_factory=list)

    def record(self, measure: Measure, value: float = 1, **attributes: str) -> None:
        self.values.append((measure, value, measure.attributes(attributes)))

    def total(self, measure: Measure) -> float:
        """The sum of a measure's values."""
        return sum(value for found, value, _ in self.values if found is measure)

    @contextmanager
    def span(self, sort: SpanSort, name: str, trace: str | None = None) -> Iterator[Span]:
        work = present()
        within = trace or (work.trace if work else None)
        number = next(_numbers)
        known = _TRACEPARENT.match(within or "")
        span = Span(name, trace=f"00-{known[1] if known else f'{number:032x}'}-{number:016x}-01")
        try:
            yield span
        except BaseException as error:
            span.error = span.error or type(error).__name__
            raise
        finally:
            self.spans.append(span)

    def tell(self, span: Span, started: datetime, ended: datetime) -> None:
        self.told.append((span, started, ended))
