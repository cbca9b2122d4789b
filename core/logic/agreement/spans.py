"""Spans. Merged: start and end are the medians of the supporters', of an even number the lower middle one.

Both are then places at which somebody began or ended, and no start reaches its end: as each labeler's start
is before the labeler's end, so is the k-th lowest start before the k-th lowest end.
"""

from collections.abc import Sequence
from statistics import median_low
from typing import TYPE_CHECKING

from core.domain.answers import Span
from core.logic.agreement.extents import ious

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["ious", "merged", "place", "shapes"]


def place(span: Span) -> tuple[float, ...]:
    """Where it is."""
    return span.start, span.end


def shapes(answers: Sequence[Sequence[Span]]) -> "list[NDArray[np.float64]]":
    """The extents of each answer's spans."""
    import numpy as np

    return [np.array([place(span) for span in spans], float).reshape(-1, 2, 1) for spans in answers]


def merged(label: str, spans: Sequence[Span]) -> Span:
    """The span in the middle of these."""
    return Span(label, median_low(span.start for span in spans), median_low(span.end for span in spans))
