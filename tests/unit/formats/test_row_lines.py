import math
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.errors import InvalidFile
from core.domain.rows import Int64, Row, Value
from core.formats import row_lines
from core.formats.row_lines import decode_row, encode_row, split_lines

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES: st.SearchStrategy[Value] = st.one_of(
    TEXTS,
    st.booleans(),
    st.integers(-(2**31), 2**31 - 1),
    st.integers(-(2**63), 2**63 - 1).map(Int64),
    st.floats(allow_nan=False),
    st.binary(),
    st.datetimes(timezones=st.just(UTC)),
    st.uuids(),
)
ROWS = st.builds(Row, TEXTS, TEXTS, st.dictionaries(TEXTS, VALUES))


@given(ROWS)
def test_a_row_comes_back_with_its_types(row: Row) -> None:
    line = encode_row(row)
    assert line.count(b"\n") == 1
    found = decode_row(line)
    assert found == row
    assert {name: type(value) for name, value in found.values.items()} == {
        name: type(value) for name, value in row.values.items()
    }


def test_what_is_no_number_comes_back() -> None:
    found = decode_row(encode_row(Row("a", "b", {"it": math.nan})))
    assert repr(found.values["it"]) == "nan"


def test_a_line_reads_like_this() -> None:
    values: dict[str, Value] = {
        "n": 1,
        "x": 1.0,
        "big": Int64(1),
        "b": b"\x00",
        "t": datetime(2026, 11, 21, 12, 0, 0, 5, UTC),
    }
    assert encode_row(Row("0003", "i:0001", values)) == (
        b'["0003","i:0001",{"n":1,"x":1.0,"big":{"int64":"1"},"b":{"bytes":"AA=="},'
        b'"t":{"time":"2026-11-21T12:00:00.000005+00:00"}}]\n'
    )


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{}",
        b"[1,2,{}]",
        b'["a","b"]',
        b'["a","b",[]]',
        b'["a","b",{"x":null}]',
        b'["a","b",{"x":[1]}]',
        b'["a","b",{"x":5000000000}]',
        b'["a","b",{"x":{"bytes":"?"}}]',
        b'["a","b",{"x":{"python":"exit()"}}]',
        b'["a","b",{"x":{"int64":"1","uuid":"2"}}]',
        b'["a","b",{"x":{"time":"noon"}}]',
    ],
)
def test_what_is_no_row_is_refused(line: bytes) -> None:
    with pytest.raises(InvalidFile):
        decode_row(line)


async def _cut(data: bytes, size: int) -> AsyncIterator[bytes]:
    for at in range(0, len(data), size):
        yield data[at : at + size]


@pytest.mark.parametrize("size", [1, 2, 3, 100])
async def test_lines_come_whole_however_they_are_cut_up(size: int) -> None:
    assert [line async for line in split_lines(_cut(b"ab\n\ncde\nf", size))] == [b"ab", b"", b"cde", b"f"]


async def test_a_line_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_lines, "LINE_BYTES_MAX", 10)
    with pytest.raises(InvalidFile):
        _ = [line async for line in split_lines(_cut(b"a" * 20, 4))]
