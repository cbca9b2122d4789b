"""Masks as PNG images, in a zip.

- `output/<image>/<label>.png` as Azure ML labeling made them: one bit a pixel, 1 where the label is, for each
  label that the image has. `<image>` is the blob's path; a label's `/` is written `%2F`, so that its levels
  make no folders.
- `indexed/<image>.png`: a pixel's value is its label's number in `labels.csv`, and 0 where there is none.
  Where labels overlap, the later one of `labels.csv` is seen. The colours are Pascal VOC's. With more than
  255 labels these images are 16-bit grey instead.
- `labels.csv`: `index`, `label`, `color`.
- `by_model.txt`, if there are any: the images whose masks a model gave and no person.

Instances of one label are one mask here.
"""

import csv
import io
from collections.abc import AsyncIterable, AsyncIterator, Mapping, Sequence
from typing import TYPE_CHECKING, BinaryIO

from core.domain.answers import Masks, Polygons, Rle
from core.formats.export_rows import ExportRow, Refuse, Sheet
from core.formats.label_files import NO_SIZE, SKIPPED
from core.formats.zips import Files, from_spool, pack, safe_name
from core.logic.geometry import masks

if TYPE_CHECKING:
    from PIL.Image import Image

_PALETTE_MAX = 255
"""A palette has 256 colours, the first of which is for no label."""
_BITS = 8


async def write(
    rows: AsyncIterable[ExportRow], sheet: Sheet, refuse: Refuse, spool: BinaryIO
) -> AsyncIterator[bytes]:
    """The bytes of the archive. No more than one image is in memory at a time."""
    async for chunk in pack(_files(rows, sheet, refuse, spool)):
        yield chunk


async def _files(rows: AsyncIterable[ExportRow], sheet: Sheet, refuse: Refuse, spool: BinaryIO) -> Files:
    indices = {label: index for index, label in enumerate(sheet.labels, 1)}
    yield "labels.csv", _listed(sheet.labels)
    async for row in rows:
        if reason := _flaw(row):
            refuse(row, reason)
            continue
        name, layers = safe_name(row.item.path), _layers(row)
        if row.by_model:
            spool.write(f"{name}\n".encode())
        for label, rle in layers.items():
            yield f"output/{name}/{safe_name(label).replace('/', '%2F')}.png", _bitmap(rle)
        yield f"indexed/{name}.png", _indexed(layers, indices, _size(row))
    if spool.tell():
        yield "by_model.txt", from_spool(spool)


def _flaw(row: ExportRow) -> str | None:
    if row.annotation.answer is None:
        return SKIPPED
    width, height = _size(row)
    if not (width and height):
        return NO_SIZE
    if width * height > masks.PIXELS_MAX:
        return f"it has more than {masks.PIXELS_MAX:,} pixels; export COCO instead"
    return None


def _size(row: ExportRow) -> tuple[int, int]:
    """Width and height, 0 where they are not known."""
    answer = row.annotation.answer
    if isinstance(answer, Masks) and answer.masks:
        height, width = answer.masks[0].rle.size
        return width, height
    return row.width or 0, row.height or 0


def _layers(row: ExportRow) -> Mapping[str, Rle]:
    """The pixels of each label that the answer has."""
    layers: dict[str, list[Rle]] = {}
    match row.annotation.answer:
        case Masks(found):
            for mask in found:
                layers.setdefault(mask.label, []).append(mask.rle)
        case Polygons(polygons):
            for polygon in polygons:
                layers.setdefault(polygon.label, []).append(masks.from_polygon(polygon, *_size(row)))
    return {label: masks.merged(rles) for label, rles in layers.items()}


def _bitmap(rle: Rle) -> bytes:
    from PIL import Image  # here, for the cold start's sake

    return _png(Image.fromarray(masks.decode(rle)))


def _indexed(layers: Mapping[str, Rle], indices: Mapping[str, int], size: tuple[int, int]) -> bytes:
    import numpy as np  # here, for the cold start's sake
    from PIL import Image

    width, height = size
    has_palette = len(indices) <= _PALETTE_MAX
    values = np.zeros((height, width), np.uint8 if has_palette else np.uint16)
    for label in sorted(layers, key=lambda label: indices[label]):
        values[masks.decode(layers[label])] = indices[label]
    image = Image.fromarray(values)
    if has_palette:
        image.putpalette([value for index in range(len(indices) + 1) for value in _color(index)])
    return _png(image)


def _png(image: "Image") -> bytes:
    data = io.BytesIO()
    image.save(data, "PNG")
    return data.getvalue()


def _listed(labels: Sequence[str]) -> bytes:
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow(("index", "label", "color"))
    for index, label in enumerate(labels, 1):
        color = "#" + bytes(_color(index)).hex() if len(labels) <= _PALETTE_MAX else ""
        lines.writerow((index, label, color))
    return text.getvalue().encode()


def _color(index: int) -> Sequence[int]:
    """Red, green and blue as the development kit of Pascal VOC colours classes: neighbours look different.

    Each takes every third bit of the index, the lowest of them as its highest.
    """
    return [
        sum((index >> (3 * bit + channel) & 1) << (_BITS - 1 - bit) for bit in range(_BITS))
        for channel in range(3)
    ]
