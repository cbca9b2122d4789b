"""Polygons: rings of some area inside the image, holes inside parts.

A ring closes by itself: it is open when fewer than three of its points differ. Whether its first point is
repeated at the end, as in GeoJSON, makes no difference. A ring may cross itself, as rings drawn by hand and
found in COCO files do; its area is then what the shoelace formula says. A hole is taken to be inside a part
when all its points are.
"""

from collections.abc import Iterator, Sequence

from core.domain.answers import Polygon
from core.logic.answering.rules import TOLERANCE, Rules, Subject, is_coordinate, outside, shown, unknown
from core.logic.geometry.bounds import around
from core.logic.geometry.polygons import contains, outline, ring_area

POINTS_MAX = 100_000
"""The polygons of an answer have at most so many points together."""

OUTLINE_MAX = 1_000_000
"""A ring is at most so many pixels long: to draw one, pycocotools takes a hundred bytes a pixel."""

AREA_MIN = 1e-6
"""A ring of less, in square pixels, is a line but for rounding."""

_POINTS_MIN = 3


def misfits(polygons: Sequence[Polygon], rules: Rules, subject: Subject) -> dict[int, str]:
    """Why polygons do not fit, by index."""
    found: dict[int, str] = {}
    points = 0
    for index, polygon in enumerate(polygons):
        points += sum(len(ring) for _, ring in _rings(polygon)) // 2
        if points > POINTS_MAX:
            found[index] = f"the polygons of an item have at most {POINTS_MAX:,} points, and these have more."
        elif reason := _misfit(polygon, rules, subject):
            found[index] = reason
    return found


def _misfit(polygon: Polygon, rules: Rules, subject: Subject) -> str | None:
    if reason := unknown(rules, polygon.label):
        return reason
    if not polygon.parts:
        return "it needs at least one part."
    for name, ring in _rings(polygon):
        if reason := _flaw(ring, subject):
            return f"{name} {reason}"
    for number, hole in enumerate(polygon.holes, 1):
        if not any(contains(part, hole, TOLERANCE) for part in polygon.parts):
            return f"hole {number} is not inside a part."
    return None


def _flaw(ring: tuple[float, ...], subject: Subject) -> str | None:
    if len(ring) % 2:
        return f"has {len(ring)} numbers, which are no pairs of x and y."
    for value in ring:
        if not is_coordinate(value):
            return f"has the coordinate {shown(value)}, which is no number of pixels."
    points = len(set(zip(ring[0::2], ring[1::2], strict=True)))
    if points < _POINTS_MIN:
        return f"is open: it needs at least three points that differ, and has {points}."
    if ring_area(ring) < AREA_MIN:
        return "has no area."
    if outline(ring) > OUTLINE_MAX:
        return f"is longer than {OUTLINE_MAX:,} pixels."
    return outside(around(ring), subject)


def _rings(polygon: Polygon) -> Iterator[tuple[str, tuple[float, ...]]]:
    yield from ((f"part {number}", ring) for number, ring in enumerate(polygon.parts, 1))
    yield from ((f"hole {number}", ring) for number, ring in enumerate(polygon.holes, 1))
