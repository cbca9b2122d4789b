"""What the app writes, the job's schema allows; what the schema allows, the app reads."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from jsonschema import Draft202012Validator

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
from core.formats import jsonl, votes
from core.formats.import_records import Record
from tests.jobs.aggregating import schema
from tests.unit.formats.rows import ODD_PATHS, a_row, a_sheet, read_all, written

ANSWERS: Mapping[Kind, Answer] = {
    Kind.IMAGE_MULTICLASS: Classes(("Rose",)),
    Kind.IMAGE_MULTILABEL: Classes(("Rose", "Animal/Cat")),
    Kind.OBJECT_DETECTION: Boxes((Box("Rose", 1.5, 2, 30, 40),)),
    Kind.INSTANCE_SEGMENTATION: Polygons((Polygon("Rose", ((0, 0, 9, 0, 9, 8),)),)),
    Kind.SEMANTIC_SEGMENTATION: Masks((Mask("Rose", Rle((4, 3), "04")),)),
    Kind.TEXT_MULTICLASS: Classes(("Animal",)),
    Kind.TEXT_MULTILABEL: Classes(("Animal",)),
    Kind.TEXT_NER: Spans((Span("Rose", 2, 5),)),
}


@pytest.mark.parametrize("kind", Kind)
def test_votes_of_every_kind_are_as_the_schema_says(kind: Kind) -> None:
    rows = [a_row(path, ANSWERS[kind]) for path in ODD_PATHS]
    data, _ = written(votes.write, a_sheet(kind), *rows)
    lines = data.decode().splitlines()
    assert len(lines) == len(ODD_PATHS)
    for line in lines:
        Draft202012Validator(schema("votes")).validate(json.loads(line))


def _answer(path: str, label: object) -> dict[str, Any]:
    line = {"item": "0000-0007", "image_url": path, "label": label, "label_confidence": 0.875}
    Draft202012Validator(schema("consensus")).validate(line)
    return line


@pytest.mark.parametrize(
    ("kind", "label", "labels"),
    [
        (Kind.IMAGE_MULTICLASS, "Animal/Cat", ("Animal/Cat",)),
        (Kind.TEXT_MULTICLASS, "Rose", ("Rose",)),
        (Kind.IMAGE_MULTILABEL, ["Rose"], ("Rose",)),
        (Kind.TEXT_MULTILABEL, ["Rose", "Animal"], ("Rose", "Animal")),
    ],
)
def test_answers_that_the_schema_allows_are_read(kind: Kind, label: object, labels: tuple[str, ...]) -> None:
    lines = [_answer(path, label) for path in (*ODD_PATHS, "news.csv#12")]
    data = "\n".join(map(json.dumps, lines)).encode()
    found, refusals = read_all(jsonl.read, data, kind)
    assert not refusals
    for record, line in zip(found, lines, strict=True):
        assert isinstance(record, Record)
        assert (record.answer, record.location, record.confidence) == (
            Classes(labels),
            line["image_url"],
            0.875,
        )
