"""A JSON array, element by element."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.errors import InvalidFile
from core.domain.transfers import Refusal
from core.formats.json_array import ELEMENT_BYTES_MAX, read_elements


class Slowly(io.BytesIO):
    """A file that gives a few bytes at a time, so that anything may lie across two chunks."""

    def read(self, size: int | None = -1) -> bytes:
        return super().read(min(size or 0, 5))


def _read(data: bytes) -> list[object]:
    """The elements; refusals as their place."""
    read = read_elements(Slowly(data))
    return [found.where if isinstance(found, Refusal) else found[1] for found in read]


def test_elements_are_numbered_from_1() -> None:
    assert list(read_elements(io.BytesIO(b'\xef\xbb\xbf [{"a": 1}, [2, {}], "x,]"]  '))) == [
        (1, {"a": 1}),
        (2, [2, {}]),
        (3, "x,]"),
    ]


@pytest.mark.parametrize(
    ("data", "elements"),
    [
        (b"[]", []),
        (b"[ ]", []),
        (b"[1, 2]]", [1, 2]),
        (rb'["\"", "\\", "a\\\"],b", 3]', ['"', "\\", 'a\\"],b', 3]),
        (b"[1, {oops}, 3]", [1, "entry 2", 3]),
        (b"[1, {]}, 3]", [1, "entry 2", 3]),
        (b"[1,, 3]", [1, "entry 2", 3]),
        (b'[1, {"a": 2', [1, "entry 2"]),
        (b'[1, "a', [1, "entry 2"]),
        (b'[1, "a\\', [1, "entry 2"]),
        (b"[1,", [1, "entry 2"]),
        (b'["\xff", 2]', ["entry 1", 2]),
        (rb'["\ud83d\ude00", "\ud83d", 3]', ["😀", "entry 2", 3]),
    ],
)
def test_what_is_no_json_costs_only_itself(data: bytes, elements: list[object]) -> None:
    assert _read(data) == elements


def test_deep_nesting_and_endless_numbers_are_refused() -> None:
    deep, endless = b"[" * 100_000 + b"]" * 100_000, b"9" * 10_000
    read = list(read_elements(io.BytesIO(b"[" + deep + b"," + endless + b",3]")))
    assert [found.where if isinstance(found, Refusal) else found for found in read] == [
        "entry 1",
        "entry 2",
        (3, 3),
    ]


def test_an_element_that_is_too_long_is_refused_and_the_next_one_read() -> None:
    long = b'"' + b"," * ELEMENT_BYTES_MAX + b'"'
    refusal, element = read_elements(io.BytesIO(b"[" + long + b", 2]"))
    assert refusal == Refusal("entry 1", "it is longer than 16 MB.")
    assert element == (2, 2)


@pytest.mark.parametrize("data", [b"", b"{}", b'{"images": []}', b"\xff\xfe[\x00", b"   "])
def test_what_is_no_array_is_no_file_of_these(data: bytes) -> None:
    with pytest.raises(InvalidFile, match="array"):
        list(read_elements(io.BytesIO(data)))


VALUES = st.recursive(
    st.none() | st.integers() | st.text('"\\[]{},:é😀 a'),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text('"\\[]{},'), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(VALUES, max_size=4), st.sampled_from([None, 1]), st.booleans())
def test_any_array_reads_as_python_reads_it(
    values: list[object], indent: int | None, ascii_only: bool
) -> None:
    assert _read(json.dumps(values, indent=indent, ensure_ascii=ascii_only).encode()) == values
