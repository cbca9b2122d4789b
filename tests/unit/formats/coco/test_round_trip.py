"""What is written comes back: exactly in pixels, and but for the last digits in fractions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.answers import Answer, Box, Boxes, Classes, Mask, Masks, Polygon, Polygons
from core.domain.exports import Coordinates
from core.domain.kinds import Kind
from core.formats import coco
from core.formats.import_records import Record
from core.logic.geometry import masks
from core.logic.geometry.moves import scaled
from tests.unit.formats.rows import ODD_PATHS, a_row, a_sheet, read_all, written
from tests.unit.formats.shapes import HEIGHT, LABEL, WIDTH, many_boxes, many_polygons
from tests.unit.logic.geometry.shapes import rles

LARGE = Box("Rose", 0, 0, WIDTH, HEIGHT)
"""Regions that are all inside the first pixel would be taken for fractions."""

CLASSES = st.lists(LABEL, min_size=1, unique=True).map(lambda found: Classes(tuple(found)))
BOXES = many_boxes().map(lambda answer: Boxes((LARGE, *answer.boxes)))
POLYGONS = many_polygons(parts=3)
MASKS = st.tuples(LABEL, rles().filter(masks.area)).map(lambda found: Masks((Mask(*found),)))


def _back(kind: Kind, answer: Answer, coordinates: Coordinates | None = None) -> Record:
    row = a_row("a.jpg", answer, (WIDTH, HEIGHT))
    data, _ = written(coco.write, a_sheet(kind, coordinates), row)
    (record,), refusals = read_all(coco.read, data, kind)
    assert not refusals
    return record


@given(CLASSES)
def test_classes(answer: Classes) -> None:
    for coordinates in Coordinates:
        assert _back(Kind.IMAGE_MULTILABEL, answer, coordinates).answer == answer


@given(BOXES)
def test_boxes(answer: Boxes) -> None:
    assert _back(Kind.OBJECT_DETECTION, answer).answer == answer


@given(POLYGONS)
def test_polygons(answer: Polygons) -> None:
    assert _back(Kind.INSTANCE_SEGMENTATION, answer).answer == answer


@given(MASKS)
def test_masks(answer: Masks) -> None:
    for coordinates in Coordinates:
        assert _back(Kind.SEMANTIC_SEGMENTATION, answer, coordinates).answer == answer


@given(many_boxes().filter(lambda answer: bool(answer.boxes)))
def test_boxes_in_azure_mls_layout(answer: Boxes) -> None:
    record = _back(Kind.OBJECT_DETECTION, answer, Coordinates.NORMALIZED)
    assert record.normalized
    back = scaled(record.answer, WIDTH, HEIGHT)
    assert isinstance(back, Boxes)
    for box, was in zip(back.boxes, answer.boxes, strict=True):
        assert box.label == was.label
        assert (box.x, box.y) == pytest.approx((was.x, was.y), abs=1e-9)
        assert (box.width, box.height) == pytest.approx((was.width, was.height), abs=1e-9)


@given(POLYGONS.filter(lambda answer: bool(answer.polygons)))
def test_polygons_in_azure_mls_layout(answer: Polygons) -> None:
    record = _back(Kind.INSTANCE_SEGMENTATION, answer, Coordinates.NORMALIZED)
    back = scaled(record.answer, WIDTH, HEIGHT)
    assert isinstance(back, Polygons)
    for polygon, was in zip(back.polygons, answer.polygons, strict=True):
        for part, part_was in zip(polygon.parts, was.parts, strict=True):
            assert part == pytest.approx(part_was, abs=1e-9)


def test_a_polygon_with_a_hole_comes_back_along_its_pixels() -> None:
    frame = Polygon("Rose", ((1, 1, 9, 1, 9, 7, 1, 7),), ((2, 3, 2, 5, 4, 5, 4, 3),))
    assert _back(Kind.INSTANCE_SEGMENTATION, Polygons((frame,))).answer == Polygons((frame,))


@pytest.mark.parametrize("coordinates", Coordinates)
def test_names_come_back_as_they_are(coordinates: Coordinates) -> None:
    rows = [a_row(path, Classes(("Rose",))) for path in ODD_PATHS]
    data, _ = written(coco.write, a_sheet(Kind.IMAGE_MULTICLASS, coordinates), *rows)
    records, _ = read_all(coco.read, data, Kind.IMAGE_MULTICLASS)
    assert tuple(record.location for record in records) == ODD_PATHS
