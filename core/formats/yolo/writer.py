"""A YOLO data set as a stream: a zip of `data.yaml`, a label file for each image, and `images.csv`.

A line is a class's number, from 0 in the order of the project's labels, and fractions of the image's width
and height to six decimals: `class x y width height` for a box, of which x and y are the centre, or
`class x1 y1 x2 y2 ...` for a polygon. The images stay where they are; `images.csv` says where each belongs.
"""

import csv
import io
from collections.abc import AsyncIterable, AsyncIterator, Iterator, Mapping, Sequence
from typing import BinaryIO

from core.domain.answers import Box, Boxes, Polygon, Polygons, regions
from core.formats.export_rows import ExportRow, Refuse, Sheet
from core.formats.label_files import NO_SIZE, Names, flaw
from core.formats.yolo.names import image_file, label_file
from core.formats.zips import Files, from_spool, pack
from core.logic.geometry.moves import clipped, scaled

COLUMNS = ("file", "path", "url", "source")
"""Of `images.csv`: where the image belongs, its path in the datastore, its address, and how its answer came
about (`model`: no person gave it)."""


async def write(
    rows: AsyncIterable[ExportRow], sheet: Sheet, refuse: Refuse, spool: BinaryIO
) -> AsyncIterator[bytes]:
    """The bytes of the archive. The lines of `images.csv` wait in `spool`."""
    async for chunk in pack(_files(rows, sheet, refuse, spool)):
        yield chunk


async def _files(rows: AsyncIterable[ExportRow], sheet: Sheet, refuse: Refuse, spool: BinaryIO) -> Files:
    classes = {label: number for number, label in enumerate(sheet.labels)}
    names = Names()
    yield "data.yaml", _data(sheet.labels)
    spool.write(_cells(COLUMNS))
    async for row in rows:
        name = label_file(row.item.path)
        if reason := _flaw(row) or names.take(name):
            refuse(row, reason)
            continue
        spool.write(_cells((image_file(row.item.path), row.item.path, row.url, row.annotation.source)))
        yield name, "".join(_lines(row, classes)).encode()
    yield "images.csv", from_spool(spool)


def _data(labels: Sequence[str]) -> bytes:
    """`data.yaml`. Without a `path` in it, Ultralytics looks for the images beside it."""
    import yaml  # here, for the cold start's sake

    described = {"train": "images/train", "val": "images/train", "names": dict(enumerate(labels))}
    return yaml.safe_dump(described, allow_unicode=True, sort_keys=False).encode()


def _flaw(row: ExportRow) -> str | None:
    if row.annotation.answer and regions(row.annotation.answer) and not (row.width and row.height):
        return NO_SIZE
    return flaw(row, "YOLO")


def _lines(row: ExportRow, classes: Mapping[str, int]) -> Iterator[str]:
    answer = row.annotation.answer
    if isinstance(answer, Boxes | Polygons) and row.width and row.height:
        for region in regions(clipped(scaled(answer, 1 / row.width, 1 / row.height), 1, 1)):
            if isinstance(region, Box | Polygon):
                numbers = " ".join(f"{number:.6f}" for number in _numbers(region))
                yield f"{classes[region.label]} {numbers}\n"


def _numbers(region: Box | Polygon) -> Sequence[float]:
    if isinstance(region, Polygon):
        return region.parts[0]
    return (region.x + region.width / 2, region.y + region.height / 2, region.width, region.height)


def _cells(cells: Sequence[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue().encode()
