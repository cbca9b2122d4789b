"""Rows of JSON lines (jsonlines.org): an object on each line, UTF-8 with or without a byte order mark."""

import codecs
import json
from collections.abc import AsyncIterable, AsyncIterator, Iterator
from typing import BinaryIO

from pydantic_core import to_json

from core.domain.errors import InvalidFile
from core.domain.transfers import Refusal
from core.formats.record_values import Misread, shown
from core.formats.tables.encodings import checked_encoding, marked_encoding, megabytes
from core.formats.tables.rows import Row

LINE_BYTES_MAX = 16 * 1024 * 1024
"""Python takes some twenty times the memory for the emptiest of JSON."""

_PIECE_BYTES = 64 * 1024
_HALF = "\\ud"  # how half of a surrogate pair begins; `json` lets one pass without the other


def read_lines(file: BinaryIO, *, encoding: str = "utf-8") -> Iterator[Row[object] | Refusal]:
    """The object on each line, and a refusal for each line that holds none. Blank lines are no rows.

    Python's `json` reads NaN and Infinity as numbers; whoever expects finite ones has to look. A line above
    `LINE_BYTES_MAX` is refused without being held in memory. Raises InvalidFile for an unknown encoding, and
    for UTF-16 and UTF-32, where one byte of a line end may be half a character.
    """
    number, encoding = 0, checked_encoding(encoding)
    for line, data in enumerate(_lines(file, encoding), 1):
        if data is not None and data.isspace():
            continue
        number += 1
        try:
            yield Row(number, _object(data, encoding), line)
        except Misread as why:
            yield Refusal(f"line {line}", f"{why}.")


async def write_lines(values: AsyncIterable[object]) -> AsyncIterator[bytes]:
    """Each value on a line, some lines at a time, without a byte order mark."""
    waiting = bytearray()
    async for value in values:
        waiting += to_json(value) + b"\n"
        if len(waiting) >= _PIECE_BYTES:
            yield bytes(waiting)
            waiting.clear()
    yield bytes(waiting)


def _lines(file: BinaryIO, encoding: str) -> Iterator[bytes | None]:
    """Every line, or None for one that is too long."""
    first = True
    while data := file.readline(LINE_BYTES_MAX + 1):
        if first:
            name = marked_encoding(data) or encoding
            if name.startswith(("utf-16", "utf-32")):
                raise InvalidFile(f"JSON lines cannot be read as {name}. Save the file as UTF-8.")
            data, first = data.removeprefix(codecs.BOM_UTF8), False
        too_long = len(data) > LINE_BYTES_MAX and not data.endswith(b"\n")
        yield None if too_long else data
        while too_long and (data := file.readline(_PIECE_BYTES)):
            too_long = not data.endswith(b"\n")


def _object(data: bytes | None, encoding: str) -> dict[str, object]:
    if data is None:
        raise Misread(f"the line has more than {megabytes(LINE_BYTES_MAX)}")
    try:
        text = data.decode(encoding)
        value = json.loads(text)
        if _HALF in text.lower():
            json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise Misread("it holds half of a surrogate pair, which is no character") from None
    except UnicodeDecodeError as error:
        raise Misread(f"byte {error.start + 1} is no {encoding}") from None
    except json.JSONDecodeError as error:
        raise Misread(f"it is no JSON: {error.msg} at character {error.pos + 1}") from None
    except (ValueError, RecursionError) as error:
        raise Misread(f"its JSON cannot be read: {shown(error)}") from None
    if not isinstance(value, dict):
        raise Misread("it is no object, which would be in braces")
    return value
