"""The images that an MLTable names."""

from collections.abc import AsyncIterator

from core.domain.items import Item
from core.domain.projects import Data
from core.domain.transfers import Refusal
from core.formats.labeled_rows import Columns, LabeledRow, labeled_rows
from core.logic.locations import blob_path
from core.logic.paths import is_image
from core.logic.projects.data import IMAGE
from core.ports import Ports
from core.usecases.open_mltable import open_mltable

_STEP = 5_000


async def find_mltable_items(ports: Ports, container: str, data: Data) -> AsyncIterator[list[Item | Refusal]]:
    """An item for each image, some at a time, and a refusal for each row that names none.

    Whether the images exist is for the inspection to find out. Raises InvalidFile, NotFound.
    """
    mapping = data.columns if isinstance(data.columns, dict) else {}
    columns = Columns(mapping.get(IMAGE, "image_url"))
    seen: set[str] = set()
    async for table in open_mltable(ports, container, data.path):
        some: list[Item | Refusal] = []
        for row in labeled_rows(table.rows, columns):
            some.append(_item(table.path, row, seen))
            if len(some) == _STEP:
                yield some
                some = []
        yield some


def _item(table: str, row: LabeledRow | Refusal, seen: set[str]) -> Item | Refusal:
    if isinstance(row, Refusal):
        return Refusal(f"{table}, {row.where}", row.why)
    path = blob_path(row.location or "")
    if is_image(path) and path not in seen:
        seen.add(path)
        return Item(path, "", 0)
    why = "is in the table already" if path in seen else "has not the extension of an image"
    return Refusal(f"{table}, {row.where}", f"'{path}' {why}.")
