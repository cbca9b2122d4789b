"""The region that an annotation of a COCO file is, for a project of one kind.

Everything here raises Misread for an annotation that is none. `fractions`: coordinates are fractions of the
image's width and height; those of run-length encodings, which are pixels, become fractions then.
"""

from core.domain.answers import Box, Mask, Polygon, Rle
from core.formats.coco import segmentations
from core.formats.coco.fractions import to_fractions, to_pixels
from core.formats.coco.segmentations import Annotation
from core.formats.record_values import Misread
from core.logic.geometry import masks, outlines


def read_box(annotation: Annotation, label: str, fractions: bool) -> Box:
    """Its `bbox`; where it has none, the bounds of its segmentation."""
    if segmentations.has_box(annotation) or not segmentations.is_encoded(annotation):
        return Box(label, *segmentations.box(annotation))
    rle = _encoding(annotation)
    height, width = rle.size
    bounds = masks.bounds(rle)
    return Box(label, *(to_fractions(bounds, width, height) if fractions else bounds))


def read_polygon(annotation: Annotation, label: str, fractions: bool) -> Polygon:
    """Its polygon; where it is run-length encoded, the outline of the pixels."""
    if not segmentations.is_encoded(annotation):
        return Polygon(label, segmentations.rings(annotation))
    rle = _encoding(annotation)
    try:
        polygon = outlines.around(label, rle)
    except ValueError as error:
        raise Misread("its mask falls into too many pieces to be outlined.") from error
    if not fractions:
        return polygon
    height, width = rle.size
    parts, holes = (
        tuple(to_fractions(ring, width, height) for ring in rings) for rings in (polygon.parts, polygon.holes)
    )
    return Polygon(label, parts, holes)


def read_mask(annotation: Annotation, label: str, size: tuple[int, int] | None, fractions: bool) -> Mask:
    """Its pixels. Those of a polygon are known where the image's `size`, width and height, is."""
    if segmentations.is_encoded(annotation):
        return Mask(label, _encoding(annotation))
    rings = segmentations.rings(annotation)
    if size is None:
        raise Misread("it is a polygon, which becomes a mask only where the file gives the image's size.")
    if fractions:
        rings = tuple(to_pixels(ring, *size) for ring in rings)
    return Mask(label, _not_empty(segmentations.drawn(rings, *size)))


def _encoding(annotation: Annotation) -> Rle:
    return _not_empty(segmentations.encoding(annotation))


def _not_empty(rle: Rle) -> Rle:
    if not masks.area(rle):
        raise Misread("there is no pixel in it.")
    return rle
