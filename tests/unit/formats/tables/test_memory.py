"""Whatever a file holds, reading it takes little memory."""

import tracemalloc
from collections.abc import Iterable

import pytest

from core.domain.transfers import Refusal
from core.formats.tables.delimited import read_rows
from core.formats.tables.json_lines import read_lines
from core.formats.tables.rows import Row
from tests.unit.formats.tables.streams import Counted, long_line

MEGABYTE = 1024 * 1024


def _peak(rows: Iterable[Row[object] | Refusal]) -> tuple[list[Row[object] | Refusal], float]:
    """The rows, and the most memory that reading them took, in megabytes."""
    tracemalloc.start()
    try:
        read = list(rows)
        return read, tracemalloc.get_traced_memory()[1] / MEGABYTE
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("quote", [b"", b'"'])
def test_a_line_of_200_mb_is_passed_by(quote: bytes) -> None:
    file = long_line(b"a,b\n1,2\n" + quote, 200, b"\n3,4\n")
    read, megabytes = _peak(read_rows(file))
    assert read == [
        Row(1, {"a": "1", "b": "2"}, 2),
        Refusal("line 3", "the line has more than 2 MB."),
        Row(3, {"a": "3", "b": "4"}, 4),
    ]
    assert megabytes < 20


def test_a_json_line_of_200_mb_is_passed_by() -> None:
    read, megabytes = _peak(read_lines(long_line(b'{"a":1}\n{"a":"', 200, b'"}\n{"a":3}')))
    assert read == [
        Row(1, {"a": 1}, 1),
        Refusal("line 2", "the line has more than 16 MB."),
        Row(3, {"a": 3}, 3),
    ]
    assert megabytes < 60


def test_a_table_is_read_in_pieces() -> None:
    file = Counted(b"a,b\n" + (b"1," + b"2" * 97 + b"\n") * 60_000)
    read, megabytes = _peak(row for row in read_rows(file) if isinstance(row, Refusal))
    assert not read
    assert file.asked <= MEGABYTE
    assert megabytes < 20
