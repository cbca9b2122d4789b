"""Boxes. Merged: each edge is the arithmetic mean of the supporters' edges."""

from collections.abc import Sequence
from statistics import fmean
from typing import TYPE_CHECKING

from core.domain.answers import Box
from core.logic.agreement.extents import ious

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["ious", "merged", "place", "shapes"]


def place(box: Box) -> tuple[float, ...]:
    """Where it is."""
    return box.x, box.y, box.width, box.height


def shapes(answers: Sequence[Sequence[Box]]) -> "list[NDArray[np.float64]]":
    """The extents of each answer's boxes."""
    import numpy as np

    corners = (
        [(x, y, x + width, y + height) for x, y, width, height in map(place, boxes)] for boxes in answers
    )
    return [np.array(list(answer), float).reshape(-1, 2, 2) for answer in corners]


def merged(label: str, boxes: Sequence[Box]) -> Box:
    """The box in the middle of these."""
    x, y, width, height = (fmean(values) for values in zip(*map(place, boxes), strict=True))
    return Box(label, x, y, width, height)
