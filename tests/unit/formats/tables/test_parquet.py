"""Rows of Parquet files, made by pyarrow."""

import io
from contextlib import suppress
from datetime import date
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.errors import InvalidFile
from core.domain.transfers import Refusal
from core.formats.tables.parquet import BATCH_ROWS, read_rows
from core.formats.tables.rows import Row


def _file(columns: dict[str, object]) -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.table(columns), file)
    return file.getvalue()


def _read(data: bytes) -> list[Row[object] | Refusal]:
    return list(read_rows(io.BytesIO(data)))


def test_values_are_pythons() -> None:
    boxes = [{"label": "Cat", "topX": 0.25}]
    data = _file({"path": ["é.jpg", None], "boxes": [boxes, []], "sure": [0.5, 1.0], "count": [3, 4]})
    assert _read(data) == [
        Row(1, {"path": "é.jpg", "boxes": boxes, "sure": 0.5, "count": 3}),
        Row(2, {"path": None, "boxes": [], "sure": 1.0, "count": 4}),
    ]


def test_what_json_does_not_have_becomes_text() -> None:
    data = _file({"at": [date(2026, 11, 20)], "price": [Decimal("1.50")], "raw": [b"ok"], "x": [b"\xff"]})
    assert _read(data) == [Row(1, {"at": "2026-11-20", "price": "1.50", "raw": "ok", "x": None})]


def test_rows_go_on_over_batches() -> None:
    rows = _read(_file({"n": list(range(2 * BATCH_ROWS + 1))}))
    assert [row.number for row in rows if isinstance(row, Row)] == list(range(1, 2 * BATCH_ROWS + 2))
    assert rows[-1] == Row(513, {"n": 512})


def test_a_long_text_is_refused_by_name() -> None:
    assert _read(_file({"body": ["x" * 1_572_864, "y"]})) == [
        Refusal("row 1", "column 'body' holds 1.5 MB; at most 1 MB."),
        Row(2, {"body": "y"}),
    ]


def test_a_text_that_many_rows_share_is_not_unpacked_for_each() -> None:
    shared = pa.DictionaryArray.from_arrays(pa.array([0] * 20_000, pa.int32()), pa.array(["x" * 4_000_000]))
    before = pa.total_allocated_bytes()
    rows = read_rows(io.BytesIO(_file({"body": shared})))
    assert isinstance(next(rows), Refusal)
    assert pa.total_allocated_bytes() - before < 40_000_000


@pytest.mark.parametrize("data", [b"", b"PAR1", b"a,b\n1,2\n", b"PAR1" * 9])
def test_what_is_no_parquet_is_refused_whole(data: bytes) -> None:
    with pytest.raises(InvalidFile, match="no Parquet file, or it is damaged"):
        _read(data)


def test_columns_of_one_name_are_refused() -> None:
    file = io.BytesIO()
    pq.write_table(pa.Table.from_arrays([pa.array([1]), pa.array([2])], names=["a", "a"]), file)
    with pytest.raises(InvalidFile, match="two of the same name"):
        _read(file.getvalue())


SOUND = _file({"path": ["a.jpg", "b.jpg"], "boxes": [[{"x": 0.5}], []]})


@given(st.lists(st.tuples(st.integers(0, len(SOUND) - 1), st.integers(0, 255)), min_size=1, max_size=5))
def test_a_damaged_file_is_read_or_refused(changes: list[tuple[int, int]]) -> None:
    data = bytearray(SOUND)
    for at, value in changes:
        data[at] = value
    with suppress(InvalidFile):
        assert all(isinstance(row, Row | Refusal) for row in _read(bytes(data)))
