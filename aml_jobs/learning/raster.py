"""Between bitmaps (arrays of shape (height, width)), COCO's run-length encoding and polygons.

The encoding runs down columns, beginning outside; its characters carry six bits, as pycocotools writes them.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

Bitmap = NDArray[np.bool_]
Corner = tuple[int, int]
_RIGHT = {(1, 0): (0, 1), (0, 1): (-1, 0), (-1, 0): (0, -1), (0, -1): (1, 0)}


def runs(counts: str) -> list[int]:
    """The lengths of the runs of a compressed encoding. Raises ValueError if it ends within a number."""
    lengths: list[int] = []
    value = shift = 0
    for character in counts:
        bits = ord(character) - 48
        if not 0 <= bits < 64:
            raise ValueError(f"{character!r} is not in a run-length encoding.")
        value |= (bits & 31) << shift
        shift += 5
        if bits & 32:
            continue
        if bits & 16:
            value -= 1 << shift
        lengths.append(value + lengths[-2] if len(lengths) > 2 else value)
        value = shift = 0
    if shift:
        raise ValueError("the run-length encoding ends within a number.")
    return lengths


def decode(rle: Any) -> Bitmap:
    """The bitmap of a sound encoding."""
    lengths = runs(rle["counts"])
    return np.repeat(np.arange(len(lengths)) % 2 == 1, lengths).reshape(tuple(rle["size"]), order="F")


def encode(bitmap: Bitmap) -> dict[str, Any]:
    """COCO's compressed encoding of a bitmap."""
    from pycocotools import mask

    found = mask.encode(np.asfortranarray(bitmap, dtype=np.uint8))
    return {"size": [int(side) for side in found["size"]], "counts": found["counts"].decode("ascii")}


def draw(polygon: Any, width: int, height: int, scale: float = 1.0) -> Bitmap:
    """The pixels of a polygon whose coordinates are first multiplied by `scale`."""
    canvas = Image.new("L", (width, height))
    pen = ImageDraw.Draw(canvas)
    for fill, rings in ((1, polygon["parts"]), (0, polygon.get("holes", ()))):
        for ring in rings:
            pen.polygon([number * scale - 0.5 for number in ring], fill=fill, outline=fill)
    return np.asarray(canvas, dtype=np.bool_)


def outline(bitmap: Bitmap, scale: float, tolerance: float) -> tuple[list[list[float]], list[list[float]]]:
    """The parts and the holes around a bitmap's pixels, in pixels times `scale`, rounded to tenths.

    Corners that lie within `tolerance` of the line between their neighbours go (Douglas and Peucker, 1973),
    and holes that this leaves sticking out of the parts.
    """
    parts: list[list[float]] = []
    holes: list[list[float]] = []
    for ring in _rings(bitmap):
        kept = simplify(np.array(ring, dtype=np.float64), tolerance) * scale
        if len(kept) >= 3:
            (parts if _area(ring) > 0 else holes).append([round(float(n), 1) for n in kept.ravel()])
    return parts, [hole for hole in holes if any(_is_inside(hole, part) for part in parts)]


def simplify(ring: NDArray[np.float64], tolerance: float) -> NDArray[np.float64]:
    """A closed ring, of shape (points, 2), without the corners that hardly matter."""
    if len(ring) < 4:
        return ring
    far = int(np.abs(ring - ring[0]).sum(1).argmax())
    closed = np.concatenate([ring, ring[:1]])
    kept = np.zeros(len(closed), dtype=np.bool_)
    kept[[0, far, -1]] = True
    pairs = [(0, far), (far, len(closed) - 1)]
    while pairs:
        first, last = pairs.pop()
        if last - first < 2:
            continue
        along = closed[last] - closed[first]
        away = closed[first + 1 : last] - closed[first]
        length = float(np.hypot(*along))
        distances = (
            np.abs(along[0] * away[:, 1] - along[1] * away[:, 0]) / length if length else np.hypot(*away.T)
        )
        most = int(distances.argmax())
        if distances[most] > tolerance:
            kept[first + 1 + most] = True
            pairs += [(first, first + 1 + most), (first + 1 + most, last)]
    return closed[:-1][kept[:-1]]


def _rings(bitmap: Bitmap) -> Iterator[list[Corner]]:
    """The corners of closed walks along pixel edges, the pixels on the right."""
    padded = np.pad(bitmap, 1)
    ways: dict[Corner, list[Corner]] = {}
    for (dy, dx), (right, down, heading) in _EDGES.items():
        for y, x in np.argwhere(padded & ~np.roll(padded, (-dy, -dx), (0, 1))).tolist():
            ways.setdefault((x - 1 + right, y - 1 + down), []).append(heading)
    for start in sorted(ways):
        while ways[start]:
            yield _walk(ways, start)


def _walk(ways: dict[Corner, list[Corner]], start: Corner) -> list[Corner]:
    corners: list[Corner] = []
    at, heading = start, (0, 0)
    while True:
        way = _RIGHT[heading] if _RIGHT.get(heading) in ways[at] else ways[at][0]
        ways[at].remove(way)
        if way != heading:
            corners.append(at)
        at, heading = (at[0] + way[0], at[1] + way[1]), way
        if at == start:
            return corners


def _is_inside(ring: Sequence[float], other: Sequence[float]) -> bool:
    """Whether all corners are: a ray to the right crosses the other ring an odd number of times."""
    points, ends = (np.array(one).reshape(-1, 1, 2) for one in (ring, other))
    first, second = ends.swapaxes(0, 1), np.roll(ends, -1, 0).swapaxes(0, 1)
    spans = (first[..., 1] > points[..., 1]) != (second[..., 1] > points[..., 1])
    rise = np.where(spans, second[..., 1] - first[..., 1], 1)
    at = first[..., 0] + (points[..., 1] - first[..., 1]) * (second[..., 0] - first[..., 0]) / rise
    return bool(((spans & (points[..., 0] < at)).sum(1) % 2 == 1).all())


def _area(ring: Sequence[Corner]) -> float:
    """Twice the area; more than 0 clockwise, as seen with y down."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True))


_EDGES = {
    (-1, 0): (0, 0, (1, 0)),
    (0, 1): (1, 0, (0, 1)),
    (1, 0): (1, 1, (-1, 0)),
    (0, -1): (0, 1, (0, -1)),
}
"""By the side, (down, right), on which a pixel has no neighbour: where that edge starts, and its heading."""
