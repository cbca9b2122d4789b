"""Rows that name an item, and may label it."""

import pytest

from core.domain.answers import Box, Boxes, Classes
from core.domain.errors import InvalidFile
from core.domain.kinds import Kind
from core.domain.transfers import Refusal
from core.formats.import_records import Record, Sought
from core.formats.labeled_rows import (
    Columns,
    LabeledRow,
    find_columns,
    labeled_rows,
    records,
    records_by_name,
)
from core.formats.tables.rows import Row

COLUMNS = Columns("photo", "kind", "sure")
BOX = {"label": "Rose", "topX": 0.25, "topY": 0.5, "bottomX": 0.375, "bottomY": 1.0}


def _rows(*cells: dict[str, object]) -> list[Row[object] | Refusal]:
    return [Row(number, columns, number + 1) for number, columns in enumerate(cells, 1)]


def test_a_row_names_an_item_and_need_not_label_it() -> None:
    rows = _rows({"photo": "a.jpg", "kind": "Rose", "sure": 0.5}, {"photo": "b.jpg"}, {"kind": "Rose"})
    assert list(labeled_rows(rows, COLUMNS)) == [
        LabeledRow("line 2", "a.jpg", None, "Rose", 0.5, None),
        LabeledRow("line 3", "b.jpg", None, None, None, None),
        Refusal("line 4", "it has no photo."),
    ]


def test_refusals_pass_through() -> None:
    refusal = Refusal("line 7", "it is no JSON.")
    assert list(labeled_rows([refusal], COLUMNS)) == [refusal]
    assert list(records([refusal], COLUMNS, Sought(Kind.TEXT_MULTICLASS, ()))) == [refusal]


@pytest.mark.parametrize(
    "cells",
    [
        {"image_details": {"format": "jpg", "width": "400px", "height": "258px"}},
        {"image_details": {"width": 400, "height": 258}},
        {"width": "400", "height": "258"},
        {"width": 400.0, "height": 258},
    ],
)
def test_a_row_may_tell_the_size_of_its_image(cells: dict[str, object]) -> None:
    (row,) = labeled_rows(_rows({"photo": "a.jpg"} | cells), COLUMNS)
    assert isinstance(row, LabeledRow)
    assert row.size == (400, 258)


@pytest.mark.parametrize("cells", [{"width": "wide"}, {"image_details": {"width": "0px", "height": "3px"}}])
def test_what_is_no_size_is_none(cells: dict[str, object]) -> None:
    (row,) = labeled_rows(_rows({"photo": "a.jpg"} | cells), COLUMNS)
    assert isinstance(row, LabeledRow)
    assert row.size is None


def test_columns_may_hold_the_text_itself() -> None:
    rows = _rows({"title": "One", "lead": "", "body": "Two", "kind": "Rose"}, {"kind": "Rose"})
    columns = Columns(None, "kind", texts=("title", "lead", "body"))
    assert list(records(rows, columns, Sought(Kind.TEXT_MULTICLASS, ("Rose",)))) == [
        Record("line 2", Classes(("Rose",)), None, "One\nTwo"),
        Refusal("line 3", "it has no text."),
    ]


def test_a_label_that_cannot_be_read_is_refused_and_the_rest_goes_in() -> None:
    rows = _rows(
        {"photo": "a.jpg", "kind": [BOX], "sure": [0.75, 0.5]},
        {"photo": "b.jpg"},
        {"photo": "c.jpg", "kind": [BOX], "sure": 2},
        {"photo": 3, "kind": [BOX]},
    )
    box = Boxes((Box("Rose", 0.25, 0.5, 0.125, 0.5),))
    assert list(records(rows, COLUMNS, Sought(Kind.OBJECT_DETECTION, ("Rose",)))) == [
        Record("line 2", box, "a.jpg", confidence=0.5, normalized=True),
        Refusal("line 3", "it has no label."),
        Refusal(
            "line 4", "its confidence cannot be read: 0: Input should be less than or equal to 1."
        ),
        Refusal("line 5", "photo is no text."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("names", "columns"),
    [
        (["image_url", "path", "label", "label_confidence"], Columns("path", "label", "label_confidence")),
        (["Filename", " CLASS "], Columns("Filename", " CLASS ")),
        (["image", "category", "confidence"], Columns("image", "category", "confidence")),
        (["label", "path", "path_tagwerk", "label_tagwerk"], Columns("path_tagwerk", "label_tagwerk")),
        (["a", "text", "label"], Columns(None, "label", texts=("text",))),
        (["title", "label", "body"], Columns(None, "label", texts=("title", "body"))),
    ],
)
def test_columns_are_found_by_their_names(names: list[str], columns: Columns) -> None:
    assert find_columns(names, Kind.TEXT_MULTICLASS) == columns


@pytest.mark.parametrize(
    ("names", "why"),
    [
        (["image", "tag"], r"tells the label: one of label, labels, category, class\. It has image, tag\."),
        (["photo", "label"], r"tells the image: one of path, image_url, .* It has photo, label\."),
    ],
)
def test_a_table_without_the_columns_says_which_it_lacks(names: list[str], why: str) -> None:
    with pytest.raises(InvalidFile, match=why):
        find_columns(names, Kind.IMAGE_MULTICLASS)


def test_columns_are_found_in_the_first_row_that_is_one() -> None:
    refusal = Refusal("line 2", "it is no JSON.")
    rows = [refusal, *_rows({"image": "a.jpg", "class": "Rose"}, {"image": "b.jpg", "class": ""})]
    assert list(records_by_name(rows, Sought(Kind.IMAGE_MULTICLASS, ("Rose",)))) == [
        refusal,
        Record("line 2", Classes(("Rose",)), "a.jpg"),
        Refusal("line 3", "it has no label."),
    ]
