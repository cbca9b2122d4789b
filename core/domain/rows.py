"""A row of a project's table, exactly as it is stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Int64:
    """A whole number that is stored in 64 bits. A plain `int` is stored in 32."""

    value: int


Value = str | bool | int | Int64 | float | bytes | datetime | UUID
"""What a property of a row may be; times are in UTC, to the microsecond."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row by its partition and its key there. When it was written, and its ETag, are no part of it."""

    partition: str
    key: str
    values: Mapping[str, Value]
