"""Answers as Azure ML's JSONL has them; the image has 640 x 480 pixels."""

import pytest

from core.domain.answers import (
    Answer,
    Box,
    Boxes,
    Classes,
    Mask,
    Masks,
    Polygon,
    Polygons,
    Rle,
    Span,
    Spans,
)
from core.domain.exports import Coordinates
from core.domain.kinds import Kind
from core.formats.azure_labels.writing import Unwritable, confidence_value, label_value
from tests.unit.formats.rows import a_row, a_sheet

BOXES = Boxes((Box("Rose", 64, 48, 32, 120), Box("Animal", 0, 0, 640, 480)))
POLYGONS = Polygons((Polygon("Rose", ((64, 48, 128, 48, 128, 240), (320, 0, 640, 0, 640, 480))),))
MASKS = Masks((Mask("Rose", Rle((2, 3), "15")),))
SPANS = Spans((Span("Rose", 3, 8), Span("Animal", 5, 6)))


@pytest.mark.parametrize(
    ("kind", "answer", "label", "confidence"),
    [
        (Kind.IMAGE_MULTICLASS, Classes(("Rose",)), "Rose", 1),
        (Kind.TEXT_MULTICLASS, Classes(("Rose",)), "Rose", 1),
        (Kind.IMAGE_MULTILABEL, Classes(("Rose", "Animal/Cat")), ["Rose", "Animal/Cat"], [1, 1]),
        (Kind.TEXT_MULTILABEL, Classes(("Rose",)), ["Rose"], [1]),
        (
            Kind.OBJECT_DETECTION,
            BOXES,
            [
                {"label": "Rose", "topX": 0.1, "topY": 0.1, "bottomX": 0.15, "bottomY": 0.35, "isCrowd": 0},
                {"label": "Animal", "topX": 0, "topY": 0, "bottomX": 1, "bottomY": 1, "isCrowd": 0},
            ],
            [1, 1],
        ),
        (Kind.OBJECT_DETECTION, Boxes(()), [], []),
        (
            Kind.INSTANCE_SEGMENTATION,
            POLYGONS,
            [
                {
                    "label": "Rose",
                    "isCrowd": 0,
                    "polygon": [[0.1, 0.1, 0.2, 0.1, 0.2, 0.5], [0.5, 0, 1, 0, 1, 1]],
                }
            ],
            [1],
        ),
        (
            Kind.SEMANTIC_SEGMENTATION,
            MASKS,
            [{"label": "Rose", "rle": {"size": [2, 3], "counts": "15"}}],
            [1],
        ),
        (
            Kind.TEXT_NER,
            SPANS,
            [
                {"label": "Rose", "offsetStart": 3, "offsetEnd": 8},
                {"label": "Animal", "offsetStart": 5, "offsetEnd": 6},
            ],
            [1, 1],
        ),
        (Kind.OBJECT_DETECTION, None, None, None),
    ],
)
def test_every_kind_has_its_shape(
    kind: Kind, answer: Answer | None, label: object, confidence: object
) -> None:
    row, sheet = a_row("a.jpg", answer), a_sheet(kind)
    assert label_value(row, sheet) == label
    assert confidence_value(row, sheet) == confidence


def test_absolute_coordinates_are_pixels_and_need_no_size() -> None:
    sheet = a_sheet(Kind.OBJECT_DETECTION, Coordinates.ABSOLUTE)
    assert label_value(a_row("a.jpg", Boxes((Box("Rose", 64, 48.5, 32, 120),)), size=None), sheet) == [
        {"label": "Rose", "topX": 64, "topY": 48.5, "bottomX": 96, "bottomY": 168.5, "isCrowd": 0}
    ]


def test_fractions_need_the_size() -> None:
    with pytest.raises(Unwritable, match="without its size"):
        label_value(a_row("a.jpg", BOXES, size=None), a_sheet(Kind.OBJECT_DETECTION, Coordinates.NORMALIZED))


def test_a_hole_has_no_place() -> None:
    frame = Polygon("Rose", ((0, 0, 9, 0, 9, 9),), ((5, 2, 7, 2, 7, 4),))
    with pytest.raises(Unwritable, match="hole"):
        label_value(a_row("a.jpg", Polygons((frame,))), a_sheet(Kind.INSTANCE_SEGMENTATION))
