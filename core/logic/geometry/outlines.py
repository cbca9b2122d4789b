"""The polygon around a mask's pixels: along their edges, so that the same pixels are inside.

Every column of a run is a rectangle one pixel wide. Where two pixels touch only at a corner, the outline
parts them, so that no ring crosses itself.
"""

from collections.abc import Iterator, Sequence

from core.domain.answers import Polygon, Rle
from core.logic.geometry import masks

RECTANGLES_MAX = 200_000
"""A mask that falls into more is dust, or larger than any image."""

Point = tuple[int, int]
Interval = tuple[int, int]
_Edges = dict[Point, list[Point]]
"""Where edges lead from each corner, the mask on the right: two ways where pixels only touch there."""


def around(label: str, rle: Rle) -> Polygon:
    """The polygon of a sound encoding of one pixel at least. Raises ValueError above RECTANGLES_MAX."""
    edges: _Edges = {}
    for start, end in _edges(_columns(rle)):
        edges.setdefault(start, []).append(end)
    rings = [_ring(edges, start) for start in sorted(edges) if edges[start]]
    parts = tuple(ring for ring in rings if _is_clockwise(ring))
    return Polygon(label, parts, tuple(ring for ring in rings if not _is_clockwise(ring)))


def _columns(rle: Rle) -> dict[int, list[Interval]]:
    """The rows, from and up to, that the mask has in each column that it has any in."""
    height = rle.size[0]
    columns: dict[int, list[Interval]] = {}
    rectangles = end = 0
    for number, run in enumerate(masks.runs(rle).tolist()):
        start, end = end, end + run
        if number % 2 == 0:
            continue
        first, last = start // height, (end - 1) // height
        rectangles += last - first + 1
        if rectangles > RECTANGLES_MAX:
            raise ValueError(rle.size)
        for column in range(first, last + 1):
            top, bottom = start - column * height, end - column * height
            columns.setdefault(column, []).append((max(top, 0), min(bottom, height)))
    return columns


def _edges(columns: dict[int, list[Interval]]) -> Iterator[tuple[Point, Point]]:
    for column, intervals in columns.items():
        for top, bottom in intervals:
            yield (column, top), (column + 1, top)
            yield (column + 1, bottom), (column, bottom)
        yield from _sides(column, columns.get(column - 1, []), intervals)
        if column + 1 not in columns:
            yield from _sides(column + 1, intervals, [])


def _sides(x: int, left: Sequence[Interval], right: Sequence[Interval]) -> Iterator[tuple[Point, Point]]:
    """The edges between two columns: where only one of them has pixels."""
    inside = {False: 0, True: 0}
    turns = sorted((y, side) for side in inside for interval in (right if side else left) for y in interval)
    before = 0
    for y, side in turns:
        if y > before and inside[False] != inside[True]:
            yield ((x, y), (x, before)) if inside[True] else ((x, before), (x, y))
        inside[side] ^= 1
        before = y


def _ring(edges: _Edges, start: Point) -> tuple[float, ...]:
    """Take a ring out of the edges. `start` is its leftmost corner, of these the topmost."""
    corners: list[float] = [*start]
    heading, at = (0, 0), start
    while True:
        ways = edges[at]
        right = (-heading[1], heading[0])
        way = next((way for way in ways if _heading(at, way) == right), ways[0])
        ways.remove(way)
        if _heading(at, way) != heading and at != start:
            corners += at
        heading, at = _heading(at, way), way
        if at == start:
            return tuple(corners)


def _heading(start: Point, end: Point) -> Point:
    x, y = end[0] - start[0], end[1] - start[1]
    return (x > 0) - (x < 0), (y > 0) - (y < 0)


def _is_clockwise(ring: Sequence[float]) -> bool:
    xs, ys = ring[0::2], ring[1::2]
    doubled = sum(xs[at - 1] * ys[at] - xs[at] * ys[at - 1] for at in range(len(xs)))
    return doubled > 0
