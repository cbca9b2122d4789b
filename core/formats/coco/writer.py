"""A COCO file as a stream. Ids count from 1; categories are the project's labels, named by their paths.

A classification has no region, so its annotations have neither `bbox` nor `segmentation`, and area 0: one
annotation for each label of an image. (Azure ML's export did the same; a whole-image box would pass for a
detection.)

Where a model gave the answer and no person, the image and its annotations have a `source` that says so.
"""

from collections.abc import AsyncIterable, AsyncIterator, Sequence
from typing import BinaryIO

from pydantic_core import to_json

from core.domain.answers import Answer, Classes, Region, regions
from core.domain.exports import Coordinates
from core.formats.coco.azure_ml import AZURE_ML
from core.formats.coco.layout import Fields, Ids
from core.formats.coco.standard import STANDARD
from core.formats.export_rows import ExportRow, Refuse, Sheet

_CHUNK_BYTES = 1024 * 1024


async def write(
    rows: AsyncIterable[ExportRow], sheet: Sheet, refuse: Refuse, spool: BinaryIO
) -> AsyncIterator[bytes]:
    """The bytes of a COCO file. Annotations wait in `spool` until the images are out."""
    layout = AZURE_ML if sheet.coordinates is Coordinates.NORMALIZED else STANDARD
    categories = {label: number for number, label in enumerate(sheet.labels, 1)}
    yield b'{"images":['
    images = annotations = 0
    async for row in rows:
        if flaw := layout.flaw(row):
            refuse(row, flaw)
            continue
        images += 1
        told = {"source": row.annotation.source} if row.by_model else {}
        yield _separated(images, {**layout.image(images, row, sheet), **told})
        for label, region in _marks(row.annotation.answer):
            annotations += 1
            ids = Ids(annotations, images, categories[label])
            spool.write(_separated(annotations, {**layout.annotation(ids, region, row), **told}))
    yield b'],"annotations":['
    spool.seek(0)
    while chunk := spool.read(_CHUNK_BYTES):
        yield chunk
    named = [{"id": number, "name": label} for label, number in categories.items()]
    yield b'],"categories":' + to_json(named) + b"}"


def _marks(answer: Answer | None) -> Sequence[tuple[str, Region | None]]:
    """What there is an annotation for. A skipped image has none, nor has a true negative."""
    match answer:
        case None:
            return ()
        case Classes(labels):
            return [(label, None) for label in labels]
    return [(region.label, region) for region in regions(answer)]


def _separated(number: int, value: Fields) -> bytes:
    return (b"," if number > 1 else b"") + to_json(value)
