"""Polygons, compared by their pixels. Merged: the pixels that more than half of the supporters cover.

These are outlined again, along their edges. An outline of more than CORNERS_MAX corners is simplified, so
that a person can still edit it. Supporters who drew the very same polygon leave it as it is; it may then be
too thin to cover a pixel.
"""

from collections.abc import Sequence
from itertools import chain
from math import ceil

from core.domain.answers import Polygon, Rle
from core.logic.geometry import masks
from core.logic.geometry.masks import ious
from core.logic.geometry.outlines import around
from core.logic.geometry.simplify import simplified

__all__ = ["ious", "merged", "place", "shapes"]

CORNERS_MAX = 200
TOLERANCE = 1.0
"""A simplified outline passes each corner of the pixels' edges within so many pixels."""

_BEYOND = 0.1
"""An edge has to be so many pixels into a column or row for the column or row to count."""


def place(polygon: Polygon) -> tuple[tuple[tuple[float, ...], ...], ...]:
    """Where it is."""
    return polygon.parts, polygon.holes


def shapes(answers: Sequence[Sequence[Polygon]]) -> list[list[Rle]]:
    """The pixels of each answer's polygons, all in one frame."""
    width, height = _frame(list(chain.from_iterable(answers)))
    return [[masks.from_polygon(polygon, width, height) for polygon in polygons] for polygons in answers]


def merged(label: str, polygons: Sequence[Polygon]) -> Polygon | None:
    """The polygon around what more than half of these cover.

    None when there is no such pixel, or it is dust, which `around` does not outline.
    """
    if len(set(map(place, polygons))) == 1:
        return Polygon(label, *place(polygons[0]))
    rles = shapes([polygons])[0]
    most = masks.covered(rles, len(rles) // 2 + 1)
    if not masks.area(most):
        return None
    try:
        return simplified(around(label, most), CORNERS_MAX, TOLERANCE)
    except ValueError:
        return None


def _frame(polygons: Sequence[Polygon]) -> tuple[int, int]:
    """The width and height, in pixels, of an image that all of these are in."""
    rings = [ring for polygon in polygons for ring in polygon.parts]
    right = max((max(ring[0::2]) for ring in rings), default=1)
    bottom = max((max(ring[1::2]) for ring in rings), default=1)
    return max(1, ceil(right - _BEYOND)), max(1, ceil(bottom - _BEYOND))
