"""What an annotation of a COCO file says of its place: its `bbox` and `segmentation`.

Everything here raises Misread, with the reason, for what cannot be read. Nothing reaches pycocotools, which
trusts its input, before it is known to be sound.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TypeGuard

from core.domain.answers import Polygon, Rle
from core.formats.record_values import Misread, number, shown
from core.logic.geometry import masks, polygons
from core.logic.geometry.bounds import Bounds

Annotation = Mapping[str, object]
Ring = tuple[float, ...]

OUTLINE_MAX = 1_000_000
"""A ring that becomes a mask is at most so many pixels long: pycocotools takes a hundred bytes for each."""

_WHOLE = 1.000_001
"""The largest fraction there is, and what rounding may add."""
_POINTS_MIN = 3
_TOO_LARGE = f"and a mask has from 1 to {masks.PIXELS_MAX:,} pixels."
_BOX = ("x", "y", "width", "height")


def are_fractions(annotations: Iterable[object]) -> bool:
    """Whether the regions are given in fractions: there are some, and no coordinate is above 1."""
    found = False
    for annotation in annotations:
        for coordinates in _coordinates(annotation):
            if any(value > _WHOLE for value in coordinates):
                return False
            found = True
    return found


def has_box(annotation: Annotation) -> bool:
    """Whether it has a `bbox` that is not empty."""
    return annotation.get("bbox") not in (None, [])


def is_encoded(annotation: Annotation) -> bool:
    """Whether its `segmentation` is a run-length encoding."""
    return isinstance(annotation.get("segmentation"), dict)


def box(annotation: Annotation) -> Bounds:
    """Its `bbox`, or the bounds of its polygon where it has none."""
    if not has_box(annotation):
        return polygons.bounds(Polygon("", rings(annotation)))
    value = annotation["bbox"]
    if not isinstance(value, list) or len(value) != len(_BOX):
        raise Misread(f"its bbox is {shown(value)}, not [x, y, width, height].")
    bounds = Bounds(*(number(given, f"its {name}") for given, name in zip(value, _BOX, strict=True)))
    if bounds.width <= 0 or bounds.height <= 0:
        raise Misread(f"its bbox is {bounds.width:g} wide and {bounds.height:g} high; both must be above 0.")
    return bounds


def rings(annotation: Annotation) -> tuple[Ring, ...]:
    """The parts of the polygon that its `segmentation` is."""
    value = annotation.get("segmentation")
    if value is None or value == []:
        raise Misread("it has no segmentation, so its outline is not known.")
    if not isinstance(value, list):
        raise Misread(f"its segmentation is {shown(value)}, neither polygons nor a run-length encoding.")
    return tuple(_ring(part, f"part {at}") for at, part in enumerate(value, 1))


def encoding(annotation: Annotation) -> Rle:
    """The run-length encoding, compressed or not, that its `segmentation` is."""
    value = annotation.get("segmentation")
    size, counts = (value.get("size"), value.get("counts")) if isinstance(value, dict) else (None, None)
    if not _are_whole(size) or len(size) != 2:
        raise Misread("the size of its run-length encoding is not [height, width].")
    height, width = size
    if not (height > 0 and width > 0 and height * width <= masks.PIXELS_MAX):
        raise Misread(f"its mask is {shown(height)} high and {shown(width)} wide, {_TOO_LARGE}")
    if isinstance(counts, str):
        rle = Rle((height, width), counts)
        if not masks.is_sound(rle):
            raise Misread(f"its counts are no run-length encoding of {height} x {width} pixels.")
        return rle
    if not _are_whole(counts) or min(counts, default=-1) < 0 or sum(counts) != height * width:
        raise Misread(f"its counts are not whole numbers from 0 on that add up to {height} x {width} pixels.")
    return masks.from_runs((height, width), counts)


def drawn(parts: Sequence[Ring], width: int, height: int) -> Rle:
    """The pixels inside rings that lie in an image of this size."""
    if width * height > masks.PIXELS_MAX:
        raise Misread(f"its image is {height} high and {width} wide, {_TOO_LARGE}")
    for at, part in enumerate(parts, 1):
        if min(part) < -1 or max(part[0::2]) > width + 1 or max(part[1::2]) > height + 1:
            raise Misread(f"part {at} sticks out of the image of {width} x {height} pixels.")
        if polygons.outline(part) > OUTLINE_MAX:
            raise Misread(f"part {at} is longer than {OUTLINE_MAX:,} pixels.")
    return masks.from_polygon(Polygon("", tuple(parts)), width, height)


def _ring(value: object, name: str) -> Ring:
    if not isinstance(value, list):
        raise Misread(f"{name} of its segmentation is {shown(value)}, not [x1, y1, x2, y2, ...].")
    if len(value) % 2:
        raise Misread(f"{name} of its segmentation has {len(value)} numbers, which are no pairs of x and y.")
    if len(value) < 2 * _POINTS_MIN:
        raise Misread(f"{name} of its segmentation has fewer than {_POINTS_MIN} points.")
    what = f"a coordinate of {name}"
    return tuple(number(coordinate, what) for coordinate in value)


def _are_whole(values: object) -> TypeGuard[list[int]]:
    return isinstance(values, list) and all(type(value) is int for value in values)


def _coordinates(annotation: object) -> Iterator[Sequence[float]]:
    """Those of its places that can be read; the others will be refused, and say nothing of these."""
    for read in (box, lambda given: tuple(chain.from_iterable(rings(given)))):
        try:
            yield read(annotation) if isinstance(annotation, dict) else ()
        except Misread:
            continue
