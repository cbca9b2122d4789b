"""What an MLTable says, and how the files that it names are read."""

import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.errors import InvalidFile
from core.domain.transfers import Refusal
from core.formats.mltable_spec import (
    SPEC_BYTES_MAX,
    Choice,
    Header,
    PathSort,
    Reader,
    TablePath,
    TableReader,
    TableSpec,
    parse,
)
from core.formats.tables.rows import Row

AZURE_ML = b"""\
$schema: https://azuremlschemas.azureedge.net/latest/MLTable.schema.json
type: mltable
paths:
- file: ./labeledDatapoints_1.jsonl
transformations:
- read_json_lines:
    encoding: utf8
    invalid_lines: error
    include_path_column: false
- convert_column_types:
  - columns: image_url
    column_type: stream_info
"""
A_CSV = TablePath(PathSort.FILE, "a.csv")


def _parse(*steps: str, paths: str = "[{file: a.csv}]") -> TableSpec:
    return parse(f"paths: {paths}\ntransformations: [{', '.join(steps)}]".encode())


def _rows(spec: TableSpec, *files: str | bytes) -> list[Row[object] | Refusal]:
    reader = TableReader(spec)
    data = [file.encode() if isinstance(file, str) else file for file in files]
    return [row for file in data for row in reader.rows(io.BytesIO(file))]


def test_what_azure_ml_labeling_wrote_is_understood() -> None:
    path = TablePath(PathSort.FILE, "labeledDatapoints_1.jsonl")
    assert parse(AZURE_ML) == TableSpec((path,), Reader.JSON_LINES)


def test_everything_that_delimited_text_may_say() -> None:
    spec = _parse(
        "{read_delimited: {delimiter: ';', header: from_first_file, encoding: windows1252, "
        "support_multi_line: true, empty_as_string: false, infer_column_types: false}}",
        "{keep_columns: [image, yes, '1']}",
        "{drop_columns: image}",
    )
    choices = (Choice(True, frozenset({"image", "yes", "1"})), Choice(False, frozenset({"image"})))
    assert spec == TableSpec((A_CSV,), Reader.DELIMITED, "cp1252", ";", Header.FIRST, choices)


@pytest.mark.parametrize(
    "step", ["read_parquet", "{read_parquet: }", "{read_parquet: {include_path_column: true}}"]
)
def test_options_may_be_left_out(step: str) -> None:
    assert _parse(step).reader is Reader.PARQUET


@pytest.mark.parametrize(
    ("path", "found", "is_address"),
    [
        ("{file: ./x/../a.csv}", TablePath(PathSort.FILE, "a.csv"), False),
        ("{folder: ./}", TablePath(PathSort.FOLDER, "."), False),
        ("{folder: data/}", TablePath(PathSort.FOLDER, "data"), False),
        ("{pattern: './*.csv'}", TablePath(PathSort.PATTERN, "*.csv"), False),
        (
            "{file: 'AmlDatastore://store/a//b.csv'}",
            TablePath(PathSort.FILE, "AmlDatastore://store/a//b.csv"),
            True,
        ),
        ("{file: 'https://x.net/a.csv'}", TablePath(PathSort.FILE, "https://x.net/a.csv"), True),
    ],
)
def test_paths_are_relative_or_addresses(path: str, found: TablePath, is_address: bool) -> None:
    (read,) = _parse("read_parquet", paths=f"[{path}]").paths
    assert (read, read.is_address) == (found, is_address)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "The MLTable cannot be read"),
        (b"[]", "The MLTable cannot be read"),
        (b"paths: [{file: a}", "is no YAML"),
        (b"\xff\xfe\xff", "is no YAML"),
        (b"[" * 60_000, "lists in lists"),
        (b"- " * 30_000, "lists in lists"),
        (b"a" * (SPEC_BYTES_MAX + 1), "more than 64 KB"),
        (b"a: &a [x]\nb: *a", "YAML aliases"),
        (b"paths: [{file: a}]", "does not say how to read its files"),
        (b"paths: []\ntransformations: [read_parquet]", "paths: List should have at least 1 item"),
        (b"paths: [{glob: a}]\ntransformations: [read_parquet]", "Input should be 'file', 'folder'"),
        (b"paths: [{file: ''}]\ntransformations: [read_parquet]", "at least 1 character"),
    ],
    ids=range(12),
)
def test_what_is_no_mltable_says_why(data: bytes, why: str) -> None:
    with pytest.raises(InvalidFile, match=why):
        parse(data)


@pytest.mark.parametrize(
    ("step", "why"),
    [
        ("{filter: 'col(1) > 2'}", "has 'filter'; supported are read_delimited, .*, one reader in all"),
        ("{take: 10}", "has 'take'"),
        ("{read_delta_lake: {timestamp_as_of: '2022-08-26'}}", "has 'read_delta_lake'"),
        ("read_parquet, read_parquet", "has 'read_parquet'"),
        ("{read_parquet: {}, read_json_lines: {}}", "has not one name"),
        ("{read_parquet: {speed: fast}}", "speed: Extra inputs are not permitted"),
        ("{read_delimited: {header: maybe}}", "header: Input should be 'no_header'"),
        ("{read_json_lines: {encoding: zip}}", "no encoding of text named 'zip'"),
        ("read_parquet, {keep_columns: {a: b}}", "Input should be a valid list"),
    ],
    ids=range(9),
)
def test_what_is_not_supported_is_named(step: str, why: str) -> None:
    with pytest.raises(InvalidFile, match=why):
        _parse(step)


@pytest.mark.parametrize("path", ["/etc/passwd", "../a.csv", "x/../../a.csv", "..\\\\a.csv"])
def test_a_path_stays_in_its_folder(path: str) -> None:
    with pytest.raises(InvalidFile, match="not in the folder of the MLTable"):
        _parse("read_parquet", paths=f'[{{file: "{path}"}}]')


@given(st.text("[]{}:,-*&!?|> \n\"'#%@`~a1", max_size=60))
def test_any_yaml_is_understood_or_refused(text: str) -> None:
    with pytest.raises(InvalidFile):
        parse(text.encode())


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        (Header.NONE, [{"Column1": "a", "Column2": "b"}, {"Column1": "1", "Column2": "2"}] * 2),
        (Header.SAME, [{"a": "1", "b": "2"}] * 2),
        (Header.DIFFERENT, [{"a": "1", "b": "2"}] * 2),
        (Header.FIRST, [{"a": "1", "b": "2"}, {"a": "a", "b": "b"}, {"a": "1", "b": "2"}]),
    ],
)
def test_headers_of_several_files(header: Header, rows: list[dict[str, str]]) -> None:
    read = _rows(TableSpec((A_CSV,), Reader.DELIMITED, header=header), "a,b\n1,2", "a,b\n1,2")
    assert [row.columns for row in read if isinstance(row, Row)] == rows


def test_columns_are_kept_and_dropped_in_order() -> None:
    choices = (Choice(True, frozenset({"c", "a", "x"})), Choice(False, frozenset({"a"})))
    spec = TableSpec((A_CSV,), Reader.DELIMITED, header=Header.FIRST, choices=choices)
    assert _rows(spec, "a,b,c\n1,2,3", "4,5,6") == [Row(1, {"c": "3"}, 2), Row(1, {"c": "6"}, 1)]


def test_json_lines_and_parquet_are_read() -> None:
    parquet = io.BytesIO()
    pq.write_table(pa.table({"a": [1]}), parquet)
    assert _rows(TableSpec((A_CSV,), Reader.PARQUET), parquet.getvalue()) == [Row(1, {"a": 1})]
    lines = _rows(TableSpec((A_CSV,), Reader.JSON_LINES, "latin-1"), '{"a":"é"}\n{'.encode("latin-1"))
    assert lines[0] == Row(1, {"a": "é"}, 1)
    assert isinstance(lines[1], Refusal)
