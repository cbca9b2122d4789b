"""What formats are tested with: rows to write, and what comes back."""

import asyncio
import io
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

from core.domain.answers import Answer
from core.domain.exports import Coordinates
from core.domain.items import Item, ItemStatus
from core.domain.kinds import Kind
from core.domain.transfers import Refusal
from core.formats.export_rows import ExportRow, Sheet, Write
from core.formats.import_records import Read, Record, Sought
from tests.examples import a_record

LABELS = ("Animal", "Animal/Cat", "Rose")
ODD_PATHS = (
    "a b.jpg",
    "a%2Fb.jpg",
    'it\'s "so".jpg',
    "🌹/é.jpg",
    "../up.jpg",
    "a/../b.jpg",
    "/root.jpg",
    "C:\\x.jpg",
    "images/images/x.jpg",
)
"""Names of blobs that mean something else to somebody."""


def a_row(path: str, answer: Answer | None, size: tuple[int, int] | None = (640, 480)) -> ExportRow:
    """An item that was answered, or skipped where the answer is None. `size` is width and height."""
    made = replace(a_record().revisions[0], answer=answer, skipped=None if answer else "blurred")
    status = ItemStatus.LABELED if answer else ItemStatus.SKIPPED
    width, height = size or (None, None)
    return ExportRow("0000-0007", Item(path, "e1", 9), f"https://s/{path}", status, made, width, height)


def a_sheet(kind: Kind, coordinates: Coordinates | None = None) -> Sheet:
    """A sheet with the labels Animal, Animal/Cat and Rose."""
    return Sheet(kind, LABELS, "photos", coordinates)


def written(write: Write, sheet: Sheet, *rows: ExportRow) -> tuple[bytes, list[Refusal]]:
    """The file, and which items were refused."""
    refusals: list[Refusal] = []

    def refuse(row: ExportRow, why: str) -> None:
        refusals.append(Refusal(row.item.name, why))

    async def given() -> AsyncIterator[ExportRow]:
        for row in rows:
            yield row

    async def collected() -> bytes:
        return b"".join([chunk async for chunk in write(given(), sheet, refuse, io.BytesIO())])

    return asyncio.run(collected()), refusals


def read_all(
    read: Read, data: bytes, kind: Kind, path: str = "labels", labels: Sequence[str] = LABELS
) -> tuple[list[Record], list[Refusal]]:
    """The records of a file, and what was refused of it."""
    found = list(read(io.BytesIO(data), path, Sought(kind, labels)))
    records = [entry for entry in found if isinstance(entry, Record)]
    return records, [entry for entry in found if isinstance(entry, Refusal)]
