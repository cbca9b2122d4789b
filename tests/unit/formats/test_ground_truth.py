"""AWS SageMaker Ground Truth's augmented manifests."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.answers import Box, Boxes, Classes, Span, Spans
from core.domain.kinds import Kind
from core.domain.transfers import Refusal
from core.formats.ground_truth import read
from core.formats.import_records import Record, Sought
from tests.spoiled import spoiled

Json = dict[str, object]

CLASS: Json = {"class-name": "dog", "confidence": 0.75, "type": "groundtruth/image-classification"}
MACHINE: Json = {"human-annotated": "no"}
DOG: Json = {"source-ref": "s3://b/pets/a%20b.jpg", "species": 0, "species-metadata": CLASS | MACHINE}
SEVERAL: Json = {
    "source-ref": "s3://b/a.jpg",
    "things": [1, 0, 8],
    "things-metadata": {
        "class-map": {"0": "person", "1": "bicycle", "8": "clothing"},
        "confidence-map": {"1": 0.95, "0": 0.77, "8": 0.2},
        "human-annotated": "yes",
        "type": "groundtruth/image-classification-multilabel",
    },
}
BOXES: Json = {
    "source-ref": "s3://b/a.jpg",
    "box": {
        "image_size": [{"width": 500, "height": 400, "depth": 3}],
        "annotations": [
            {"class_id": 0, "left": 111, "top": 134, "width": 61, "height": 128},
            {"class_id": 5, "left": 20, "top": 21.5, "width": 30, "height": 31},
        ],
    },
    "box-metadata": {
        "objects": [{"confidence": 0.8}, {"confidence": 0.9}],
        "class-map": {"0": "dog", "5": "bone"},
        "type": "groundtruth/object-detection",
        "human-annotated": "yes",
    },
}
SPANS: Json = {
    "source": "Ada saw York",
    "ner": {
        "annotations": {
            "labels": [{"label": "person", "shortDisplayName": "p"}],
            "entities": [
                {"label": "place", "startOffset": 8, "endOffset": 12},
                {"label": "person", "startOffset": 0, "endOffset": 3},
            ],
        }
    },
    "ner-metadata": {
        "type": "groundtruth/text-span",
        "human-annotated": "yes",
        "entities": [{"confidence": 0}, {"confidence": 0}],
    },
}


def _read(kind: Kind, *lines: Json) -> list[Record | Refusal]:
    text = "\n".join(json.dumps(line) for line in lines)
    return list(read(io.BytesIO(text.encode()), "output.manifest", Sought(kind, ("dog",))))


def _record(kind: Kind, line: Json) -> Record:
    (record,) = _read(kind, line)
    assert isinstance(record, Record), record
    return record


def _inside(line: Json, *changes: tuple[str, Json]) -> Json:
    """The line, with changes inside its objects."""
    for name, change in changes:
        inside = line[name]
        assert isinstance(inside, dict)
        line = line | {name: inside | change}
    return line


def test_a_class_is_told_by_its_name() -> None:
    assert _record(Kind.IMAGE_MULTICLASS, DOG) == Record(
        "line 1", Classes(("dog",)), "s3://b/pets/a%20b.jpg", confidence=0.75
    )


def test_several_classes_are_as_sure_as_the_least() -> None:
    assert _record(Kind.IMAGE_MULTILABEL, SEVERAL) == Record(
        "line 1", Classes(("bicycle", "person", "clothing")), "s3://b/a.jpg", confidence=0.2
    )


def test_one_class_does_for_a_project_of_several() -> None:
    assert _record(Kind.IMAGE_MULTILABEL, DOG).answer == Classes(("dog",))


def test_boxes_are_in_pixels() -> None:
    boxes = Boxes((Box("dog", 111, 134, 61, 128), Box("bone", 20, 21.5, 30, 31)))
    assert _record(Kind.OBJECT_DETECTION, BOXES) == Record(
        "line 1", boxes, "s3://b/a.jpg", confidence=0.8, size=(500, 400)
    )


def test_no_boxes_are_a_true_negative() -> None:
    line = _inside(BOXES, ("box", {"annotations": []}), ("box-metadata", {"objects": []}))
    record = _record(Kind.OBJECT_DETECTION, line)
    assert (record.answer, record.confidence) == (Boxes(()), None)


def test_spans_come_with_their_text() -> None:
    spans = Spans((Span("place", 8, 12), Span("person", 0, 3)))
    assert _record(Kind.TEXT_NER, SPANS) == Record("line 1", spans, text="Ada saw York")


def test_texts_may_be_files() -> None:
    line: Json = {"source-ref": "s3://b/a.txt", "mood": 1, "mood-metadata": CLASS}
    line = _inside(line, ("mood-metadata", {"type": "groundtruth/text-classification"}))
    record = _record(Kind.TEXT_MULTICLASS, line)
    assert (record.location, record.text, record.answer) == ("s3://b/a.txt", None, Classes(("dog",)))


@pytest.mark.parametrize(("human", "confidence"), [("yes", None), ("no", 0.0)])
def test_a_confidence_of_0_means_that_one_person_was_asked(human: str, confidence: float | None) -> None:
    line = _inside(DOG, ("species-metadata", {"confidence": 0.0, "human-annotated": human}))
    assert _record(Kind.IMAGE_MULTICLASS, line).confidence == confidence


def test_of_several_labels_the_last_that_fits_and_did_not_fail_counts() -> None:
    adjusted: Json = {"again": 1, "again-metadata": CLASS | {"class-name": "cat"}}
    verified: Json = {"ok": 0, "ok-metadata": {"class-name": "bad", "type": "groundtruth/label-verification"}}
    failed: Json = {"late-metadata": CLASS | {"failure-reason": "ClientError"}, "late": 2}
    line = DOG | adjusted | verified | failed | {"my-metadata": "mine", "box": {}}
    assert _record(Kind.IMAGE_MULTICLASS, line).answer == Classes(("cat",))


MASK: Json = {
    "source-ref": "s3://b/a.jpg",
    "street-ref": "s3://b/mask.png",
    "street-ref-metadata": {"type": "groundtruth/semantic-segmentation", "internal-color-map": {}},
}
FAILED: Json = {"source-ref": "s3://b/a.jpg", "box-metadata": {"failure-reason": "ClientError: expired"}}


@pytest.mark.parametrize(
    ("kind", "line", "reason"),
    [
        (Kind.SEMANTIC_SEGMENTATION, MASK, "convert the masks to COCO"),
        (Kind.OBJECT_DETECTION, FAILED, "its labeling failed: ClientError: expired."),
        (Kind.OBJECT_DETECTION, {"source-ref": "s3://b/a.jpg"}, "it has no label."),
        (Kind.OBJECT_DETECTION, DOG, "only image-classification."),
        (Kind.INSTANCE_SEGMENTATION, BOXES, "only object-detection."),
        (Kind.IMAGE_MULTICLASS, DOG | {"source-ref": None}, "it has no source-ref."),
        (Kind.TEXT_NER, SPANS | {"source": None}, "neither source-ref nor source"),
        (Kind.IMAGE_MULTICLASS, _inside(DOG, ("species-metadata", {"class-name": None})), "no class-name"),
        (Kind.IMAGE_MULTICLASS, _inside(DOG, ("species-metadata", {"confidence": 2})), "confidence: "),
        (Kind.IMAGE_MULTILABEL, SEVERAL | {"things": [1, 7]}, "class-map has no class 7."),
        (Kind.OBJECT_DETECTION, _inside(BOXES, ("box", {"annotations": [{}]})), "annotations.0.class_id: "),
    ],
)
def test_a_line_without_a_label_to_take_is_refused(kind: Kind, line: Json, reason: str) -> None:
    (refusal,) = _read(kind, line)
    assert isinstance(refusal, Refusal)
    assert refusal.where == "line 1"
    assert reason in refusal.why


def test_every_line_is_a_record_or_a_refusal() -> None:
    data = b'\n{"source-ref": 5}\n\n{oops\n' + json.dumps(DOG).encode()
    found = list(read(io.BytesIO(data), "output.manifest", Sought(Kind.IMAGE_MULTICLASS, ("dog",))))
    assert [one.where for one in found] == ["line 2", "line 4", "line 5"]
    assert [isinstance(one, Record) for one in found] == [False, False, True]


LINES = {
    Kind.IMAGE_MULTICLASS: DOG,
    Kind.IMAGE_MULTILABEL: SEVERAL,
    Kind.OBJECT_DETECTION: BOXES,
    Kind.TEXT_NER: SPANS,
}


@given(st.sampled_from(list(LINES)), st.data())
def test_anything_anywhere_is_a_record_or_a_refusal(kind: Kind, data: st.DataObject) -> None:
    line = data.draw(spoiled(LINES[kind]))
    assert isinstance(line, dict)
    first, second = _read(kind, line, LINES[kind])
    assert isinstance(second, Record)
    if isinstance(first, Refusal):
        assert len(first.why) < 200
