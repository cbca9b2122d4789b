"""What is written comes back: every coordinate to a millionth of the image's width or height."""

import pytest
from hypothesis import given

from core.domain.answers import Answer, Boxes, Polygons
from core.domain.kinds import Kind
from core.formats import yolo
from core.logic.geometry.moves import scaled
from tests.unit.formats.rows import ODD_PATHS, a_row, a_sheet, read_all, written
from tests.unit.formats.shapes import HEIGHT, WIDTH, many_boxes, many_polygons

MILLIONTH = WIDTH / 1_000_000


def _back(kind: Kind, answer: Answer) -> Answer:
    data, _ = written(yolo.write, a_sheet(kind), a_row("a.jpg", answer, (WIDTH, HEIGHT)))
    (record,), refusals = read_all(yolo.read, data, kind)
    assert not refusals
    assert record.normalized
    return scaled(record.answer, WIDTH, HEIGHT)


@given(many_boxes())
def test_boxes(answer: Boxes) -> None:
    back = _back(Kind.OBJECT_DETECTION, answer)
    assert isinstance(back, Boxes)
    for box, was in zip(back.boxes, answer.boxes, strict=True):
        assert box.label == was.label
        edges = (box.x, box.y, box.x + box.width, box.y + box.height)
        assert edges == pytest.approx((was.x, was.y, was.x + was.width, was.y + was.height), abs=MILLIONTH)


@given(many_polygons())
def test_polygons(answer: Polygons) -> None:
    back = _back(Kind.INSTANCE_SEGMENTATION, answer)
    assert isinstance(back, Polygons)
    for polygon, was in zip(back.polygons, answer.polygons, strict=True):
        assert polygon.label == was.label
        assert polygon.parts[0] == pytest.approx(was.parts[0], abs=MILLIONTH)


def test_names_come_back_without_their_extension() -> None:
    rows = [a_row(path, Boxes(())) for path in ODD_PATHS]
    data, refusals = written(yolo.write, a_sheet(Kind.OBJECT_DETECTION), *rows)
    records, _ = read_all(yolo.read, data, Kind.OBJECT_DETECTION)
    assert not refusals
    assert [f"{record.location}.jpg" for record in records] == list(ODD_PATHS)
