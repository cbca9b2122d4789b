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
from core.formats.yolo.names import image_file, label_file
from core.formats.zips import Files, from_spool, pack
from core.logic.geometry.moves import clipped, scaled

COLUMNS = ("file", "path", "url")
"""Of `images.csv`: where the image belongs, its path in the datastore, and its address."""


async def write(
    rows: AsyncIterable[ExportRow], sheet: Sheet, refuse: Refuse, spool: BinaryIO
) -> AsyncIterator[bytes]:
    """The bytes of the archive. The lines of `images.csv` wait in `spool`."""
    async for chunk in pack(_files(rows, sheet, refuse, spool)):
        yield chunk


async def _files(rows: AsyncIterable[ExportRow], sheet: Sheet, refuse: Refuse, spool: BinaryIO) -> Files:
    classes = {label: number for number, label in enumerate(sheet.labels)}
    taken: set[int] = set()
    yield "data.yaml", _data(sheet.labels)
    spool.write(_cells(COLUMNS))
    async for row in rows:
        name = label_file(row.item.path)
        if flaw := _flaw(row) or _taken(name, taken):
            refuse(row, flaw)
            continue
        spool.write(_cells((image_file(row.item.path), row.item.path, row.url)))
        yield name, "".join(_lines(row, classes)).encode()
    yield "images.csv", from_spool(spool)


def _data(labels: Sequence[str]) -> bytes:
    """`data.yaml`. Without a `path` in it, Ultralytics looks for the images beside it."""
    import yaml  # here, for the cold start's sake

    described = {"train": "images/train", "val": "images/train", "names": dict(enumerate(labels))}
    return yaml.safe_dump(described, allow_unicode=True, sort_keys=False).encode()


def _flaw(row: ExportRow) -> str | None:
    answer = row.annotation.answer
    if answer is None:
        return "it was skipped, and an empty label file would say that there is nothing in the image"
    if isinstance(answer, Polygons) and any(_is_divided(polygon) for polygon in answer.polygons):
        return "YOLO has no polygons of several parts or with holes; export COCO instead"
    if regions(answer) and not (row.width and row.height):
        return "the image cannot be read, so its size is not known"
    return None


def _is_divided(polygon: Polygon) -> bool:
    return bool(polygon.holes) or len(polygon.parts) > 1


def _taken(name: str, taken: set[int]) -> str | None:
    """Why a name cannot be used, or None when it can. Hashes take a third of the memory of names."""
    if hash(name) in taken:
        return f"'{name}' holds the labels of another image, whose name differs only in its extension"
    taken.add(hash(name))
    return None


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
