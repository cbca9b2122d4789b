"""The eight answers of the API, from JSON to what the rest of the app knows."""

import json
from dataclasses import replace

import pytest
from pydantic import BaseModel, ValidationError

from core.domain.answers import Answer, Box, Boxes, Classes, Mask, Masks, Polygon, Polygons, Rle, Span, Spans
from core.domain.kinds import Kind
from core.domain.records import ItemRecord
from core.formats.documents import RECORD
from core.logic.answering import Rules, Subject, misfit
from functions.schemas.answers import AnswerIn
from tests.examples import a_record


class _Body(BaseModel):
    answer: AnswerIn | None = None


ANSWERS: dict[str, Answer] = {
    '{"labels": ["Animal/Cat"]}': Classes(("Animal/Cat",)),
    '{"labels": ["a", "b"]}': Classes(("a", "b")),
    '{"labels": []}': Classes(()),
    '{"boxes": [{"label": "a", "x": 1, "y": 2.5, "width": 3, "height": 4}]}': Boxes(
        (Box("a", 1, 2.5, 3, 4),)
    ),
    '{"boxes": []}': Boxes(()),
    '{"polygons": [{"label": "a", "parts": [[1, 2, 3, 4, 5, 7]], "holes": [[6, 7, 8, 9, 0, 3]]}]}': Polygons(
        (Polygon("a", ((1, 2, 3, 4, 5, 7),), ((6, 7, 8, 9, 0, 3),)),)
    ),
    '{"polygons": [{"label": "a", "parts": [[1, 2, 3, 4, 5, 7]]}]}': Polygons(
        (Polygon("a", ((1, 2, 3, 4, 5, 7),)),)
    ),
    '{"polygons": []}': Polygons(()),
    '{"masks": [{"label": "a", "rle": {"size": [2, 3], "counts": "2111"}}]}': Masks(
        (Mask("a", Rle((2, 3), "2111")),)
    ),
    '{"masks": []}': Masks(()),
    '{"spans": [{"label": "a", "start": 1, "end": 2}]}': Spans((Span("a", 1, 2),)),
    '{"spans": []}': Spans(()),
}


def _read(text: str) -> Answer | None:
    return _Body.model_validate({"answer": json.loads(text)}).answer


@pytest.mark.parametrize("text", ANSWERS)
def test_json_becomes_an_answer(text: str) -> None:
    assert _read(text) == ANSWERS[text]


@pytest.mark.parametrize("answer", ANSWERS.values())
def test_what_is_stored_comes_back_as_it_was(answer: Answer) -> None:
    record = a_record()
    stored = ItemRecord((replace(record.revisions[0], answer=answer),), 1)
    assert RECORD.decode(RECORD.encode(stored)) == stored


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("{}", "answer"),
        ("[]", "answer"),
        ('"a"', "answer"),
        ('{"label": "a"}', "answer"),
        ('{"boxes": [], "labels": ["a"]}', "answer.Classes.boxes"),
        ('{"labels": "abc"}', "answer.Classes.labels"),
        ('{"labels": [1]}', "answer.Classes.labels.0"),
        ('{"boxes": [{"label": "a", "x": 1, "y": 2, "width": 3}]}', "answer.Boxes.boxes.0.height"),
        (
            '{"boxes": [{"label": "a", "x": 1, "y": 2, "width": 3, "height": 4, "angle": 5}]}',
            "answer.Boxes.boxes.0.angle",
        ),
        (
            '{"boxes": [{"label": "a", "x": null, "y": 2, "width": 3, "height": 4}]}',
            "answer.Boxes.boxes.0.x",
        ),
        ('{"polygons": [{"label": "a", "parts": [1, 2, 3]}]}', "answer.Polygons.polygons.0.parts.0"),
        (
            '{"masks": [{"label": "a", "rle": {"size": [2, 3, 4], "counts": "2111"}}]}',
            "answer.Masks.masks.0.rle.size",
        ),
        (
            '{"masks": [{"label": "a", "rle": {"size": [2, 3], "counts": [2, 1, 1, 2]}}]}',
            "answer.Masks.masks.0.rle.counts",
        ),
        ('{"spans": [{"label": "a", "start": 1.5, "end": 2}]}', "answer.Spans.spans.0.start"),
    ],
)
def test_what_is_no_answer_is_refused_by_the_name_of_its_field(text: str, field: str) -> None:
    with pytest.raises(ValidationError) as caught:
        _read(text)
    places = {".".join(str(part) for part in error["loc"]) for error in caught.value.errors()}
    assert field in places
    assert all(place.startswith(field.rsplit(".", 1)[0]) for place in places)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_what_python_takes_for_a_number_is_refused_with_its_region(number: str) -> None:
    answer = _read(
        '{"boxes": [{"label": "a", "x": NUMBER, "y": 2, "width": 3, "height": 4}]}'.replace("NUMBER", number)
    )
    assert answer is not None
    reason = misfit(Rules(Kind.OBJECT_DETECTION, frozenset({"a"})), answer, Subject())
    assert reason
    assert reason.startswith("box 1 ('a'): its x is ")
