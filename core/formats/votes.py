"""Votes: an object on each line, one a vote that counts, for whoever wants to make more of them than we do.

`aml_jobs/aggregate` reads it, and its `votes.schema.json` describes it. A labeler is called `labeler-1`,
`labeler-2` and so on in order of appearance, always the same within a file; or by name, if the export is to
include labelers. Of two who have one name, the second has a number behind it.
"""

from collections.abc import AsyncIterable, AsyncIterator
from typing import BinaryIO

from core.formats.export_rows import ExportRow, Refuse, Sheet
from core.formats.tables.json_lines import write_lines


async def write(
    rows: AsyncIterable[ExportRow], sheet: Sheet, _refuse: Refuse, _spool: BinaryIO
) -> AsyncIterator[bytes]:
    """The bytes of the file, UTF-8."""
    labelers = _Labelers()
    lines = (_line(row, sheet, labelers) async for row in rows)
    async for chunk in write_lines(lines):
        yield chunk


def _line(row: ExportRow, sheet: Sheet, labelers: "_Labelers") -> dict[str, object]:
    made = row.annotation
    name = (row.labeler or made.user) if sheet.include_labeler else None
    return {
        "item": row.id,
        "path": row.item.name,
        "kind": sheet.kind,
        "labeler": labelers.called(made.user, name),
        "answer": made.answer,
        "at": made.at.isoformat(),
        "seconds": made.milliseconds / 1000,
        "standing": row.standing,
    }


class _Labelers:
    """What each labeler is called in one file."""

    def __init__(self) -> None:
        self._called: dict[str, str] = {}
        self._taken: set[str] = set()

    def called(self, user: str, name: str | None) -> str:
        if user not in self._called:
            self._called[user] = self._free(name or f"labeler-{len(self._called) + 1}")
            self._taken.add(self._called[user])
        return self._called[user]

    def _free(self, name: str) -> str:
        numbered, number = name, 1
        while numbered in self._taken:
            number += 1
            numbered = f"{name} ({number})"
        return numbered
