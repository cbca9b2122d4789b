"""Objects on lines."""

import io
import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.errors import InvalidFile
from core.domain.transfers import Refusal
from core.formats.tables.json_lines import read_lines
from core.formats.tables.rows import Row

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)
OBJECTS = st.lists(st.dictionaries(st.text(), VALUES, max_size=3))


def _read(data: bytes, encoding: str = "utf-8") -> list[Row[object] | Refusal]:
    return list(read_lines(io.BytesIO(data), encoding=encoding))


@given(OBJECTS, st.booleans())
def test_what_pythons_json_writes_comes_back(objects: list[dict[str, object]], as_ascii: bool) -> None:
    data = "\r\n".join(json.dumps(one, ensure_ascii=as_ascii) for one in objects)
    read = _read(data.encode("utf-8-sig"))
    assert [row.columns for row in read if isinstance(row, Row)] == objects


def test_rows_and_lines_count_from_1() -> None:
    assert _read(b'{"a":1}\n\n \r\n{"a":2}') == [Row(1, {"a": 1}, 1), Row(2, {"a": 2}, 4)]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"[1]", "it is no object, which would be in braces."),
        (b"null", "it is no object, which would be in braces."),
        (b'{"a":}', "it is no JSON: Expecting value at character 6."),
        (b'{"a":1', "it is no JSON: Expecting ',' delimiter at character 8."),
        (b'{"a":"\xe9"}', "byte 7 is no utf-8."),
        (rb'{"a":"\ud83d"}', "it holds half of a surrogate pair, which is no character."),
        (rb'{"a":"\uDE00"}', "it holds half of a surrogate pair, which is no character."),
        (b"[" * 100_000, "its JSON cannot be read: maximum recursion depth"),
        (b'{"a":' + b"9" * 5_000 + b"}", "its JSON cannot be read: Exceeds the limit"),
        (b"\0", "it is no JSON: Expecting value at character 1."),
    ],
    ids=range(10),
)
def test_a_line_that_is_no_object_is_refused_and_the_rest_goes_in(line: bytes, why: str) -> None:
    refusal, row = _read(line + b'\n{"b":2}')
    assert isinstance(refusal, Refusal)
    assert (refusal.where, refusal.why[: len(why)]) == ("line 1", why)
    assert row == Row(2, {"b": 2}, 2)


def test_whole_surrogate_pairs_are_characters_and_nan_is_a_number() -> None:
    (row,) = _read(rb'{"a":"\ud83c\udf39","b":NaN}')
    assert isinstance(row, Row)
    assert row.columns["a"] == "🌹"
    assert isinstance(row.columns["b"], float)
    assert math.isnan(row.columns["b"])


def test_encodings_of_single_bytes_can_be_told() -> None:
    assert _read('{"a":"é"}'.encode("latin-1"), "latin-1") == [Row(1, {"a": "é"}, 1)]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_wide_encodings_are_refused_whole(encoding: str) -> None:
    with pytest.raises(InvalidFile, match=f"as {encoding}"):
        _read('{"a":1}'.encode(encoding))
    with pytest.raises(InvalidFile, match=f"as {encoding}"):
        _read(b'{"a":1}', encoding)
