"""COCO (cocodataset.org/#format-data), written as a stream.

A classification has no region, so its annotations have no `bbox`, no `segmentation` and area 0: one
annotation for each label of an image. (Azure ML's export did the same; a whole-image box would pass for a
detection.) Ids count from 1. `file_name` is the blob's path in its container, `width` and `height` are pixels
of the upright image.
"""

import json
from collections.abc import AsyncIterable, AsyncIterator, Iterator
from typing import BinaryIO

from core.domain.answers import Classes
from core.formats.export_rows import ExportRow, Refuse, Sheet

_CHUNK_BYTES = 1024 * 1024
_encode = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode


async def write(
    rows: AsyncIterable[ExportRow], sheet: Sheet, refuse: Refuse, spool: BinaryIO
) -> AsyncIterator[bytes]:
    """The bytes of a COCO file. Annotations wait in `spool` until the images are out."""
    categories = {label: number for number, label in enumerate(sheet.labels, 1)}
    yield b'{"images":['
    images = annotations = 0
    async for row in rows:
        if row.width is None:
            refuse(row, "the image cannot be read, so its size is not known")
            continue
        images += 1
        yield _separated(images, _image(images, row))
        for category in _categories(row, categories):
            annotations += 1
            spool.write(_separated(annotations, _annotation(annotations, images, category)))
    yield b'],"annotations":['
    spool.seek(0)
    while chunk := spool.read(_CHUNK_BYTES):
        yield chunk
    named = [{"id": number, "name": label} for label, number in categories.items()]
    yield b'],"categories":' + _json(named) + b"}"


def _image(number: int, row: ExportRow) -> dict[str, object]:
    return {
        "id": number,
        "width": row.width,
        "height": row.height,
        "file_name": row.item.path,
        "coco_url": row.url,
        "date_captured": row.annotation.at.isoformat(),
    }


def _categories(row: ExportRow, categories: dict[str, int]) -> Iterator[int]:
    answer = row.annotation.answer
    if isinstance(answer, Classes):
        yield from (categories[label] for label in answer.labels)


def _annotation(number: int, image: int, category: int) -> dict[str, object]:
    return {"id": number, "image_id": image, "category_id": category, "area": 0, "iscrowd": 0}


def _separated(number: int, value: dict[str, object]) -> bytes:
    return (b"," if number > 1 else b"") + _json(value)


def _json(value: object) -> bytes:
    return _encode(value).encode()
