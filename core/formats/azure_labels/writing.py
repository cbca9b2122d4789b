"""An answer as Azure ML's JSONL has it in `label` and `label_confidence`.

After learn.microsoft.com/azure/machine-learning/reference-automl-images-schema. Coordinates are fractions of
the image's width and height unless the export asks for pixels.

Azure ML keeps the masks of semantic segmentation in files of their own; here each mask is COCO's run-length
encoding under `rle`.
"""

from collections.abc import Sequence

from core.domain.answers import (
    Box,
    Boxes,
    Classes,
    Mask,
    Masks,
    Polygon,
    Polygons,
    Span,
    Spans,
    regions,
)
from core.domain.exports import Coordinates
from core.domain.kinds import Kind
from core.formats.export_rows import ExportRow, Sheet

_ONE_LABEL = frozenset({Kind.IMAGE_MULTICLASS, Kind.TEXT_MULTICLASS})
_MARKED_BY_COORDINATES = frozenset({Kind.OBJECT_DETECTION, Kind.INSTANCE_SEGMENTATION})


class Unwritable(ValueError):
    """An answer that `label` cannot carry; `str()` says why."""


def label_value(row: ExportRow, sheet: Sheet) -> object:
    """What stands in `label`: a text, a list of texts, or a list of regions; None for a skipped item.

    Raises Unwritable.
    """
    answer = row.annotation.answer
    match answer:
        case None:
            return None
        case Classes(labels):
            return labels[0] if sheet.kind in _ONE_LABEL else list(labels)
        case Masks(masks):
            return [_mask(mask) for mask in masks]
        case Spans(spans):
            return [_span(span) for span in spans]
    if not regions(answer):
        return []
    unit = _unit(row, sheet)
    match answer:
        case Boxes(boxes):
            return [_box(box, *unit) for box in boxes]
        case Polygons(polygons):
            return [_polygon(polygon, *unit) for polygon in polygons]


def confidence_value(row: ExportRow, sheet: Sheet) -> object:
    """What stands in `label_confidence`: 1, or a 1 for each label or region; None for a skipped item."""
    answer = row.annotation.answer
    if answer is None:
        return None
    if sheet.kind in _ONE_LABEL:
        return 1
    return [1] * len(answer.labels if isinstance(answer, Classes) else regions(answer))


def _unit(row: ExportRow, sheet: Sheet) -> tuple[float, float]:
    """What coordinates are divided by."""
    if sheet.coordinates is Coordinates.ABSOLUTE:
        return 1, 1
    if row.width is None or row.height is None:
        raise Unwritable(
            "the image cannot be read, and without its size coordinates are no fractions; "
            "export with absolute coordinates"
        )
    return row.width, row.height


def _box(box: Box, width: float, height: float) -> dict[str, object]:
    return {
        "label": box.label,
        "topX": box.x / width,
        "topY": box.y / height,
        "bottomX": (box.x + box.width) / width,
        "bottomY": (box.y + box.height) / height,
        "isCrowd": 0,
    }


def _polygon(polygon: Polygon, width: float, height: float) -> dict[str, object]:
    if polygon.holes:
        raise Unwritable("a polygon has a hole, which this format has no place for; export COCO instead")
    parts = [_ring(part, width, height) for part in polygon.parts]
    return {"label": polygon.label, "isCrowd": 0, "polygon": parts}


def _ring(ring: Sequence[float], width: float, height: float) -> list[float]:
    return [value / (height if at % 2 else width) for at, value in enumerate(ring)]


def _mask(mask: Mask) -> dict[str, object]:
    return {"label": mask.label, "rle": {"size": list(mask.rle.size), "counts": mask.rle.counts}}


def _span(span: Span) -> dict[str, object]:
    return {"label": span.label, "offsetStart": span.start, "offsetEnd": span.end}
