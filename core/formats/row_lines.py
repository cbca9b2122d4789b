"""Rows of a table as lines of JSON: `[partition, key, {name: value}]`.

Texts, truths, 32-bit integers and finite numbers with a point are JSON's own. What JSON has no type for is an
object with the type's name: `{"bytes": <base64>}`, `{"int64": "5"}`, `{"time": <ISO 8601>}`, `{"uuid": …}`,
`{"float": "nan"}`.
"""

import binascii
import math
from base64 import b64decode, b64encode
from collections.abc import AsyncIterable, AsyncIterator, Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from pydantic_core import from_json, to_json

from core.domain.errors import InvalidFile
from core.domain.rows import Int64, Row, Value

LINE_BYTES_MAX = 16 * 1024 * 1024
"""A row has 1 MiB at most, which JSON may make longer."""

_INT32 = range(-(2**31), 2**31)


def encode_row(row: Row) -> bytes:
    """A row as a line, with its end."""
    return to_json([row.partition, row.key, {name: _told(row.values[name]) for name in row.values}]) + b"\n"


def decode_row(line: bytes) -> Row:
    """The row of which `encode_row` made this. Raises InvalidFile for anything else."""
    try:
        partition, key, values = from_json(line)
        if not (isinstance(partition, str) and isinstance(key, str)):
            raise TypeError
        return Row(partition, key, {str(name): _untold(value) for name, value in values.items()})
    except (ValueError, TypeError, KeyError, AttributeError, binascii.Error) as error:
        raise InvalidFile("The file is damaged: a line of it is no row of a table.") from error


async def split_lines(chunks: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
    """The lines of a content that comes in chunks. Raises InvalidFile for one that no row is as long as."""
    begun = bytearray()
    async for chunk in chunks:
        begun += chunk
        if b"\n" in chunk:
            *lines, rest = bytes(begun).split(b"\n")
            for line in lines:
                yield line
            begun = bytearray(rest)
        if len(begun) > LINE_BYTES_MAX:
            raise InvalidFile("A line of the file is longer than any row of a table.")
    if begun:
        yield bytes(begun)


def _told(value: Value) -> object:
    match value:
        case str() | bool() | int():
            return value
        case float():
            return value if math.isfinite(value) else {"float": repr(value)}
        case bytes():
            return {"bytes": b64encode(value).decode()}
        case Int64():
            return {"int64": str(value.value)}
        case datetime():
            return {"time": value.astimezone(UTC).isoformat()}
        case UUID():
            return {"uuid": str(value)}


def _untold(told: object) -> Value:
    match told:
        case str() | bool() | float():
            return told
        case int() if told in _INT32:
            return told
        case {**named} if len(named) == 1:
            ((kind, text),) = named.items()
            return _TYPES[str(kind)](text)
        case _:
            raise TypeError


_TYPES: Mapping[str, Callable[[Any], Value]] = {
    "bytes": lambda text: b64decode(text, validate=True),
    "int64": lambda text: Int64(int(text)),
    "time": datetime.fromisoformat,
    "uuid": UUID,
    "float": float,
}
