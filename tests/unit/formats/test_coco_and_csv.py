import csv as stdlib_csv
import io
from collections.abc import AsyncIterator
from dataclasses import replace

from core.domain.answers import Classes
from core.domain.items import Item, ItemStatus
from core.domain.kinds import Kind
from core.formats import csv
from core.formats.export_rows import ExportRow, Sheet
from tests.examples import NOON, a_record

ROSE = a_record().revisions[0]
LABELS = ["Animal", "Animal/Cat", "Rose"]


def _row(path: str, *labels: str, width: int = 640, height: int = 480) -> ExportRow:
    made = replace(ROSE, answer=Classes(labels)) if labels else replace(ROSE, answer=None, skipped="blurred")
    status = ItemStatus.LABELED if labels else ItemStatus.SKIPPED
    return ExportRow(Item(path, "e1", 9), f"https://s/{path}", status, made, width, height)


def _sheet(*, include_labeler: bool = False) -> Sheet:
    return Sheet(Kind.IMAGE_MULTILABEL, LABELS, "data", include_labeler=include_labeler)


def _never(row: ExportRow, why: str) -> None:
    raise AssertionError((row, why))


async def _rows(*rows: ExportRow) -> AsyncIterator[ExportRow]:
    for row in rows:
        yield row


async def _csv(*rows: ExportRow, include_labeler: bool = False) -> list[dict[str, str]]:
    data = b"".join(
        [
            chunk
            async for chunk in csv.write(
                _rows(*rows), _sheet(include_labeler=include_labeler), _never, io.BytesIO()
            )
        ]
    )
    return list(stdlib_csv.DictReader(io.StringIO(data.decode(), newline="")))


async def test_csv_has_a_row_per_item() -> None:
    rows = await _csv(_row('a,"b".jpg', "Rose", "Animal"), _row("c.jpg"))
    assert rows[0] == {
        "image_url": 'https://s/a,"b".jpg',
        "path": 'a,"b".jpg',
        "label": "Rose,Animal",
        "label_confidence": "1,1",
        "status": "labeled",
        "skipped": "",
        "width": "640",
        "height": "480",
    }
    assert (rows[1]["label"], rows[1]["status"], rows[1]["skipped"]) == ("", "skipped", "blurred")


async def test_csv_tells_of_the_labeler_only_when_asked() -> None:
    (row,) = await _csv(_row("a.jpg", "Rose"), include_labeler=True)
    assert (row["labeler"], row["labeled_at"], row["seconds"]) == ("ben", NOON.isoformat(), "2.5")
    assert "labeler" not in (await _csv(_row("a.jpg", "Rose")))[0]
