"""Areas and bounds of polygons with parts and holes. A ring is `x1, y1, x2, y2, ...`, closed by itself."""

from collections.abc import Sequence
from itertools import chain

from core.domain.answers import Polygon
from core.logic.geometry.bounds import Bounds, around


def ring_area(ring: Sequence[float]) -> float:
    """The area inside a ring, whichever way round it goes: the shoelace formula (Meister, 1769)."""
    points = list(zip(ring[0::2], ring[1::2], strict=True))
    following = points[1:] + points[:1]
    doubled = (x * next_y - next_x * y for (x, y), (next_x, next_y) in zip(points, following, strict=True))
    return abs(sum(doubled)) / 2


def area(polygon: Polygon) -> float:
    """The area of the parts without the holes. Parts are taken not to overlap, holes to lie inside them."""
    return sum(map(ring_area, polygon.parts)) - sum(map(ring_area, polygon.holes))


def bounds(polygon: Polygon) -> Bounds:
    """The bounds of all parts."""
    return around(tuple(chain.from_iterable(polygon.parts)))
