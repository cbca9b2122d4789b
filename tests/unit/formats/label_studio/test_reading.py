"""Label Studio's exports."""

import io
import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.answers import Answer, Box, Boxes, Classes, Mask, Masks, Polygon, Polygons, Span, Spans
from core.domain.errors import InvalidFile
from core.domain.kinds import Kind
from core.domain.transfers import Refusal
from core.formats.import_records import Record, Sought
from core.formats.label_studio.reading import read
from core.logic.geometry import masks
from tests.spoiled import spoiled
from tests.unit.formats.label_studio.test_brush import packed

LABELS = ("Cat", "Dog", "Animal/Cat")

Json = dict[str, object]


def _read(kind: Kind, *tasks: object) -> list[Record | Refusal]:
    return list(read(io.BytesIO(json.dumps(tasks).encode()), "export.json", Sought(kind, LABELS)))


def _record(kind: Kind, task: Json) -> Record:
    (record,) = _read(kind, task)
    assert isinstance(record, Record), record
    return record


def _reason(kind: Kind, task: object) -> str:
    (refusal,) = _read(kind, task)
    assert isinstance(refusal, Refusal), refusal
    return refusal.why


def _result(control: str, value: Json, fields: Json | None = None, *, name: str = "tag") -> Json:
    return {"type": control, "from_name": name, "to_name": "img", "value": value} | (fields or {})


def _task(*results: Json, data: Json | None = None) -> Json:
    annotation = {"id": 9, "completed_by": 1, "was_cancelled": False, "result": list(results)}
    return {"id": 17, "data": data or {"image": "s3://b/a.jpg"}, "annotations": [annotation]}


def _choices(*names: str, control: str = "tag") -> Json:
    return _result("choices", {"choices": list(names)}, name=control)


RECTANGLE: Json = {"x": 10, "y": 20.5, "width": 30, "height": 40, "rotation": 0}
SIZE: Json = {"original_width": 640, "original_height": 480, "image_rotation": 0}
HOUND: Json = {**RECTANGLE, "rectanglelabels": ["Dog"]}
BOX = Box("Dog", 0.1, 0.205, 0.3, 0.4)


def test_choices_are_labels_of_the_image() -> None:
    assert _record(Kind.IMAGE_MULTILABEL, _task(_choices("Dog", "Cat"))) == Record(
        "entry 1, task 17", Classes(("Dog", "Cat")), "s3://b/a.jpg"
    )


def test_a_taxonomy_is_paths_of_labels() -> None:
    task = _task(_result("taxonomy", {"taxonomy": [["Animal", "Cat"], ["Dog"]]}))
    assert _record(Kind.IMAGE_MULTILABEL, task).answer == Classes(("Animal/Cat", "Dog"))


def test_rectangles_are_fractions_of_the_image() -> None:
    record = _record(Kind.OBJECT_DETECTION, _task(_result("rectanglelabels", HOUND, SIZE)))
    assert record.answer == Boxes((BOX,))
    assert (record.size, record.normalized) == ((640, 480), True)


def test_labels_beside_a_rectangle_tool_name_its_rectangles() -> None:
    value: Json = {**RECTANGLE, "labels": ["Dog"]}
    task = _task(_result("rectangle", RECTANGLE), _result("labels", value), _result("textarea", value))
    assert _record(Kind.OBJECT_DETECTION, task).answer == Boxes((BOX,))


def test_polygons_are_fractions_of_the_image() -> None:
    points = [[10, 20], [30.5, 20], [30.5, 90]]
    task = _task(_result("polygonlabels", {"points": points, "polygonlabels": ["Cat"]}, SIZE))
    record = _record(Kind.INSTANCE_SEGMENTATION, task)
    assert record.answer == Polygons((Polygon("Cat", ((0.1, 0.2, 0.305, 0.2, 0.305, 0.9),)),))
    assert record.normalized


def _brush(label: str, *pixels: int) -> Json:
    rle = list(packed([("0", 12, [byte for pixel in pixels for byte in (7, 8, 9, pixel)])], 12))
    value: Json = {"format": "rle", "rle": rle, "brushlabels": [label]}
    return _result("brushlabels", value, {"original_width": 3, "original_height": 1, "image_rotation": 0})


def test_brushes_of_one_label_are_one_mask() -> None:
    task = _task(_brush("Cat", 255, 0, 0), _brush("Dog", 0, 1, 0), _brush("Cat", 0, 0, 255))
    record = _record(Kind.SEMANTIC_SEGMENTATION, task)
    assert record.answer == Masks(
        (
            Mask("Cat", masks.encode(np.array([[True, False, True]]))),
            Mask("Dog", masks.encode(np.array([[False, True, False]]))),
        )
    )
    assert (record.size, record.normalized) == ((3, 1), False)


def _stretch(start: object, end: object, **value: object) -> Json:
    return _result("labels", {"start": start, "end": end, "labels": ["Cat"], **value})


def _span(text: str, *stretches: Json) -> Answer:
    record = _record(Kind.TEXT_NER, _task(*stretches, data={"text": text}))
    assert (record.text, record.location) == (text, None)
    return record.answer


def test_stretches_of_text_are_spans() -> None:
    assert _span("my cat", _stretch(3, 6, text="cat")) == Spans((Span("Cat", 3, 6),))


@pytest.mark.parametrize(
    ("start", "end", "covered"),
    [(2, 5, "cat"), (3, 6, "cat"), (2, 5, None), (2, 5, "kitten")],
    ids=["code points", "UTF-16 units", "not told", "neither"],
)
def test_offsets_count_code_points_unless_only_utf_16_units_are_right(
    start: int, end: int, covered: str | None
) -> None:
    assert _span("😀 cat", _stretch(start, end, text=covered)) == Spans((Span("Cat", 2, 5),))


def test_an_annotation_of_nothing_is_a_true_negative() -> None:
    assert _record(Kind.OBJECT_DETECTION, _task()).answer == Boxes(())
    assert _record(Kind.INSTANCE_SEGMENTATION, _task()).answer == Polygons(())
    assert _record(Kind.SEMANTIC_SEGMENTATION, _task()).answer == Masks(())
    assert _record(Kind.TEXT_NER, _task(data={"text": "a"})).answer == Spans(())


def test_of_several_annotations_the_newest_that_was_not_cancelled_counts() -> None:
    annotations = [
        {"result": [_choices("Dog")], "updated_at": "2026-03-02T10:00:00Z"},
        {"result": [_choices("Cat")], "updated_at": "2026-03-03T10:00:00Z"},
        {"result": [_choices("Dog")], "updated_at": "2026-03-04T10:00:00Z", "was_cancelled": True},
        {"result": [_choices("Dog")], "created_at": "2026-03-01T10:00:00Z"},
    ]
    task = _task() | {"annotations": annotations}
    assert _record(Kind.IMAGE_MULTICLASS, task).answer == Classes(("Cat",))


def test_of_several_controls_those_count_that_know_labels_of_the_project() -> None:
    task = _task(_choices("sharp", control="quality"), _choices("Dog", control="animal"))
    assert _record(Kind.IMAGE_MULTICLASS, task).answer == Classes(("Dog",))
    unknown = _task(_choices("sharp", control="quality"), _choices("Ape", control="animal"))
    assert _record(Kind.IMAGE_MULTICLASS, unknown).answer == Classes(("sharp", "Ape"))


def test_choices_for_a_region_are_not_those_of_the_image() -> None:
    of_region = _result("choices", {**RECTANGLE, "choices": ["Cat"]})
    assert _record(Kind.IMAGE_MULTICLASS, _task(of_region, _choices("Dog"))).answer == Classes(("Dog",))


@pytest.mark.parametrize(
    ("kind", "data", "item"),
    [
        (Kind.IMAGE_MULTICLASS, {"url": "/data/upload/1/1f2e3d4c-a.PNG"}, "/data/upload/1/1f2e3d4c-a.PNG"),
        (Kind.IMAGE_MULTICLASS, {"note": "seen", "photo": "s3://b/a.jpeg?x=1"}, "s3://b/a.jpeg?x=1"),
        (Kind.IMAGE_MULTICLASS, {"image": "s3://b/a", "mask": "s3://b/m.png"}, "s3://b/a"),
        (Kind.TEXT_MULTICLASS, {"title": "Rain", "text": "It rains."}, "It rains."),
        (Kind.TEXT_MULTICLASS, {"review": "It rains.", "stars": 4}, "It rains."),
    ],
)
def test_the_item_is_found_among_the_data(kind: Kind, data: Json, item: str) -> None:
    record = _record(kind, _task(_choices("Dog"), data=data))
    assert (record.location or record.text) == item


def test_texts_in_files_are_told_by_their_address() -> None:
    record = _record(Kind.TEXT_MULTICLASS, _task(_choices("Dog"), data={"text": "s3://b/a.txt"}))
    assert (record.location, record.text) == ("s3://b/a.txt", None)


def test_json_min_has_its_results_beside_the_data() -> None:
    choice = {"image": "s3://b/a.jpg", "id": 3, "animal": "Dog", "annotation_id": 4, "updated_at": "2026"}
    several = choice | {"animal": {"choices": ["Dog", "Cat"]}, "comment": "seen"}
    boxes = choice | {"animal": [HOUND | {"original_width": 640, "original_height": 480}]}
    assert _record(Kind.IMAGE_MULTICLASS, choice) == Record(
        "entry 1, task 3", Classes(("Dog",)), "s3://b/a.jpg"
    )
    assert _record(Kind.IMAGE_MULTILABEL, several).answer == Classes(("Dog", "Cat"))
    assert _record(Kind.OBJECT_DETECTION, boxes) == Record(
        "entry 1, task 3", Boxes((BOX,)), "s3://b/a.jpg", size=(640, 480), normalized=True
    )
    span = {"text": "my cat", "id": 5, "annotation_id": 6, "ner": [{"start": 3, "end": 6, "labels": ["Cat"]}]}
    assert _record(Kind.TEXT_NER, span).answer == Spans((Span("Cat", 3, 6),))


CANCELLED: Json = _task() | {"annotations": [{"result": [], "was_cancelled": True}]}
TURNED: Json = {"image_rotation": 90}
ASLANT: Json = {**HOUND, "rotation": 30}
UNLABELED: Json = {**RECTANGLE, "rectanglelabels": []}
HYPERTEXT: Json = {"start": "/p[1]/text()[1]", "end": "/p[1]/text()[1]", "startOffset": 0, "endOffset": 3}


@pytest.mark.parametrize(
    ("kind", "task", "reason"),
    [
        (Kind.IMAGE_MULTICLASS, _task() | {"annotations": []}, "nobody has annotated it"),
        (Kind.IMAGE_MULTICLASS, _task() | {"predictions": [{}], "annotations": []}, "nobody"),
        (Kind.IMAGE_MULTICLASS, CANCELLED, "everybody skipped it"),
        (Kind.IMAGE_MULTICLASS, _task(), "it has no choice."),
        (Kind.IMAGE_MULTICLASS, _task(_result("rectanglelabels", HOUND)), "only rectanglelabels"),
        (Kind.OBJECT_DETECTION, _task(_choices("Dog")), "no rectanglelabels, only choices"),
        (Kind.OBJECT_DETECTION, _task(_result("rectanglelabels", ASLANT)), "turned rectangle"),
        (Kind.OBJECT_DETECTION, _task(_result("rectanglelabels", UNLABELED)), "no label"),
        (
            Kind.OBJECT_DETECTION,
            _task(_result("rectanglelabels", HOUND, {"image_rotation": 90})),
            "turned in",
        ),
        (Kind.SEMANTIC_SEGMENTATION, _task(_brush("Cat", 1, 0, 0) | {"original_width": 2}), "2 x 1"),
        (Kind.SEMANTIC_SEGMENTATION, _task(_brush("Cat", 1, 0, 0) | {"original_width": None}), "0 x 1"),
        (Kind.TEXT_NER, _task(_result("hypertextlabels", HYPERTEXT), data={"text": "a"}), "hypertext"),
        (Kind.TEXT_NER, _task(_result("labels", HYPERTEXT), data={"text": "a"}), "hypertext"),
        (Kind.TEXT_NER, _task(_stretch("x", 2), data={"text": "a"}), "start: "),
        (Kind.IMAGE_MULTICLASS, _task(_choices("Dog"), data={"a": "1", "b": "2"}), "cannot be told: a, b"),
        (Kind.IMAGE_MULTICLASS, _task(_choices("Dog"), data={"image": ["a.jpg"]}), "cannot be told"),
        (Kind.IMAGE_MULTICLASS, {"image": "a.jpg"}, "data: Field required"),
        (Kind.IMAGE_MULTICLASS, 5, "dictionary"),
    ],
)
def test_what_is_no_answer_is_refused_with_its_reason(kind: Kind, task: object, reason: str) -> None:
    assert reason in _reason(kind, task)


def test_a_task_that_does_not_fit_leaves_the_others_alone() -> None:
    records = _read(Kind.IMAGE_MULTICLASS, _task(_choices("Dog")), "?", _task(_choices("Cat")) | {"id": None})
    assert [record.where for record in records] == ["entry 1, task 17", "entry 2", "entry 3"]
    assert [isinstance(record, Refusal) for record in records] == [False, True, False]


@pytest.mark.parametrize("text", ['{"data": {}}', "", "data,choice"])
def test_a_file_that_is_no_list_of_tasks_is_refused_as_a_whole(text: str) -> None:
    with pytest.raises(InvalidFile):
        list(read(io.BytesIO(text.encode()), "a.json", Sought(Kind.IMAGE_MULTICLASS, LABELS)))


def test_nan_and_numbers_beyond_all_bounds_are_refused() -> None:
    for number in ("NaN", "Infinity", "1e999", "9" * 400, "9" * 5_000, "null", "[]"):
        text = json.dumps([_task(_result("rectanglelabels", HOUND))]).replace("20.5", number)
        (found,) = read(io.BytesIO(text.encode()), "a.json", Sought(Kind.OBJECT_DETECTION, LABELS))
        assert isinstance(found, Refusal)


TASKS = {
    Kind.IMAGE_MULTICLASS: _task(_choices("Dog"), _result("taxonomy", {"taxonomy": [["Dog"]]})),
    Kind.OBJECT_DETECTION: _task(_result("rectanglelabels", HOUND, SIZE)),
    Kind.INSTANCE_SEGMENTATION: _task(
        _result("polygonlabels", {"points": [[1, 2], [3, 4], [5, 7]], "polygonlabels": ["Cat"]})
    ),
    Kind.SEMANTIC_SEGMENTATION: _task(_brush("Cat", 255, 0, 0)),
    Kind.TEXT_NER: _task(_stretch(0, 1, text="a"), data={"text": "a"}),
}


@given(st.sampled_from(list(TASKS)), st.data())
def test_anything_anywhere_is_a_record_or_a_refusal(kind: Kind, data: st.DataObject) -> None:
    first, second = _read(kind, data.draw(spoiled(TASKS[kind])), TASKS[kind])
    assert isinstance(first, Record | Refusal)
    assert second == replace(_record(kind, TASKS[kind]), where="entry 2, task 17")
    if isinstance(first, Refusal):
        first.why.encode()
        assert len(first.why) < 200
