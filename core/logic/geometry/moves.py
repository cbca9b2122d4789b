"""Answers on another grid: scaled, turned upright, or clipped to the image.

Imported answers come here before they are checked. What no project takes (a ring of seven numbers, a box of
negative width, a mask that is not sound) stays as it is, for `core.logic.answering` to refuse.
"""

from collections.abc import Callable
from dataclasses import replace
from itertools import chain
from math import inf

from core.domain.answers import Answer, Box, Boxes, Masks, Polygon, Polygons, Rle
from core.logic.geometry import masks

Move = Callable[[float, float], tuple[float, float]]
Ring = tuple[float, ...]

ON_ITS_SIDE = frozenset({5, 6, 7, 8})
"""EXIF's orientations of images that are stored as wide as they are high when upright."""


def scaled(answer: Answer, x: float, y: float) -> Answer:
    """The answer with every coordinate multiplied: pixels from fractions with width and height, or back.

    Masks are pixels, so they stay as they are.
    """
    return _moved(answer, lambda px, py: (px * x, py * y))


def upright(answer: Answer, width: int, height: int, orientation: int) -> Answer:
    """The answer that was made on the stored pixels of an image, as the upright image has it.

    `width` and `height` are those of the stored pixels; `orientation` is EXIF's (CIPA DC-008, tag 0x0112).
    """
    if orientation == _AS_STORED:
        return answer
    if isinstance(answer, Masks):
        turned = (replace(mask, rle=_turned(mask.rle, orientation)) for mask in answer.masks)
        return Masks(tuple(turned))
    return _moved(answer, _UPRIGHT[orientation](width, height))


def clipped(answer: Answer, width: float, height: float, by: float = inf) -> Answer:
    """The answer with every coordinate moved into the image that is outside by no more than `by` pixels."""
    return _moved(answer, lambda x, y: (_clip(x, width, by), _clip(y, height, by)))


def _clip(value: float, end: float, by: float) -> float:
    inside = min(max(value, 0.0), end)
    return inside if abs(value - inside) <= by else value


_AS_STORED = 1
_UPRIGHT: dict[int, Callable[[int, int], Move]] = {
    2: lambda w, _h: lambda x, y: (w - x, y),
    3: lambda w, h: lambda x, y: (w - x, h - y),
    4: lambda _w, h: lambda x, y: (x, h - y),
    5: lambda _w, _h: lambda x, y: (y, x),
    6: lambda _w, h: lambda x, y: (h - y, x),
    7: lambda w, h: lambda x, y: (h - y, w - x),
    8: lambda w, _h: lambda x, y: (y, w - x),
}


def _moved(answer: Answer, move: Move) -> Answer:
    match answer:
        case Boxes(boxes):
            return Boxes(tuple(_box(box, move) for box in boxes))
        case Polygons(polygons):
            return Polygons(tuple(_polygon(polygon, move) for polygon in polygons))
    return answer


def _box(box: Box, move: Move) -> Box:
    corners = (box.x, box.y), (box.x + box.width, box.y + box.height)
    one, other = move(*corners[0]), move(*corners[1])
    if (one, other) == corners or not (box.width > 0 and box.height > 0):
        return box
    x, y = min(one[0], other[0]), min(one[1], other[1])
    return Box(box.label, x, y, max(one[0], other[0]) - x, max(one[1], other[1]) - y)


def _polygon(polygon: Polygon, move: Move) -> Polygon:
    parts = tuple(_ring(ring, move) for ring in polygon.parts)
    return Polygon(polygon.label, parts, tuple(_ring(ring, move) for ring in polygon.holes))


def _ring(ring: Ring, move: Move) -> Ring:
    if len(ring) % 2:
        return ring
    return tuple(chain.from_iterable(map(move, ring[0::2], ring[1::2])))


def _turned(rle: Rle, orientation: int) -> Rle:
    import numpy as np  # here, for the cold start's sake

    if not masks.is_sound(rle):
        return rle
    stored = masks.decode(rle)
    turned = {
        2: lambda: np.fliplr(stored),
        3: lambda: np.rot90(stored, 2),
        4: lambda: np.flipud(stored),
        5: lambda: stored.T,
        6: lambda: np.rot90(stored, -1),
        7: lambda: np.rot90(stored, 2).T,
        8: lambda: np.rot90(stored),
    }[orientation]()
    return masks.encode(turned)
