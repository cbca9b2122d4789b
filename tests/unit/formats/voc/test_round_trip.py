"""What is written comes back: edges of boxes within half a pixel, points of polygons to three decimals."""

from math import floor

import pytest
from hypothesis import given

from core.domain.answers import Answer, Box, Boxes, Polygons
from core.domain.kinds import Kind
from core.formats import voc
from tests.unit.formats.rows import ODD_PATHS, a_row, a_sheet, read_all, written
from tests.unit.formats.shapes import HEIGHT, WIDTH, many_boxes, many_polygons

HALF_A_PIXEL = 0.5 + 1e-9


def _back(kind: Kind, answer: Answer) -> Answer:
    data, _ = written(voc.write, a_sheet(kind), a_row("a.jpg", answer, (WIDTH, HEIGHT)))
    (record,), refusals = read_all(voc.read, data, kind)
    assert not refusals
    assert (record.size, record.normalized) == ((WIDTH, HEIGHT), False)
    return record.answer


def _whole(box: Box) -> Box:
    return Box(box.label, floor(box.x), floor(box.y), floor(box.width), floor(box.height))


def _assert_close(back: Answer, answer: Boxes, tolerance: float) -> None:
    assert isinstance(back, Boxes)
    for box, was in zip(back.boxes, answer.boxes, strict=True):
        assert box.label == was.label
        edges = (box.x, box.y, box.x + box.width, box.y + box.height)
        assert edges == pytest.approx((was.x, was.y, was.x + was.width, was.y + was.height), abs=tolerance)


@given(many_boxes(smallest=1))
def test_boxes(answer: Boxes) -> None:
    _assert_close(_back(Kind.OBJECT_DETECTION, answer), answer, HALF_A_PIXEL)


@given(many_boxes(smallest=0.01))
def test_boxes_of_less_than_a_pixel(answer: Boxes) -> None:
    _assert_close(_back(Kind.OBJECT_DETECTION, answer), answer, 1)


@given(many_boxes(smallest=1).map(lambda answer: Boxes(tuple(map(_whole, answer.boxes)))))
def test_boxes_of_whole_pixels_come_back_exactly(answer: Boxes) -> None:
    assert _back(Kind.OBJECT_DETECTION, answer) == answer


@given(many_polygons())
def test_polygons(answer: Polygons) -> None:
    back = _back(Kind.INSTANCE_SEGMENTATION, answer)
    assert isinstance(back, Polygons)
    for polygon, was in zip(back.polygons, answer.polygons, strict=True):
        assert polygon.label == was.label
        assert polygon.parts[0] == pytest.approx(was.parts[0], abs=0.0005 + 1e-9)


def test_names_come_back_as_they_are() -> None:
    rows = [a_row(path, Boxes(())) for path in ODD_PATHS]
    data, refusals = written(voc.write, a_sheet(Kind.OBJECT_DETECTION), *rows)
    records, _ = read_all(voc.read, data, Kind.OBJECT_DETECTION)
    assert not refusals
    assert tuple(record.location for record in records) == ODD_PATHS
