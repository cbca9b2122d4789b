"""What one labeler says of one item: one shape for each family of kinds.

Regions are in pixels of the upright (EXIF applied) image; spans are half-open and count code points.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Classes:
    """The labels of a whole image or text."""

    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """`x`, `y` is the upper left corner."""

    label: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Boxes:
    """No boxes at all is a true negative."""

    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Polygon:
    """One instance: outer rings in `parts`, rings cut out of them in `holes`, each `x1, y1, x2, y2, ...`."""

    label: str
    parts: tuple[tuple[float, ...], ...]
    holes: tuple[tuple[float, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Polygons:
    """No polygons at all is a true negative."""

    polygons: tuple[Polygon, ...]


@dataclass(frozen=True, slots=True)
class Rle:
    """COCO's compressed run-length encoding. `size` is (height, width)."""

    size: tuple[int, int]
    counts: str


@dataclass(frozen=True, slots=True)
class Mask:
    """The pixels of one label."""

    label: str
    rle: Rle


@dataclass(frozen=True, slots=True)
class Masks:
    """No masks at all is a true negative."""

    masks: tuple[Mask, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """Code points `start` up to, not including, `end`."""

    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Spans:
    """No spans at all is a true negative."""

    spans: tuple[Span, ...]


Answer = Classes | Boxes | Polygons | Masks | Spans
