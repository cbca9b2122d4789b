"""MLTable out as one zip, and back in."""

import io
import zipfile

import pytest

from core.domain.answers import Box, Boxes, Classes
from core.domain.errors import InvalidFile
from core.domain.exports import Coordinates
from core.domain.kinds import Kind
from core.domain.transfers import Refusal
from core.formats import jsonl, mltable
from core.formats.export_rows import Sheet
from core.formats.import_records import Record
from core.formats.mltable_spec import PathSort, Reader, TablePath, TableSpec, parse
from tests.unit.formats.rows import LABELS, a_row, a_sheet, read_all, written

ROSE = Classes(("Rose",))
KIND = Kind.IMAGE_MULTICLASS


def _zip(**files: str | bytes) -> bytes:
    """A zip of files, whose names have `__` for `/` and `_` for a dot."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)
    return packed.getvalue()


def _read(data: bytes) -> tuple[list[Record], list[Refusal]]:
    return read_all(mltable.read, data, KIND, "labels.zip")


def test_the_zip_is_what_azure_ml_labeling_wrote() -> None:
    row = a_row("a.jpg", ROSE)
    data, refusals = written(mltable.write, a_sheet(KIND), row)
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.namelist() == ["MLTable", "labeledDatapoints_1.jsonl"]
    assert archive.read("labeledDatapoints_1.jsonl") == written(jsonl.write, a_sheet(KIND), row)[0]
    head = archive.read("MLTable")
    assert b"column_type: stream_info" in head
    assert parse(head) == TableSpec(
        (TablePath(PathSort.FILE, "labeledDatapoints_1.jsonl"),), Reader.JSON_LINES
    )
    assert not refusals


def test_rows_of_tables_are_no_files_to_open() -> None:
    data, _ = written(mltable.write, Sheet(Kind.TEXT_NER, LABELS, "store", columns=["title"]))
    head = zipfile.ZipFile(io.BytesIO(data)).read("MLTable")
    assert b"stream_info" not in head
    assert parse(head).reader is Reader.JSON_LINES


def test_what_is_written_comes_back() -> None:
    data, _ = written(mltable.write, a_sheet(KIND), a_row("a.jpg", ROSE), a_row("b.jpg", None))
    assert _read(data) == (
        [Record("line 1", ROSE, "AmlDatastore://photos/a.jpg", confidence=1, size=(640, 480))],
        [Refusal("line 2", "it has no label.")],
    )


def test_refusals_of_the_jsonl_are_told() -> None:
    boxes = Boxes((Box("Rose", 1, 2, 3, 4),))
    sheet = a_sheet(Kind.OBJECT_DETECTION, Coordinates.NORMALIZED)
    _, refusals = written(mltable.write, sheet, a_row("a.jpg", boxes, None))
    assert [refusal.where for refusal in refusals] == ["a.jpg"]


def test_its_jsonl_is_read_by_itself() -> None:
    data, _ = written(jsonl.write, a_sheet(KIND), a_row("a.jpg", ROSE))
    ((record,), _) = read_all(mltable.read, data, KIND, "x/labeledDatapoints_1.jsonl")
    assert record.answer == ROSE


def test_a_zip_may_have_folders_and_several_files() -> None:
    head = "paths: [{file: ./b.csv}, {pattern: '*.csv'}, {folder: more}]\ntransformations: [read_delimited]"
    data = _zip(
        t__MLTable=head,
        t__a_csv="image,label\na.jpg,Rose",
        t__b_csv="image,label\nb.jpg,Rose\nc.jpg,",
        t__more__d_csv="file,class\nd.jpg,Rose",
        other_csv="image,label\nx.jpg,Rose",
    )
    records, refusals = _read(data)
    assert [(record.where, record.location) for record in records] == [
        ("t/b.csv line 2", "b.jpg"),
        ("t/a.csv line 2", "a.jpg"),
        ("t/more/d.csv line 2", "d.jpg"),
    ]
    assert refusals == [Refusal("t/b.csv line 3", "it has no label.")]


DELIMITED = "paths: [{file: a.csv}]\ntransformations: [read_delimited]"
PARQUET = "paths: [{file: a.parquet}]\ntransformations: [read_parquet]"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (_zip(a_csv="x"), "has 0 files named MLTable"),
        (_zip(MLTable="a: b", t__MLTable="a: b"), "has 2 files named MLTable"),
        (
            _zip(MLTable=DELIMITED),
            "names 'a.csv', which is not",
        ),
        (
            _zip(MLTable=PARQUET),
            "Parquet is not read out",
        ),
        (_zip(MLTable="x" * 70_000), "more than 64 KB"),
        (b"PK\x03\x04 and no more", "no zip archive"),
    ],
    ids=range(6),
)
def test_a_zip_that_is_no_table_says_why(data: bytes, why: str) -> None:
    with pytest.raises(InvalidFile, match=why):
        _read(data)


def test_a_damaged_zip_is_refused() -> None:
    lines = "\n".join(f'{{"image_url": "{number}.jpg", "label": "Rose"}}' for number in range(9_999))
    head = "paths: [{file: a.jsonl}]\ntransformations: [read_json_lines]"
    data = bytearray(_zip(MLTable=head, a_jsonl=lines))
    data[len(data) // 2] ^= 0xFF
    with pytest.raises(InvalidFile, match="The archive is damaged"):
        _read(bytes(data))


def test_an_mltable_by_itself_names_files_that_are_not_there() -> None:
    with pytest.raises(InvalidFile, match="only names the files"):
        read_all(mltable.read, b"paths: []", KIND, "folder/MLTable")
