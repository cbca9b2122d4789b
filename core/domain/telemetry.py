"""What operators are told: the steps of traces, and measures."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from core.domain.measures import Measure


class SpanSort(StrEnum):
    """What a step of a trace is."""

    REQUEST = "request"
    """The answer to somebody who waits."""
    MESSAGE = "message"
    """What was asked for earlier, or elsewhere."""
    STEP = "step"
    """A part of another."""


@dataclass(slots=True)
class Span:
    """A step of a trace. `error` is what went wrong, in a word; `trace` the W3C traceparent of whatever
    follows from it. Neither names nor attributes hold what people wrote: ids, numbers and words of ours."""

    name: str
    attributes: dict[str, str | int | float] = field(default_factory=dict)
    error: str | None = None
    trace: str | None = None


class Telemetry(Protocol):
    """The way to whoever operates Tagwerk. Nothing depends on it, and it never raises."""

    def record(self, measure: Measure, value: float = 1, **attributes: str) -> None:
        """Add a value to a measure. Attributes have few values, and never a person's."""

    def span(self, sort: SpanSort, name: str, trace: str | None = None) -> AbstractContextManager[Span]:
        """A step until the end of the block: of `trace`, else of what it is taken in. An exception that
        leaves the block is its error, by its type."""

    def tell(self, span: Span, started: datetime, ended: datetime) -> None:
        """A step of `span.trace` that was taken elsewhere, and has ended."""


class Silent:
    """A Telemetry that tells nobody, for programs that nobody operates."""

    def record(self, measure: Measure, value: float = 1, **attributes: str) -> None:
        pass

    @contextmanager
    def span(self, sort: SpanSort, name: str, trace: str | None = None) -> Iterator[Span]:  # noqa: ARG002  the port's
        yield Span(name, trace=trace)

    def tell(self, span: Span, started: datetime, ended: datetime) -> None:
        pass
