"""Measures of polygons with parts and holes. A ring is `x1, y1, x2, y2, ...`, closed by itself."""

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from core.domain.answers import Polygon
from core.logic.geometry.bounds import Bounds, around


def ring_area(ring: Sequence[float]) -> float:
    """The area inside a ring, whichever way round it goes: the shoelace formula (Meister, 1769)."""
    from_x, from_y = ring[0], ring[1]  # measured from one of its points, a ring far from 0 loses no digits
    points = [(x - from_x, y - from_y) for x, y in _points(ring)]
    doubled = (x * next_y - next_x * y for (x, y), (next_x, next_y) in pairwise(points))
    return abs(sum(doubled)) / 2


def outline(ring: Sequence[float]) -> float:
    """How long a ring is, in steps from pixel to pixel, diagonal steps included."""
    closed = [*_points(ring), (ring[0], ring[1])]
    return sum(max(abs(x - next_x), abs(y - next_y)) for (x, y), (next_x, next_y) in pairwise(closed))


def contains(ring: Sequence[float], others: Sequence[float], tolerance: float = 0.0) -> bool:
    """Whether points `x1, y1, x2, y2, ...` are all inside the ring or within `tolerance` of its edge.

    A point is inside if a ray from it to the right crosses the ring an odd number of times (Shimrat, 1962).
    """
    import numpy as np  # here, for the cold start's sake

    x, y = np.array(ring, float).reshape(-1, 2).T
    along_x, along_y = np.roll(x, -1) - x, np.roll(y, -1) - y
    squared = np.maximum(along_x**2 + along_y**2, np.finfo(float).tiny)
    for point_x, point_y in _points(others):
        below = y > point_y
        crossing = np.flatnonzero(below != np.roll(below, -1))
        reached = x[crossing] + (point_y - y[crossing]) * along_x[crossing] / along_y[crossing]
        if np.count_nonzero(reached > point_x) % 2:
            continue
        part = ((point_x - x) * along_x + (point_y - y) * along_y) / squared
        part = np.clip(part, 0.0, 1.0)
        if np.hypot(x + part * along_x - point_x, y + part * along_y - point_y).min() > tolerance:
            return False
    return True


def area(polygon: Polygon) -> float:
    """The area of the parts without the holes. Parts are taken not to overlap, holes to lie inside them."""
    return sum(map(ring_area, polygon.parts)) - sum(map(ring_area, polygon.holes))


def bounds(polygon: Polygon) -> Bounds:
    """The bounds of all parts."""
    return around(tuple(chain.from_iterable(polygon.parts)))


def _points(ring: Sequence[float]) -> Iterator[tuple[float, float]]:
    yield from zip(ring[0::2], ring[1::2], strict=True)
