"""What JSONL, MLTable and CSV write comes back: but for the last digits of fractions exactly."""

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.answers import Answer, Box, Boxes, Classes, Mask, Masks, Polygon, Polygons, Span, Spans
from core.domain.exports import Coordinates
from core.domain.kinds import Kind
from core.formats import csv, jsonl, mltable
from core.formats.export_rows import Write
from core.formats.import_records import Read, Record
from core.logic.geometry.moves import scaled
from tests.unit.formats.rows import a_row, a_sheet, read_all, written
from tests.unit.formats.shapes import HEIGHT, LABEL, WIDTH, many_boxes, many_polygons
from tests.unit.logic.geometry.shapes import rles

TOLERANCE = 1e-9
"""Pixels."""

FORMATS: list[tuple[Write, Read]] = [
    (jsonl.write, jsonl.read),
    (mltable.write, mltable.read),
    (csv.write, csv.read),
]
CLASSES = st.lists(LABEL, min_size=1, unique=True).map(lambda found: Classes(tuple(found)))
MASKS = st.lists(st.builds(Mask, LABEL, rles()), max_size=3).map(lambda found: Masks(tuple(found)))
SPANS = st.lists(st.builds(Span, LABEL, st.integers(0), st.integers(0)), max_size=3).map(
    lambda found: Spans(tuple(found))
)
EXACT: dict[Kind, st.SearchStrategy[Answer]] = {
    Kind.IMAGE_MULTILABEL: CLASSES,
    Kind.TEXT_MULTILABEL: CLASSES,
    Kind.SEMANTIC_SEGMENTATION: MASKS,
    Kind.TEXT_NER: SPANS,
}
WHOLE_IMAGE = Box("Rose", 0, 0, WIDTH, HEIGHT)
WHOLE_RING = Polygon("Rose", ((0, 0, WIDTH, 0, WIDTH, HEIGHT),))
"""Regions that are all inside the first pixel would be taken for fractions."""

formats = pytest.mark.parametrize(("write", "read"), FORMATS, ids=["jsonl", "mltable", "csv"])


def _back(
    write: Write, read: Read, kind: Kind, answer: Answer, coordinates: Coordinates | None = None
) -> Record:
    data, refused = written(write, a_sheet(kind, coordinates), a_row("a.jpg", answer, (WIDTH, HEIGHT)))
    (record,), refusals = read_all(read, data, kind)
    assert not refused
    assert not refusals
    return record


def _in_pixels(record: Record) -> Answer:
    return scaled(record.answer, WIDTH, HEIGHT) if record.normalized else record.answer


@formats
@pytest.mark.parametrize("kind", EXACT)
@given(st.data())
def test_labels_masks_and_spans(write: Write, read: Read, kind: Kind, data: st.DataObject) -> None:
    answer = data.draw(EXACT[kind])
    assert _back(write, read, kind, answer).answer == answer


@formats
@given(LABEL)
def test_one_label(write: Write, read: Read, label: str) -> None:
    answer = Classes((label,))
    assert _back(write, read, Kind.TEXT_MULTICLASS, answer).answer == answer


@formats
@given(many_boxes(), st.sampled_from([None, *Coordinates]))
def test_boxes(write: Write, read: Read, answer: Boxes, coordinates: Coordinates | None) -> None:
    answer = Boxes((WHOLE_IMAGE, *answer.boxes))
    back = _in_pixels(_back(write, read, Kind.OBJECT_DETECTION, answer, coordinates))
    assert isinstance(back, Boxes)
    for box, was in zip(back.boxes, answer.boxes, strict=True):
        assert box.label == was.label
        sides = (box.x, box.y, box.width, box.height)
        assert sides == pytest.approx((was.x, was.y, was.width, was.height), abs=TOLERANCE)


@formats
@given(many_polygons(parts=2), st.sampled_from([None, *Coordinates]))
def test_polygons(write: Write, read: Read, answer: Polygons, coordinates: Coordinates | None) -> None:
    answer = Polygons((WHOLE_RING, *answer.polygons))
    back = _in_pixels(_back(write, read, Kind.INSTANCE_SEGMENTATION, answer, coordinates))
    assert isinstance(back, Polygons)
    for polygon, was in zip(back.polygons, answer.polygons, strict=True):
        assert polygon.label == was.label
        assert [len(part) for part in polygon.parts] == [len(part) for part in was.parts]
        assert list(chain(*polygon.parts)) == pytest.approx(list(chain(*was.parts)), abs=TOLERANCE)


@formats
@pytest.mark.parametrize(
    ("kind", "answer"), [(Kind.OBJECT_DETECTION, Boxes(())), (Kind.INSTANCE_SEGMENTATION, Polygons(()))]
)
def test_true_negatives(write: Write, read: Read, kind: Kind, answer: Answer) -> None:
    assert _back(write, read, kind, answer).answer == answer
