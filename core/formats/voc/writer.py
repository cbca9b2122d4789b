"""A Pascal VOC data set as a stream: a zip of an XML file for each image, and a list of them.

The labels of `photos/a.jpg` are in `Annotations/photos/a.xml`; `ImageSets/Main/default.txt` lists `photos/a`.
`filename` is the blob's path, `folder` the datastore. Boxes are whole pixels, so that an edge moves by half a
pixel at most, and a box of less than a pixel becomes one. Polygons have three decimals. `annotation` in
`source` says `model` where a model gave the answer and no person.
"""

import posixpath
import re
from collections.abc import AsyncIterable, AsyncIterator, Iterator, Sequence
from math import floor
from typing import BinaryIO
from xml.sax.saxutils import escape

from core.domain.answers import Box, Polygon, Region, regions
from core.formats.export_rows import ExportRow, Refuse, Sheet
from core.formats.label_files import NO_SIZE, Names, flaw
from core.formats.zips import Files, from_spool, pack, safe_name
from core.logic.geometry import polygons
from core.logic.geometry.bounds import Bounds

FOLDER, EXTENSION = "Annotations", ".xml"

_NOT_IN_XML = re.compile("[^\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot say, and line breaks and tabs, which readers do not keep."""


async def write(
    rows: AsyncIterable[ExportRow], sheet: Sheet, refuse: Refuse, spool: BinaryIO
) -> AsyncIterator[bytes]:
    """The bytes of the archive. The list of images waits in `spool`."""
    async for chunk in pack(_files(rows, sheet, refuse, spool)):
        yield chunk


async def _files(rows: AsyncIterable[ExportRow], sheet: Sheet, refuse: Refuse, spool: BinaryIO) -> Files:
    names = Names()
    async for row in rows:
        stem = posixpath.splitext(safe_name(row.item.path))[0]
        name = f"{FOLDER}/{stem}{EXTENSION}"
        if reason := _flaw(row) or names.take(name):
            refuse(row, reason)
            continue
        spool.write(f"{stem}\n".encode())
        yield name, "".join(_lines(row, sheet)).encode()
    yield "ImageSets/Main/default.txt", from_spool(spool)


def _flaw(row: ExportRow) -> str | None:
    if row.width is None or row.height is None:
        return NO_SIZE
    marks = regions(row.annotation.answer) if row.annotation.answer else ()
    if any(_NOT_IN_XML.search(text) for text in (row.item.path, *(mark.label for mark in marks))):
        return "its path or a label has a character that XML cannot carry"
    return flaw(row, "Pascal VOC")


def _lines(row: ExportRow, sheet: Sheet) -> Iterator[str]:
    marks = regions(row.annotation.answer) if row.annotation.answer else ()
    outlined = any(isinstance(mark, Polygon) for mark in marks)
    yield "<annotation>\n"
    yield f"  <folder>{escape(sheet.datastore)}</folder>\n"
    yield f"  <filename>{escape(row.item.path)}</filename>\n"
    yield f"  <path>{escape(row.url)}</path>\n"
    how = f"<annotation>{row.annotation.source}</annotation>" if row.by_model else ""
    yield f"  <source><database>Tagwerk</database>{how}</source>\n"
    yield f"  <size><width>{row.width}</width><height>{row.height}</height><depth>3</depth></size>\n"
    yield f"  <segmented>{int(outlined)}</segmented>\n"
    for mark in marks:
        yield from _object(mark, (row.width or 1, row.height or 1))
    yield "</annotation>\n"


def _object(region: Region, size: tuple[int, int]) -> Iterator[str]:
    yield f"  <object>\n    <name>{escape(region.label)}</name>\n    <pose>Unspecified</pose>\n"
    yield "    <truncated>0</truncated>\n    <difficult>0</difficult>\n"
    match region:
        case Box(_, x, y, width, height):
            yield _bndbox(Bounds(x, y, width, height), size)
        case Polygon(_, (ring,)):
            yield _bndbox(polygons.bounds(region), size)
            yield _polygon(ring)
    yield "  </object>\n"


def _bndbox(bounds: Bounds, size: tuple[int, int]) -> str:
    xmin, xmax = _pixels(bounds.x, bounds.x + bounds.width, size[0])
    ymin, ymax = _pixels(bounds.y, bounds.y + bounds.height, size[1])
    return (
        f"    <bndbox><xmin>{xmin}</xmin><ymin>{ymin}</ymin><xmax>{xmax}</xmax><ymax>{ymax}</ymax></bndbox>\n"
    )


def _pixels(start: float, end: float, side: int) -> tuple[int, int]:
    """The first and last pixel, from 1, of what reaches from start to end."""
    first, behind = floor(start + 0.5), floor(end + 0.5)
    if first == behind:
        first, behind = floor(start), floor(start) + 1
    first = min(max(first, 0), side - 1)
    return first + 1, min(max(behind, first + 1), side)


def _polygon(ring: Sequence[float]) -> str:
    points = (
        f"<{'xy'[at % 2]}{at // 2 + 1}>{round(value + 1, 3):.10g}</{'xy'[at % 2]}{at // 2 + 1}>"
        for at, value in enumerate(ring)
    )
    return f"    <polygon>{''.join(points)}</polygon>\n"
