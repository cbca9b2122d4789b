"""CSV: a row an item, the columns of its table before ours."""

import csv as stdlib_csv
import io
from dataclasses import replace

import pytest

from core.domain.answers import Answer, Box, Boxes, Classes, Mask, Masks, Polygon, Polygons, Rle, Span, Spans
from core.domain.errors import InvalidFile
from core.domain.exports import Coordinates
from core.domain.items import Item
from core.domain.kinds import Kind
from core.domain.transfers import Refusal
from core.formats import csv
from core.formats.export_rows import ExportRow, Sheet
from core.formats.import_records import Record
from tests.examples import NOON
from tests.unit.formats.rows import LABELS, ODD_PATHS, a_row, a_sheet, read_all, written

ROSE = Classes(("Rose",))
BOTH = Classes(("Rose", "Animal"))


def _csv(sheet: Sheet, *rows: ExportRow) -> list[dict[str, str]]:
    data, refusals = written(csv.write, sheet, *rows)
    assert not refusals
    return list(stdlib_csv.DictReader(io.StringIO(data.decode(), newline=""), strict=True))


def _news(answer: Answer | None, text: str | None = None, **columns: str) -> ExportRow:
    """The twelfth row of a table."""
    return replace(a_row("x", answer, None), item=Item("news.csv", "e2", 7, 12, columns), text=text)


def test_an_image_a_row() -> None:
    first, second = _csv(a_sheet(Kind.IMAGE_MULTILABEL), a_row('a,"b".jpg', BOTH), a_row("c.jpg", None))
    assert first == {
        "image_url": 'https://s/a,"b".jpg',
        "path": 'a,"b".jpg',
        "label": "Rose,Animal",
        "label_confidence": "1,1",
        "status": "labeled",
        "skipped": "",
        "width": "640",
        "height": "480",
        "source": "manual",
    }
    told = ("label", "label_confidence", "status", "skipped")
    assert [second[name] for name in told] == ["", "", "skipped", "blurred"]


def test_lines_end_in_crlf_and_cells_are_quoted_only_where_they_must() -> None:
    data, _ = written(csv.write, a_sheet(Kind.IMAGE_MULTICLASS), a_row("é, b.jpg", ROSE))
    assert data.decode().splitlines(keepends=True)[1] == (
        '"https://s/é, b.jpg","é, b.jpg",Rose,1,labeled,,640,480,manual\r\n'
    )


def test_who_and_when_is_told_on_request() -> None:
    sheet = replace(a_sheet(Kind.IMAGE_MULTICLASS), include_labeler=True)
    first, second = _csv(sheet, a_row("a.jpg", ROSE), replace(a_row("b.jpg", ROSE), labeler="Ana"))
    assert (first["labeler"], first["labeled_at"], first["seconds"]) == ("ben", NOON.isoformat(), "2.5")
    assert second["labeler"] == "Ana"
    assert "labeler" not in _csv(a_sheet(Kind.IMAGE_MULTICLASS), a_row("a.jpg", ROSE))[0]


@pytest.mark.parametrize(
    ("kind", "answer", "label", "confidence"),
    [
        (Kind.IMAGE_MULTICLASS, ROSE, "Rose", "1"),
        (Kind.OBJECT_DETECTION, Boxes(()), "[]", ""),
        (
            Kind.OBJECT_DETECTION,
            Boxes((Box("Rose", 64, 48, 32, 120), Box("Animal", 0, 0, 320, 240))),
            '[{"label":"Rose","topX":0.1,"topY":0.1,"bottomX":0.15,"bottomY":0.35,"isCrowd":0},'
            '{"label":"Animal","topX":0.0,"topY":0.0,"bottomX":0.5,"bottomY":0.5,"isCrowd":0}]',
            "1,1",
        ),
        (
            Kind.INSTANCE_SEGMENTATION,
            Polygons((Polygon("Rose", ((0, 0, 320, 0, 320, 240),)),)),
            '[{"label":"Rose","isCrowd":0,"polygon":[[0.0,0.0,0.5,0.0,0.5,0.5]]}]',
            "1",
        ),
        (
            Kind.SEMANTIC_SEGMENTATION,
            Masks((Mask("Rose", Rle((2, 3), "15")),)),
            '[{"label":"Rose","rle":{"size":[2,3],"counts":"15"}}]',
            "1",
        ),
        (
            Kind.TEXT_NER,
            Spans((Span("Rose", 3, 8),)),
            '[{"label":"Rose","offsetStart":3,"offsetEnd":8}]',
            "1",
        ),
    ],
)
def test_regions_are_the_json_of_jsonl(kind: Kind, answer: Answer, label: str, confidence: str) -> None:
    (row,) = _csv(a_sheet(kind), a_row("a", answer))
    assert (row["label"], row["label_confidence"]) == (label, confidence)


def test_a_text_file_has_no_width_and_height() -> None:
    (row,) = _csv(a_sheet(Kind.TEXT_MULTICLASS), a_row("a.txt", ROSE, None))
    assert list(row) == ["image_url", "path", "label", "label_confidence", "status", "skipped", "source"]


def test_the_columns_of_a_table_come_first_and_none_is_lost() -> None:
    sheet = Sheet(Kind.TEXT_MULTICLASS, LABELS, "store", columns=["title", "path", "label", "label_tagwerk"])
    rows = [
        _news(ROSE, title="=1+1", path="a, b", label="old"),
        _news(ROSE, title='say "so"\r\n', label_tagwerk="x"),
    ]
    first, second = _csv(sheet, *rows)
    assert first == {
        "title": "=1+1",
        "path": "a, b",
        "label": "old",
        "label_tagwerk": "",
        "path_tagwerk": "news.csv#12",
        "label_tagwerk_tagwerk": "Rose",
        "label_confidence": "1",
        "status": "labeled",
        "skipped": "",
        "source": "manual",
    }
    assert (second["title"], second["label_tagwerk"]) == ('say "so"\r\n', "x")


def test_spans_bring_the_text_that_they_count_in() -> None:
    sheet = Sheet(Kind.TEXT_NER, LABELS, "store", columns=["title", "body"])
    (row,) = _csv(sheet, _news(Spans(()), "One\nTwo", title="One", body="Two"))
    assert list(row)[:5] == ["title", "body", "path", "text", "label"]
    assert row["text"] == "One\nTwo"


def test_what_it_cannot_carry_is_refused_and_the_rest_written() -> None:
    boxes = Boxes((Box("Rose", 1, 2, 3, 4),))
    rows = [a_row("a.jpg", boxes, None), a_row("b.jpg", boxes)]
    data, refusals = written(csv.write, a_sheet(Kind.OBJECT_DETECTION, Coordinates.NORMALIZED), *rows)
    assert [refusal.where for refusal in refusals] == ["a.jpg"]
    assert b"b.jpg" in data


def test_many_rows_come_in_several_pieces() -> None:
    rows = [a_row(f"{number:04d}.jpg", ROSE) for number in range(2_000)]
    assert [row["path"] for row in _csv(a_sheet(Kind.IMAGE_MULTICLASS), *rows)] == [
        f"{number:04d}.jpg" for number in range(2_000)
    ]


def test_names_come_back_as_they_are() -> None:
    data, _ = written(csv.write, a_sheet(Kind.IMAGE_MULTICLASS), *(a_row(path, ROSE) for path in ODD_PATHS))
    records, refusals = read_all(csv.read, data, Kind.IMAGE_MULTICLASS)
    assert not refusals
    assert tuple(record.location for record in records) == ODD_PATHS


def test_a_row_of_a_table_comes_back_by_its_path() -> None:
    sheet = Sheet(Kind.TEXT_MULTICLASS, LABELS, "store", columns=["path", "label"])
    data, _ = written(csv.write, sheet, _news(ROSE, path="old", label="old"))
    assert read_all(csv.read, data, Kind.TEXT_MULTICLASS) == (
        [Record("line 2", ROSE, "news.csv#12", confidence=1)],
        [],
    )


def test_what_azure_ml_wrote_of_texts_is_matched_by_the_text() -> None:
    data = b'title,body,label,label_confidence\r\nOne,"Two, Three",Rose,1\r\n,Four,Animal,0.5\r\n'
    assert read_all(csv.read, data, Kind.TEXT_MULTICLASS) == (
        [
            Record("line 2", ROSE, None, "One\nTwo, Three", confidence=1),
            Record("line 3", Classes(("Animal",)), None, "Four", confidence=0.5),
        ],
        [],
    )


def test_a_bad_line_is_refused_with_its_number_and_the_rest_goes_in() -> None:
    data = b"image\tlabel\na.jpg\tRose\textra\nb.jpg\t\n\tRose\nc.jpg\tRose"
    records, refusals = read_all(csv.read, data, Kind.IMAGE_MULTICLASS, "labels.tsv")
    assert records == [Record("line 5", ROSE, "c.jpg")]
    assert refusals == [
        Refusal("line 2", "it has 3 cells for 2 columns."),
        Refusal("line 3", "it has no label."),
        Refusal("line 4", "it has no image."),
    ]


def test_a_table_without_the_columns_is_refused_whole() -> None:
    with pytest.raises(InvalidFile, match=r"No column of the table tells the label: .* It has a, b\."):
        read_all(csv.read, b"a,b\n1,2", Kind.IMAGE_MULTICLASS)


def test_a_table_without_rows_has_no_records() -> None:
    assert read_all(csv.read, b"a,b\n", Kind.IMAGE_MULTICLASS) == ([], [])
