"""Answers from whatever stands in the place of a label."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from core.domain.kinds import Kind
from core.formats.azure_labels.reading import LabelReader, are_fractions, confidence_of
from core.formats.import_records import Sought
from core.formats.record_values import Misread
from tests.spoiled import ANYTHING, spoiled

ONE, SEVERAL = Kind.IMAGE_MULTICLASS, Kind.TEXT_MULTILABEL
NAN = float("nan")
BOX = {"label": "Rose", "topX": 0.25, "topY": 0.5, "bottomX": 0.375, "bottomY": 1.0, "isCrowd": 0}
POLYGON = {"label": "Rose", "polygon": [[0, 0, 1, 0, 1, 1], [0.25, 0.5, 0.75, 0.5, 0.75, 1]]}
MASK = {"label": "Rose", "rle": {"size": [2, 3], "counts": "15"}}
SPAN = {"label": "Rose", "offsetStart": 3, "offsetEnd": 8}
VALUES: dict[Kind, object] = {
    ONE: "Rose",
    SEVERAL: ["Rose", "Animal"],
    Kind.OBJECT_DETECTION: [BOX],
    Kind.INSTANCE_SEGMENTATION: [POLYGON],
    Kind.SEMANTIC_SEGMENTATION: [MASK],
    Kind.TEXT_NER: [SPAN],
}

TYPES: dict[Kind, type[Answer]] = {
    ONE: Classes,
    SEVERAL: Classes,
    Kind.OBJECT_DETECTION: Boxes,
    Kind.INSTANCE_SEGMENTATION: Polygons,
    Kind.SEMANTIC_SEGMENTATION: Masks,
    Kind.TEXT_NER: Spans,
}


def _answer(kind: Kind, value: object, *labels: str) -> Answer:
    return LabelReader(Sought(kind, labels or ("Rose", "Animal", "Animal/Cat"))).answer(value)


@pytest.mark.parametrize(
    ("kind", "value", "labels"),
    [
        (ONE, "Rose", ["Rose"]),
        (ONE, ["Rose"], ["Rose"]),
        (ONE, "a, b", ["a, b"]),
        (ONE, 3, ["3"]),
        (ONE, 3.0, ["3"]),
        (SEVERAL, "Rose", ["Rose"]),
        (SEVERAL, "Rose,Animal/Cat", ["Rose", "Animal/Cat"]),
        (SEVERAL, "Rose, Animal", ["Rose", "Animal"]),
        (SEVERAL, ["Rose", "Animal"], ["Rose", "Animal"]),
        (SEVERAL, '["Rose", "Animal"]', ["Rose", "Animal"]),
        (SEVERAL, [1, 2.0], ["1", "2"]),
    ],
)
def test_labels_are_a_text_a_list_or_joined_by_commas(kind: Kind, value: object, labels: list[str]) -> None:
    assert _answer(kind, value) == Classes(tuple(labels))


def test_labels_with_commas_in_them_stay_whole() -> None:
    labels = ("red, dark", "red", "a,b,c", "[x]")
    assert _answer(SEVERAL, "red,red, dark,a,b,c,d", *labels) == Classes(("red", "red, dark", "a,b,c", "d"))
    assert _answer(SEVERAL, "[x]", *labels) == Classes(("[x]",))
    assert _answer(ONE, "a,b,c", *labels) == Classes(("a,b,c",))


@pytest.mark.parametrize(
    ("kind", "value", "answer"),
    [
        (Kind.OBJECT_DETECTION, [BOX], Boxes((Box("Rose", 0.25, 0.5, 0.125, 0.5),))),
        (Kind.OBJECT_DETECTION, [], Boxes(())),
        (Kind.OBJECT_DETECTION, "[]", Boxes(())),
        (
            Kind.INSTANCE_SEGMENTATION,
            [POLYGON],
            Polygons((Polygon("Rose", ((0, 0, 1, 0, 1, 1), (0.25, 0.5, 0.75, 0.5, 0.75, 1))),)),
        ),
        (Kind.SEMANTIC_SEGMENTATION, [MASK], Masks((Mask("Rose", Rle((2, 3), "15")),))),
        (Kind.TEXT_NER, [SPAN], Spans((Span("Rose", 3, 8),))),
        (Kind.TEXT_NER, [{"label": 7, "offsetStart": "3", "offsetEnd": 8.0}], Spans((Span("7", 3, 8),))),
    ],
)
def test_regions_are_lists_or_their_json(kind: Kind, value: object, answer: Answer) -> None:
    assert _answer(kind, value) == answer
    assert _answer(kind, json.dumps(value) if isinstance(value, list) else value) == answer


@pytest.mark.parametrize(
    ("kind", "value", "why"),
    [
        *((kind, value, "it has no label") for kind in VALUES for value in (None, "", NAN)),
        (ONE, [], "it has no label"),
        (ONE, [""], "its label cannot be read: 0: String should have at least 1 character"),
        (ONE, [None], "its label cannot be read: 0: Input should be a valid string"),
        (ONE, [BOX], "its label cannot be read: 0: Input should be a valid string"),
        (SEVERAL, '["Rose"', "it holds a list that is no JSON"),
        (SEVERAL, "[" * 100_000, "it holds a list that is no JSON"),
        (Kind.OBJECT_DETECTION, "Rose", "its label cannot be read: 0: Input should be"),
        (Kind.OBJECT_DETECTION, [BOX, BOX | {"topX": NAN}], "its label cannot be read: 1.topX: Input"),
        (Kind.OBJECT_DETECTION, [BOX | {"topX": 1e300}], "its label cannot be read: 0.topX: Input"),
        (Kind.OBJECT_DETECTION, [{"label": "Rose"}], "its label cannot be read: 0.topX: Field required"),
        (
            Kind.INSTANCE_SEGMENTATION,
            [POLYGON | {"polygon": [[1, 2, 3]]}],
            "a polygon has an x without its y",
        ),
        (Kind.SEMANTIC_SEGMENTATION, [{"labelFilePath": "x.json"}], "its masks are in another file"),
        (
            Kind.SEMANTIC_SEGMENTATION,
            [MASK | {"rle": {"size": [2, 3], "counts": "19"}}],
            "the rle of a mask is no run-length encoding of its size",
        ),
        (Kind.TEXT_NER, [SPAN | {"offsetEnd": None}], "its label cannot be read: 0.offsetEnd: Input"),
    ],
    ids=range(32),
)
def test_what_is_no_label_says_why(kind: Kind, value: object, why: str) -> None:
    with pytest.raises(Misread) as raised:
        _answer(kind, value)
    assert str(raised.value).startswith(why)


@pytest.mark.parametrize("kind", VALUES)
@given(st.data())
def test_a_spoiled_value_is_read_or_misread(kind: Kind, data: st.DataObject) -> None:
    value = data.draw(st.sampled_from(ANYTHING) | spoiled([VALUES[kind]]))
    with suppress(Misread):
        assert isinstance(
            _answer(kind, value[0] if isinstance(value, list) and value else value), TYPES[kind]
        )


@pytest.mark.parametrize(
    ("value", "confidence"),
    [
        *[(None, None), ("", None), (NAN, None), ([], None)],
        *((1, 1), (0.75, 0.75), ("0.5", 0.5)),
        *(([1, 0.25, 0.5], 0.25), ("1,0.5", 0.5), ("[1, 0.125]", 0.125)),
    ],
)
def test_the_confidence_is_the_least(value: object, confidence: float | None) -> None:
    assert confidence_of(value) == confidence


@pytest.mark.parametrize("value", [1.5, -0.1, "high", [0.5, NAN], [None], {"a": 1}, "[1"])
def test_what_is_no_confidence_says_so(value: object) -> None:
    with pytest.raises(Misread):
        confidence_of(value)


@pytest.mark.parametrize(
    ("answer", "fractions"),
    [
        (Boxes((Box("a", 0, 0, 1, 1), Box("a", 0.25, 0.5, 0.125, 0.5000001))), True),
        (Boxes((Box("a", 0, 0, 1, 1), Box("a", 0.25, 0.5, 3, 0.5))), False),
        (Boxes((Box("a", -5, 0, 6, 1),)), False),
        (Polygons((Polygon("a", ((0, 0, 1, 0, 1, 1), (0, 0, 1, 0, 1, 2))),)), False),
        (Polygons((Polygon("a", ((0, 0, 1, 0, 1, 1),)),)), True),
        (Classes(("a",)), False),
        (Spans((Span("a", 0, 1),)), False),
    ],
)
def test_coordinates_are_fractions_when_all_can_be(answer: Answer, fractions: bool) -> None:
    assert are_fractions(answer) is fractions
