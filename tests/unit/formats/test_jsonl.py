"""JSONL out, in Azure ML's layout, and in, from us and from Azure ML."""

import json
from dataclasses import replace

import pytest
from hypothesis import given

from core.domain.answers import Answer, Box, Boxes, Classes, Polygon, Polygons, Span, Spans
from core.domain.exports import Coordinates
from core.domain.items import Item, ItemStatus
from core.domain.kinds import Kind
from core.domain.transfers import Refusal
from core.formats import jsonl
from core.formats.export_rows import Sheet
from core.formats.import_records import Record
from tests.examples import NOON
from tests.spoiled import spoiled
from tests.unit.formats.rows import LABELS, ODD_PATHS, a_row, a_sheet, read_all, written

ROSE = Classes(("Rose",))
NEWS = Item("news.csv", "e2", 7, row=12, columns={"title": "Ünë", "body": "Two"})


def _lines(data: bytes) -> list[dict[str, object]]:
    return [json.loads(line) for line in data.decode().splitlines()]


def test_an_image_on_a_line_as_azure_ml_has_it() -> None:
    data, refusals = written(jsonl.write, a_sheet(Kind.IMAGE_MULTICLASS), a_row("p/É.JPG", ROSE, (400, 258)))
    assert not refusals
    assert data.decode() == (
        '{"image_url":"AmlDatastore://photos/p/É.JPG",'
        '"image_details":{"format":"jpg","width":"400px","height":"258px"},'
        '"label":"Rose","label_confidence":1}\n'
    )


def test_a_size_that_is_not_known_is_left_out() -> None:
    data, _ = written(jsonl.write, a_sheet(Kind.IMAGE_MULTILABEL), a_row("a.jpg", ROSE, size=None))
    assert _lines(data) == [
        {"image_url": "AmlDatastore://photos/a.jpg", "label": ["Rose"], "label_confidence": [1]}
    ]


def test_a_row_of_a_table_brings_its_text_and_columns() -> None:
    row = replace(a_row("x", Spans((Span("Rose", 0, 3),)), None), item=NEWS, text="Ünë\nTwo")
    data, _ = written(jsonl.write, Sheet(Kind.TEXT_NER, LABELS, "store", columns=["title", "body"]), row)
    assert _lines(data) == [
        {
            "image_url": "AmlDatastore://store/news.csv#12",
            "text": "Ünë\nTwo",
            "columns": {"title": "Ünë", "body": "Two"},
            "label": [{"label": "Rose", "offsetStart": 0, "offsetEnd": 3}],
            "label_confidence": [1],
        }
    ]
    ((record,), _) = read_all(jsonl.read, data, Kind.TEXT_NER)
    assert (record.location, record.text) == ("AmlDatastore://store/news.csv#12", "Ünë\nTwo")


def test_a_skipped_item_has_its_reason_and_is_refused_when_read() -> None:
    data, _ = written(jsonl.write, a_sheet(Kind.OBJECT_DETECTION), a_row("a.jpg", None))
    (line,) = _lines(data)
    assert (line["label"], line["label_confidence"], line["status"], line["skipped"]) == (
        None,
        None,
        "skipped",
        "blurred",
    )
    assert read_all(jsonl.read, data, Kind.OBJECT_DETECTION) == ([], [Refusal("line 1", "it has no label.")])


def test_the_notes_of_labelers_who_ask_for_another_look_are_told() -> None:
    row = replace(a_row("a.jpg", None), flags=["black?"])
    data, _ = written(jsonl.write, a_sheet(Kind.OBJECT_DETECTION), row)
    assert _lines(data)[0]["flags"] == ["black?"]


def test_who_and_when_is_told_on_request() -> None:
    rows = [
        replace(a_row("a.jpg", ROSE), labeler="Ana", status=ItemStatus.NEEDS_REVIEW),
        a_row("b.jpg", ROSE),
    ]
    sheet = replace(a_sheet(Kind.IMAGE_MULTICLASS), include_labeler=True)
    first, second = _lines(written(jsonl.write, sheet, *rows)[0])
    told = {"labeler": "Ana", "labeled_at": NOON.isoformat(), "seconds": 2.5}
    assert {name: first[name] for name in told} == told
    assert (first["status"], second["labeler"]) == ("needs_review", "ben")
    assert "status" not in second


def test_what_it_cannot_carry_is_refused_and_the_rest_written() -> None:
    frame = Polygon("Rose", ((0, 0, 9, 0, 9, 9),), ((5, 2, 7, 2, 7, 4),))
    rows = [
        a_row("a.jpg", Polygons((frame,))),
        a_row("b.jpg", Polygons(()), None),
        a_row("c.jpg", Polygons((replace(frame, holes=()),)), None),
    ]
    data, refusals = written(jsonl.write, a_sheet(Kind.INSTANCE_SEGMENTATION), *rows)
    assert [refusal.where for refusal in refusals] == ["a.jpg", "c.jpg"]
    assert [line["image_url"] for line in _lines(data)] == ["AmlDatastore://photos/b.jpg"]


def test_names_come_back_as_they_are() -> None:
    rows = [a_row(path, ROSE) for path in ODD_PATHS]
    data, _ = written(jsonl.write, a_sheet(Kind.IMAGE_MULTICLASS), *rows)
    records, refusals = read_all(jsonl.read, data, Kind.IMAGE_MULTICLASS)
    assert not refusals
    assert [record.location for record in records] == [f"AmlDatastore://photos/{path}" for path in ODD_PATHS]


def test_many_lines_come_in_several_pieces() -> None:
    rows = [a_row(f"{number:04d}.jpg", ROSE) for number in range(2_000)]
    data, _ = written(jsonl.write, a_sheet(Kind.IMAGE_MULTICLASS), *rows)
    records, _ = read_all(jsonl.read, data, Kind.IMAGE_MULTICLASS)
    assert [record.where for record in records] == [f"line {number}" for number in range(1, 2_001)]


V2 = "azureml://subscriptions/s/resourcegroups/r/workspaces/w/datastores/d/paths/p/a.jpg"


@pytest.mark.parametrize(
    ("kind", "line", "record"),
    [
        (
            Kind.IMAGE_MULTICLASS,
            {"image_url": "AmlDatastore://d/UI/a.jpg", "label": "Rose", "label_confidence": 1.0},
            Record("line 1", ROSE, "AmlDatastore://d/UI/a.jpg", confidence=1),
        ),
        (
            Kind.IMAGE_MULTILABEL,
            {"image_url": V2, "label": ["Rose", "Animal"], "label_confidence": [0.75, 0.5]},
            Record("line 1", Classes(("Rose", "Animal")), V2, confidence=0.5),
        ),
        (
            Kind.OBJECT_DETECTION,
            {
                "image_url": V2,
                "image_details": {"format": "jpg", "width": "400px", "height": "258px"},
                "label": [
                    {"label": "Rose", "topX": 0.25, "topY": 0.5, "bottomX": 0.5, "bottomY": 1, "isCrowd": 0}
                ],
            },
            Record(
                "line 1", Boxes((Box("Rose", 0.25, 0.5, 0.25, 0.5),)), V2, size=(400, 258), normalized=True
            ),
        ),
        (
            Kind.OBJECT_DETECTION,
            {"image_url": V2, "label": [{"label": "Rose", "topX": 1, "topY": 2, "bottomX": 4, "bottomY": 8}]},
            Record("line 1", Boxes((Box("Rose", 1, 2, 3, 6),)), V2),
        ),
        (
            Kind.TEXT_NER,
            {
                "image_url": "AmlDatastore://d/a.txt",
                "label": [{"label": "Rose", "offsetStart": 3, "offsetEnd": 8}],
                "label_confidence": [1],
            },
            Record("line 1", Spans((Span("Rose", 3, 8),)), "AmlDatastore://d/a.txt", confidence=1),
        ),
    ],
)
def test_lines_of_azure_ml_are_read(kind: Kind, line: dict[str, object], record: Record) -> None:
    assert read_all(jsonl.read, json.dumps(line).encode("utf-8-sig"), kind) == ([record], [])


@pytest.mark.parametrize("coordinates", [None, *Coordinates])
def test_coordinates_are_fractions_unless_pixels_are_asked_for(coordinates: Coordinates | None) -> None:
    answer: Answer = Boxes((Box("Rose", 64, 48, 320, 240),))
    data, _ = written(jsonl.write, a_sheet(Kind.OBJECT_DETECTION, coordinates), a_row("a.jpg", answer))
    ((record,), _) = read_all(jsonl.read, data, Kind.OBJECT_DETECTION)
    assert record.normalized is (coordinates is not Coordinates.ABSOLUTE)
    assert record.size == (640, 480)


LINE = {
    "image_url": V2,
    "image_details": {"format": "jpg", "width": "400px", "height": 258},
    "text": "One",
    "label": [{"label": "Rose", "topX": 0.25, "topY": 0.5, "bottomX": 0.5, "bottomY": 1, "isCrowd": 0}],
    "label_confidence": [0.5],
}


@given(spoiled(LINE))
def test_a_spoiled_line_is_read_or_refused(line: object) -> None:
    data = json.dumps(line).encode() + b"\n" + json.dumps(LINE).encode()
    records, refusals = read_all(jsonl.read, data, Kind.OBJECT_DETECTION)
    assert len(records) + len(refusals) == 2
    assert records[-1].where == "line 2"
    assert all(refusal.why.endswith(".") for refusal in refusals)
