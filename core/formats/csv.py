"""CSV (RFC 4180: CRLF, minimal quoting), one row an item, as a stream.

Columns: `image_url`, `path`, `label` (several joined by commas), `label_confidence` (1 for a person's answer,
joined likewise), `status`, `skipped`, `width`, `height`; with labeler details also `labeler`, `labeled_at`,
`seconds`.
"""

import csv
import io
from collections.abc import AsyncIterable, AsyncIterator, Sequence
from typing import BinaryIO

from core.domain.answers import Classes
from core.formats.export_rows import ExportRow, Refuse, Sheet

COLUMNS = ("image_url", "path", "label", "label_confidence", "status", "skipped", "width", "height")
LABELER_COLUMNS = ("labeler", "labeled_at", "seconds")


async def write(
    rows: AsyncIterable[ExportRow], sheet: Sheet, _refuse: Refuse, _spool: BinaryIO
) -> AsyncIterator[bytes]:
    """The bytes of a CSV file in UTF-8."""
    yield _line([*COLUMNS, *(LABELER_COLUMNS if sheet.include_labeler else ())])
    async for row in rows:
        yield _line([*_cells(row), *(_labeler_cells(row) if sheet.include_labeler else ())])


def _cells(row: ExportRow) -> Sequence[object]:
    answer = row.annotation.answer
    labels = answer.labels if isinstance(answer, Classes) else ()
    confidences = ",".join("1" for _ in labels)
    skipped = row.annotation.skipped
    return (
        row.url, row.item.path, ",".join(labels), confidences, row.status, skipped, row.width, row.height
    )  # fmt: skip


def _labeler_cells(row: ExportRow) -> Sequence[object]:
    made = row.annotation
    return (made.user, made.at.isoformat(), made.milliseconds / 1000)


def _line(cells: Sequence[object]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue().encode()
