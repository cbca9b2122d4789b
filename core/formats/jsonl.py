"""JSONL as Azure ML labeling and AutoML for Images have it: an object on each line, one an item.

After learn.microsoft.com/azure/machine-learning/reference-automl-images-schema: `image_url`, `image_details`,
`label`, `label_confidence`. What `label` holds depends on the kind: see `azure_labels`. For a table's row
`image_url` is the table's with the row's number, `AmlDatastore://data/news.csv#12`, and the line also holds
the row's `text` and `columns`.

Fields that are ours: `status` unless an item is labeled, `skipped` for the reason of a skipped one, `source`
where a model gave the answer and no person, `flags` for the notes of labelers who ask for another look, and
on request `labeler`, `labeled_at` and `seconds`.
"""

import posixpath
from collections.abc import AsyncIterable, AsyncIterator, Iterator
from typing import BinaryIO

from core.domain.items import ItemStatus
from core.domain.transfers import Refusal
from core.formats.azure_labels.writing import Unwritable, confidence_value, label_value
from core.formats.export_rows import ExportRow, Refuse, Sheet
from core.formats.import_records import Record, Sought
from core.formats.labeled_rows import Columns, records
from core.formats.tables.json_lines import read_lines, write_lines

COLUMNS = Columns("image_url", "label", "label_confidence", texts=("text",))


async def write(
    rows: AsyncIterable[ExportRow], sheet: Sheet, refuse: Refuse, _spool: BinaryIO
) -> AsyncIterator[bytes]:
    """The bytes of a JSONL file, UTF-8 without a byte order mark."""
    async for chunk in write_lines(_lines(rows, sheet, refuse)):
        yield chunk


def read(file: BinaryIO, _path: str, sought: Sought) -> Iterator[Record | Refusal]:
    """One record or refusal a line."""
    return records(read_lines(file), COLUMNS, sought)


async def _lines(
    rows: AsyncIterable[ExportRow], sheet: Sheet, refuse: Refuse
) -> AsyncIterator[dict[str, object]]:
    async for row in rows:
        try:
            yield _line(row, sheet)
        except Unwritable as why:
            refuse(row, str(why))


def _line(row: ExportRow, sheet: Sheet) -> dict[str, object]:
    item, made = row.item, row.annotation
    line: dict[str, object] = {"image_url": f"AmlDatastore://{sheet.datastore}/{item.name}"}
    if row.width is not None and row.height is not None:
        line["image_details"] = _details(item.path, row.width, row.height)
    if item.columns is not None:
        line |= {"text": row.text, "columns": item.columns}
    line |= {"label": label_value(row, sheet), "label_confidence": confidence_value(row, sheet)}
    if row.status is not ItemStatus.LABELED:
        line["status"] = row.status
    if made.skipped is not None:
        line["skipped"] = made.skipped
    if row.by_model:
        line["source"] = made.source
    if row.flags:
        line["flags"] = row.flags
    if sheet.include_labeler:
        line |= {
            "labeler": row.labeler or made.user,
            "labeled_at": made.at.isoformat(),
            "seconds": made.milliseconds / 1000,
        }
    return line


def _details(path: str, width: int, height: int) -> dict[str, object]:
    extension = posixpath.splitext(path)[1].removeprefix(".").lower()
    return {"format": extension, "width": f"{width}px", "height": f"{height}px"}
