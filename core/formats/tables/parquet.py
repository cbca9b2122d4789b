"""Rows of a Parquet file, through pyarrow, some hundreds at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from core.domain.errors import InvalidFile
from core.domain.transfers import Refusal
from core.formats.record_values import Misread, shown
from core.formats.tables.delimited import CELL_BYTES_MAX, COLUMNS_MAX
from core.formats.tables.encodings import megabytes
from core.formats.tables.rows import Row

if TYPE_CHECKING:
    import pyarrow as pa

BATCH_ROWS = 256
_BUFFER_BYTES = 1024 * 1024


def read_rows(file: BinaryIO) -> Iterator[Row[object] | Refusal]:
    """The rows: text, numbers, lists, dicts and None as in Python; dates and decimals as text; binary as text
    where it is UTF-8, else None.

    A row is refused for a text of more than `CELL_BYTES_MAX`, and for a value that Python has none for.
    Raises InvalidFile for what is no Parquet file or is damaged, be it after some rows.
    """
    import pyarrow.parquet as pq  # here, for the cold start's sake: a fifth of a second

    with _reading():
        metadata = pq.read_metadata(file)
        names = metadata.schema.to_arrow_schema().names
        stored = [metadata.schema.column(at) for at in range(metadata.num_columns)]
        if len(stored) > COLUMNS_MAX or len(set(names)) < len(names):
            raise InvalidFile(f"The table has more than {COLUMNS_MAX:,} columns, or two of the same name.")
        # a text that a million rows share is stored once, and must not be unpacked a million times
        shared = [column.path for column in stored if column.physical_type == "BYTE_ARRAY"]
        file.seek(0)
        table = pq.ParquetFile(
            file,
            read_dictionary=shared,
            buffer_size=_BUFFER_BYTES,
            pre_buffer=False,
            page_checksum_verification=True,
        )
        batches = table.iter_batches(BATCH_ROWS)
    number = 0
    while True:
        with _reading():
            batch = next(batches, None)
        if batch is None:
            return
        columns = list(zip(names, batch.columns, strict=True))
        for at in range(batch.num_rows):
            number += 1
            try:
                yield Row(number, {name: _value(column, name, at) for name, column in columns})
            except Misread as why:
                yield Refusal(f"row {number}", f"{why}.")


@contextmanager
def _reading() -> Iterator[None]:
    from pyarrow import ArrowException

    try:
        yield
    except (ArrowException, OSError, ValueError) as error:
        raise InvalidFile(f"This is no Parquet file, or it is damaged: {shown(error)}") from error


def _value(column: "pa.Array", name: str, at: int) -> object:
    try:
        value = _plain(column[at].as_py())
    except (ValueError, OverflowError, LookupError) as error:  # a date before the year 1, text that is none
        raise Misread(f"column '{shown(name)}' cannot be read: {shown(error)}") from error
    if isinstance(value, str) and len(value.encode()) > CELL_BYTES_MAX:
        size, most = megabytes(len(value.encode())), megabytes(CELL_BYTES_MAX)
        raise Misread(f"column '{shown(name)}' holds {size}; at most {most}")
    return value


def _plain(value: object) -> object:
    match value:
        case None | str() | bool() | int() | float():
            return value
        case list() | tuple():
            return [_plain(element) for element in value]
        case dict():
            return {str(key): _plain(element) for key, element in value.items()}
        case bytes():
            try:
                return value.decode()
            except UnicodeDecodeError:
                return None
    return str(value)
