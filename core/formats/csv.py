"""CSV (RFC 4180: CRLF, minimal quoting), one row an item: the columns of its table first, then ours.

A cell holds what Azure ML's CSV has: a label, or several joined by commas; regions as the JSON of JSONL's
`label`. `source` tells how the answer came about (`model`: no person gave it). Cells are written as they are,
even those that a spreadsheet would take for a formula.

Read is every table with a column that names the file, or holds the text, and one with the label.
"""

import csv
import io
import json
from collections.abc import AsyncIterable, AsyncIterator, Collection, Iterator, Mapping, Sequence
from typing import BinaryIO

from core.domain.answers import Classes
from core.domain.kinds import Kind
from core.domain.transfers import Refusal
from core.formats.azure_labels.writing import Unwritable, confidence_value, label_value
from core.formats.export_rows import ExportRow, Refuse, Sheet
from core.formats.import_records import Record, Sought
from core.formats.labeled_rows import SUFFIX, records_by_name
from core.formats.tables.delimited import delimiter_of, read_rows

COLUMNS = ("image_url", "path", "label", "label_confidence", "status", "skipped", "width", "height", "source")
FILE_COLUMNS = ("image_url", "path", "label", "label_confidence", "status", "skipped", "source")
ROW_COLUMNS = ("path", "label", "label_confidence", "status", "skipped", "source")
SPANS_COLUMNS = ("path", "text", "label", "label_confidence", "status", "skipped", "source")
LABELER_COLUMNS = ("labeler", "labeled_at", "seconds")
_CHUNK_CHARACTERS = 64 * 1024
_encode = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode


async def write(
    rows: AsyncIterable[ExportRow], sheet: Sheet, refuse: Refuse, _spool: BinaryIO
) -> AsyncIterator[bytes]:
    """The bytes of a CSV file in UTF-8."""
    waiting = io.StringIO()
    writer = csv.writer(waiting)
    ours = _columns(sheet)
    writer.writerow([*sheet.columns, *_apart(ours, sheet.columns)])
    async for row in rows:
        try:
            cells = _cells(row, sheet)
        except Unwritable as why:
            refuse(row, str(why))
            continue
        source = row.item.columns or {}
        writer.writerow([*(source.get(name) for name in sheet.columns), *(cells[name] for name in ours)])
        if waiting.tell() >= _CHUNK_CHARACTERS:
            yield waiting.getvalue().encode()
            waiting.seek(0)
            waiting.truncate()
    yield waiting.getvalue().encode()


def read(file: BinaryIO, path: str, sought: Sought) -> Iterator[Record | Refusal]:
    """One record or refusal a row. Raises InvalidFile when no column tells the file or text, or the label."""
    return records_by_name(read_rows(file, delimiter=delimiter_of(path)), sought)


def _columns(sheet: Sheet) -> Sequence[str]:
    if sheet.kind.is_image:
        ours: Sequence[str] = COLUMNS
    elif not sheet.columns:
        ours = FILE_COLUMNS
    else:
        ours = SPANS_COLUMNS if sheet.kind is Kind.TEXT_NER else ROW_COLUMNS
    return [*ours, *(LABELER_COLUMNS if sheet.include_labeler else ())]


def _apart(ours: Sequence[str], theirs: Collection[str]) -> Iterator[str]:
    for name in ours:
        while name in theirs:
            name += SUFFIX
        yield name


def _cells(row: ExportRow, sheet: Sheet) -> Mapping[str, object]:
    made = row.annotation
    confidence = confidence_value(row, sheet)
    return {
        "image_url": row.url,
        "path": row.item.name,
        "text": row.text,
        "label": _label(row, sheet),
        "label_confidence": ",".join(map(str, confidence)) if isinstance(confidence, list) else confidence,
        "status": row.status,
        "skipped": made.skipped,
        "width": row.width,
        "height": row.height,
        "source": made.source,
        "labeler": row.labeler or made.user,
        "labeled_at": made.at.isoformat(),
        "seconds": made.milliseconds / 1000,
    }


def _label(row: ExportRow, sheet: Sheet) -> str | None:
    answer = row.annotation.answer
    if answer is None:
        return None
    return ",".join(answer.labels) if isinstance(answer, Classes) else _encode(label_value(row, sheet))
