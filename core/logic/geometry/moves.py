"""Answers on another grid: scaled, turned upright, or clipped to the image."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from core.domain.answers import Answer, Box, Boxes, Masks, Polygon, Polygons, Rle
from core.logic.geometry import masks

Move = Callable[[float, float], tuple[float, float]]
Ring = tuple[float, ...]


def scaled(answer: Answer, x: float, y: float) -> Answer:
    """The answer with every coordinate multiplied: pixels from fractions with width and height, or back.

    Masks are pixels, so they stay as they are.
    """
    return _moved(answer, lambda px, py: (px * x, py * y))


def upright(answer: Answer, width: int, height: int, orientation: int) -> Answer:
    """The answer that was made on the stored pixels of an image, as the upright image has it.

    `width` and `height` are those of the stored pixels; `orientation` is EXIF's (CIPA DC-008, tag 0x0112).
    """
    move = _UPRIGHT[orientation](width, height)
    if isinstance(answer, Masks):
        turned = (replace(mask, rle=_turned(mask.rle, orientation)) for mask in answer.masks)
        return Masks(tuple(turned))
    return _moved(answer, move)


def clipped(answer: Answer, width: float, height: float) -> Answer:
    """The answer with every coordinate moved into the image: for what sticks out by a rounding error."""
    return _moved(answer, lambda x, y: (min(max(x, 0.0), width), min(max(y, 0.0), height)))


_UPRIGHT: dict[int, Callable[[int, int], Move]] = {
    1: lambda _w, _h: lambda x, y: (x, y),
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
    one = move(box.x, box.y)
    other = move(box.x + box.width, box.y + box.height)
    x, y = min(one[0], other[0]), min(one[1], other[1])
    return Box(box.label, x, y, max(one[0], other[0]) - x, max(one[1], other[1]) - y)


def _polygon(polygon: Polygon, move: Move) -> Polygon:
    parts = tuple(_ring(ring, move) for ring in polygon.parts)
    return Polygon(polygon.label, parts, tuple(_ring(ring, move) for ring in polygon.holes))


def _ring(ring: Ring, move: Move) -> Ring:
    def points() -> Iterator[float]:
        for x, y in zip(ring[0::2], ring[1::2], strict=True):
            yield from move(x, y)

    return tuple(points())


def _turned(rle: Rle, orientation: int) -> Rle:
    import numpy as np  # here, for the cold start's sake

    stored = masks.decode(rle)
    turned = {
        1: lambda: stored,
        2: lambda: np.fliplr(stored),
        3: lambda: np.rot90(stored, 2),
        4: lambda: np.flipud(stored),
        5: lambda: stored.T,
        6: lambda: np.rot90(stored, -1),
        7: lambda: np.rot90(stored, 2).T,
        8: lambda: np.rot90(stored),
    }[orientation]()
    return masks.encode(turned)
