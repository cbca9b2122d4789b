"""Upright rectangles around things: x, y of the upper left corner, width, height, in pixels."""

from collections.abc import Sequence
from typing import NamedTuple


class Bounds(NamedTuple):
    """The smallest upright rectangle around something."""

    x: float
    y: float
    width: float
    height: float


def around(coordinates: Sequence[float]) -> Bounds:
    """The bounds of points `x1, y1, x2, y2, ...`, of which there must be one."""
    xs, ys = coordinates[0::2], coordinates[1::2]
    return Bounds(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def overlap(one: Bounds, other: Bounds) -> float:
    """The area that two rectangles share."""
    width = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    height = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    return max(0.0, width) * max(0.0, height)
