"""Rows of delimited text: what is a row, what is refused, and where reading goes on."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.errors import InvalidFile
from core.domain.transfers import Refusal
from core.formats.tables.delimited import (
    BLOCK_BYTES,
    CELL_BYTES_MAX,
    READ_AGAIN_MAX,
    ROW_CHARACTERS_MAX,
    delimiter_of,
    read_rows,
)
from core.formats.tables.encodings import SAMPLE_BYTES
from core.formats.tables.rows import Row

UNQUOTED = "a cell opens with a quote that does not close where the cell ends."
CELL = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8
) | st.sampled_from(['"', '""', "a,b", "\r\n", "\n", "\r", "é🌹", " ", 'x"y'])
TABLE = st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1)


def _read(data: str | bytes, **options: object) -> list[Row[str] | Refusal]:
    file = io.BytesIO(data.encode() if isinstance(data, str) else data)
    return list(read_rows(file, **options))  # type: ignore[arg-type] # any options


def _cells(data: str | bytes, **options: object) -> list[list[str] | str]:
    """The cells of each row; of a refusal, where it is."""
    read = _read(data, **options)
    return [row.where if isinstance(row, Refusal) else list(row.columns.values()) for row in read]


def test_the_header_names_the_columns_and_rows_count_from_1() -> None:
    assert _read("title,body\r\nOne,Two\r\n\r\nThree,Four") == [
        Row(1, {"title": "One", "body": "Two"}, line=2),
        Row(2, {"title": "Three", "body": "Four"}, line=4),
    ]


def test_without_a_header_columns_are_called_by_position() -> None:
    assert _read("3\tFears", header=False, delimiter="\t") == [
        Row(1, {"Column1": "3", "Column2": "Fears"}, 1)
    ]
    assert _read("3,Fears", header=False, names=["class", "title"]) == [
        Row(1, {"class": "3", "title": "Fears"}, 1)
    ]


def test_names_that_are_missing_or_there_twice_are_made_up() -> None:
    (row,) = _read("a,,a, ,a\n1,2,3,4,5")
    assert isinstance(row, Row)
    assert list(row.columns) == ["a", "Column2", "a (2)", "Column4", "a (3)"]


@pytest.mark.parametrize(
    ("data", "cells"),
    [
        ("", []),
        ("\n\r\n", []),
        ("a,b", []),
        ("a,b\n1", [["1", ""]]),
        ("a,b\n,\n", [["", ""]]),
        ('a\n""\n', [[""]]),
        ('a,b\n"one\r\ntwo","say ""so"""\n', [["one\r\ntwo", 'say "so"']]),
        ("a,b\r1,2\r\r\n3,4\n5,6", [["1", "2"], ["3", "4"], ["5", "6"]]),
        ('a,b\nx"y,z', [['x"y', "z"]]),
        ("a,b\n1,2,3\n4,5", ["line 2", ["4", "5"]]),
        ("a\n1\0\n2", ["line 2", ["2"]]),
    ],
)
def test_small_tables(data: str, cells: list[object]) -> None:
    assert _cells(data) == cells


@given(TABLE, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]), st.sampled_from(["\r\n", "\n"]))
def test_what_pythons_csv_writes_comes_back(table: list[list[str]], encoding: str, line_end: str) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator=line_end, quoting=csv.QUOTE_ALL).writerows(table)
    told = None if encoding != "utf-8" else encoding
    assert _cells(text.getvalue().encode(encoding), header=False, encoding=told) == table


@given(st.text('",\n\rab', max_size=40))
def test_every_line_of_any_text_is_read_or_refused(text: str) -> None:
    read = _read(text, header=False)
    lines = list(io.StringIO(text, newline=""))
    begun = [int(row.where.removeprefix("line ")) for row in read]
    assert begun == sorted(set(begun))
    assert set(begun) <= set(range(1, len(lines) + 1))
    assert bool(begun) is any(line.strip("\r\n") for line in lines)


def test_an_unclosed_quote_costs_its_own_line_only() -> None:
    assert _read('a,b\n1,"open\n2,x\n3,"y\nz"\n4,w') == [
        Refusal("line 2", UNQUOTED),
        Row(2, {"a": "2", "b": "x"}, 3),
        Row(3, {"a": "3", "b": "y\nz"}, 4),
        Row(4, {"a": "4", "b": "w"}, 6),
    ]


def test_an_unclosed_quote_costs_its_own_line_however_much_follows() -> None:
    rows = 3 * ROW_CHARACTERS_MAX // 4
    read = iter(read_rows(io.BytesIO(b'a\n"open\n' + b"12\r\n" * rows)))
    assert next(read) == Refusal("line 2", UNQUOTED)
    assert sum(isinstance(row, Row) for row in read) == rows


def test_lines_of_a_cell_that_was_no_cell_are_no_rows() -> None:
    assert _cells('a,b\n1,"one\ntwo\nbad "quote""\n4,5') == ["line 2", "line 3", "line 4", ["4", "5"]]


def test_a_file_of_nothing_but_unclosed_quotes_is_read_in_bounded_time() -> None:
    line = b'x","abc\n'  # closes the cell of the line before, and opens another
    read = _read(b"a,b\n" + line * (3 * ROW_CHARACTERS_MAX // len(line)))
    assert all(isinstance(row, Refusal) for row in read)
    assert len(read) <= READ_AGAIN_MAX / ROW_CHARACTERS_MAX
    assert isinstance(read[-2], Refusal)
    assert "left out up to line" in read[-2].why


def test_a_cell_of_more_than_a_megabyte_is_refused_by_name() -> None:
    fits, too_long = "x" * CELL_BYTES_MAX, "é" * 734_003
    assert _cells(f"id,body\n1,{fits}\n2,{too_long}\n3,z") == [["1", fits], "line 3", ["3", "z"]]
    (refusal,) = _read(f"id,body\n2,{too_long}")
    assert refusal == Refusal("line 2", "column 'body' holds 1.4 MB; at most 1 MB.")


def test_quotes_may_be_characters_like_any_other() -> None:
    assert _cells('a\tb\n"x" y\t"z\n', delimiter="\t", quoting=False) == [['"x" y', '"z']]
    assert _cells('a\tb\n"x" y\t"z\n', delimiter="\t") == ["line 2"]


def test_bytes_that_are_no_characters_cost_their_row() -> None:
    read = _read(b"a,b\n1,caf\xe9\n2,\xc3\xa9\n", encoding="utf-8")
    assert read == [
        Refusal("line 2", "column 'b' holds bytes that are no utf-8."),
        Row(2, {"a": "2", "b": "é"}, 3),
    ]
    assert _cells("a,b\n1,\ud800\n2,é".encode("utf-16", "surrogatepass")) == ["line 2", ["2", "é"]]


def test_the_encoding_is_detected_or_told() -> None:
    assert _cells("a\ncafé".encode("latin-1")) == [["café"]]
    assert _cells("a\nДжя".encode("koi8-r"), encoding="koi8-r") == [["Джя"]]
    assert _cells("a\né".encode("utf-8-sig"), encoding="latin-1") == [["é"]]


def test_a_character_may_lie_across_the_sample_and_across_blocks() -> None:
    cell = "🌹" * 9
    data = f"a,b{cell}\n" + f"1,{cell}\n" * (SAMPLE_BYTES // 30)
    for shift in range(4):
        rows = _cells("x" * shift + data)
        assert rows == [["1", cell]] * (SAMPLE_BYTES // 30)


@pytest.mark.parametrize("at", range(-4, 5))
def test_a_row_may_lie_across_blocks(at: int) -> None:
    before = "x" * (BLOCK_BYTES - 10 + at)
    assert _cells(f'a,b\r\n{before},1\r\n"o\r\nk",2\r\n3,4') == [[before, "1"], ["o\r\nk", "2"], ["3", "4"]]


def test_numbers_do_not_depend_on_what_is_refused() -> None:
    rows = _read("a\n1\n2,2\n3\n")
    assert [row.number for row in rows if isinstance(row, Row)] == [1, 3]


@pytest.mark.parametrize(
    ("data", "options", "why"),
    [
        ("a", {"delimiter": ""}, "takes one character"),
        ("a", {"delimiter": '"'}, "takes one character"),
        ("a", {"encoding": "zip"}, "no encoding of text named 'zip'"),
        ('a,"b', {}, "header, line 1, cannot be read"),
        ("a\0b\n1", {}, "header, line 1, holds bytes"),
        (",".join("ab" * 501), {}, "1,002 columns; at most 1,000"),
        ("x" * 1_001, {}, "name has more than 1,000"),
        ("x" * (2 * ROW_CHARACTERS_MAX), {}, "header, line 1, cannot be read: the line has more than 2 MB"),
        (b"PK\x03\x04\x00\xff\xfe", {}, "no text"),
    ],
)  # fmt: skip
def test_a_file_that_makes_no_sense_is_refused_whole(
    data: str | bytes, options: dict[str, object], why: str
) -> None:
    with pytest.raises(InvalidFile, match=why):
        _read(data, **options)


def test_the_name_of_a_file_tells_the_delimiter() -> None:
    assert [delimiter_of(path) for path in ("a.tsv", "b/C.TSV", "d.csv", "e.txt")] == ["\t", "\t", ",", ","]
