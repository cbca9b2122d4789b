"""What one labeler says of one item: one shape for each family of kinds.

Regions are in pixels of the upright (EXIF applied) image; spans are half-open and count code points.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar


class _Exact:
    """Where pydantic reads one of these from JSON, a field that it does not have is an error."""

    __slots__ = ()
    __pydantic_config__: ClassVar[Mapping[str, str]] = {"extra": "forbid"}


@dataclass(frozen=True, slots=True)
class Classes(_Exact):
    """The labels of a whole image or text."""

    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Box(_Exact):
    """`x`, `y` is the upper left corner."""

    label: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Boxes(_Exact):
    """No boxes at all is a true negative."""

    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Polygon(_Exact):
    """One instance: outer rings in `parts`, rings cut out of them in `holes`, each `x1, y1, x2, y2, ...`."""

    label: str
    parts: tuple[tuple[float, ...], ...]
    holes: tuple[tuple[float, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Polygons(_Exact):
    """No polygons at all is a true negative."""

    polygons: tuple[Polygon, ...]


@dataclass(frozen=True, slots=True)
class Rle(_Exact):
    """COCO's compressed run-length encoding. `size` is (height, width)."""

    size: tuple[int, int]
    counts: str


@dataclass(frozen=True, slots=True)
class Mask(_Exact):
    """The pixels of one label."""

    label: str
    rle: Rle


@dataclass(frozen=True, slots=True)
class Masks(_Exact):
    """No masks at all is a true negative."""

    masks: tuple[Mask, ...]


@dataclass(frozen=True, slots=True)
class Span(_Exact):
    """Code points `start` up to, not including, `end`."""

    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Spans(_Exact):
    """No spans at all is a true negative."""

    spans: tuple[Span, ...]


Answer = Classes | Boxes | Polygons | Masks | Spans
Region = Box | Polygon | Mask | Span


def regions(answer: Answer) -> tuple[Region, ...]:
    """The marks inside an answer, in order; Classes have none."""
    match answer:
        case Boxes(boxes):
            return boxes
        case Polygons(polygons):
            return polygons
        case Masks(masks):
            return masks
        case Spans(spans):
            return spans
        case Classes():
            return ()
