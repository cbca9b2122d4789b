"""A row of a table, whatever kind of file the table is."""

from collections.abc import Mapping
from typing import Generic, NamedTuple, TypeVar

V_co = TypeVar("V_co", covariant=True)


class Row(NamedTuple, Generic[V_co]):
    """A row's cells by column name.

    `number` counts the file's rows from 1, refused ones included, a header and blank lines not; it never
    depends on how the file was read. `line` is the line of the file on which the row begins, counted from 1;
    None where a file has no lines.
    """

    number: int
    columns: Mapping[str, V_co]
    line: int | None = None

    @property
    def where(self) -> str:
        """Which row it is, for a person: `line 17`, or `row 16` in a file without lines."""
        return f"row {self.number}" if self.line is None else f"line {self.line}"
