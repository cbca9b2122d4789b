"""Lossless JPEG, as scanners and archives store X-rays (ITU-T T.81, process 14, annex H).

Pillow's libjpeg does not decode it, pylibjpeg's decoder is GPL, and GDCM's ends the whole process over a file
that is corrupt. Where a sample's code begins depends on all codes before it, so the lengths of the codes that
would begin at each bit are looked up in bulk, and only then is walked from one code to the next.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from core.formats.images.errors import CUT_OFF, Unreadable
from core.formats.images.jpeg import DHT, DRI, SOS, Frame, Segment, frame_header, segments

if TYPE_CHECKING:  # numpy takes a tenth of a second of a cold start
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.uint16]

_LOSSLESS = 0xC3
_SCAN_ENDS = re.compile(rb"\xff[\xc0-\xcf\xd8-\xfe]|\Z")
_RESTART = re.compile(rb"\xff[\xd0-\xd7]")
_BLOCK_BYTES = 64 * 1024
_UNCODED = 16
"""The category whose one difference, 32,768, has no bits of its own."""


@dataclass(frozen=True, slots=True)
class _Table:
    """A Huffman table, by the sixteen bits that a code begins: its length, the category it stands for, and
    how far the next code is; all 0 where there is no such code."""

    lengths: "NDArray[np.uint8]"
    categories: "NDArray[np.uint8]"
    steps: "NDArray[np.uint8]"


@dataclass(frozen=True, slots=True)
class _Scan:
    """Which components follow each other, by their place in the frame; their tables; and how to predict."""

    components: list[int]
    tables: list[_Table]
    predictor: int
    shift: int
    start: int


def decode_lossless(data: bytes) -> "Samples":
    """The samples of one image, of shape (height, width, components). Raises Unreadable."""
    import numpy as np

    frame = frame_header(data)
    if frame is None or frame.marker != _LOSSLESS:
        raise Unreadable("Its pixels are said to be lossless JPEG but are not.")
    image = np.empty((frame.height, frame.width, frame.components), np.uint16)
    filled: set[int] = set()
    for scan, restart in _scans(data, frame):
        end = _SCAN_ENDS.search(data, scan.start)
        coded = data[scan.start : end.start() if end else None]
        image[..., scan.components] = _scan_samples(coded, scan, frame, restart)
        filled.update(scan.components)
    if len(filled) < frame.components:
        raise Unreadable(CUT_OFF)
    return image


def _scans(data: bytes, frame: Frame) -> Iterator[tuple[_Scan, int]]:
    """Each scan, and how many pixels go by between two restarts (0: there are none)."""
    tables: dict[int, _Table] = {}
    names: list[int] = []
    restart = 0
    for segment in segments(data):
        content = data[segment.start : segment.end]
        if segment.marker == DHT:
            tables.update(_tables(content))
        elif segment.marker == DRI:
            restart = int.from_bytes(content[:2], "big")
        elif segment.marker == _LOSSLESS:
            names = [content[6 + 3 * index] for index in range(frame.components)]
            if frame.components > 1 and any(content[7 + 3 * i] != 0x11 for i in range(frame.components)):
                raise Unreadable("Its lossless JPEG has components of different sizes, which is not read.")
        elif segment.marker == SOS:
            yield _scan(content, segment, names, tables), restart


def _scan(content: bytes, segment: Segment, names: list[int], tables: dict[int, _Table]) -> _Scan:
    count = content[0]
    components = [names.index(content[1 + 2 * index]) for index in range(count)]
    used = [tables[content[2 + 2 * index] >> 4] for index in range(count)]
    return _Scan(components, used, content[1 + 2 * count], content[3 + 2 * count] & 15, segment.end)


def _tables(content: bytes) -> Iterator[tuple[int, _Table]]:
    """The Huffman tables of a segment, by number."""
    import numpy as np

    while content:
        number, counts = content[0] & 15, content[1:17]
        symbols, content = content[17 : 17 + sum(counts)], content[17 + sum(counts) :]
        lengths, categories = np.zeros(1 << 16, np.uint8), np.zeros(1 << 16, np.uint8)
        position, index = 0, 0
        for length, many in enumerate(counts, start=1):
            for symbol in symbols[index : index + many]:
                following = position + (1 << 16 - length)
                lengths[position:following], categories[position:following] = length, symbol
                position = following
            index += many
        if position > 1 << 16 or max(symbols, default=0) > _UNCODED:
            raise Unreadable("Its lossless JPEG has a Huffman table that makes no sense.")
        yield number, _Table(lengths, categories, lengths + np.where(categories == _UNCODED, 0, categories))


def _scan_samples(coded: bytes, scan: _Scan, frame: Frame, restart: int) -> "Samples":
    """The samples of the components of a scan, of shape (height, width, components of the scan)."""
    import numpy as np

    many = len(scan.components)
    rows, left = divmod(restart or frame.width * frame.height, frame.width)
    if left:
        raise Unreadable("Its lossless JPEG restarts inside a row, which is not read.")
    parts = _RESTART.split(coded) if restart else [coded]
    result = np.empty((frame.height, frame.width, many), np.uint16)
    for index, top in enumerate(range(0, frame.height, rows)):
        if index >= len(parts):
            raise Unreadable(CUT_OFF)
        block = result[top : top + rows]
        found = _differences(parts[index].replace(b"\xff\0", b"\xff"), scan.tables, block.size)
        block[:] = found.reshape(block.shape)
        for component in range(many):
            _add_predictions(block[..., component], scan.predictor, 1 << frame.precision - scan.shift - 1)
    return np.left_shift(result, scan.shift, out=result)


def _differences(coded: bytes, tables: list[_Table], count: int) -> "Samples":
    """The first `count` differences, modulo 65,536; the tables take turns."""
    import numpy as np

    if all(table is tables[0] for table in tables):
        tables = tables[:1]
    found = np.empty(count, np.uint16)
    padded = np.frombuffer(coded + bytes(8), np.uint8)
    done, bit, turn = 0, 0, len(tables)
    for first in range(0, len(coded), _BLOCK_BYTES):
        last = min(first + _BLOCK_BYTES, len(coded))
        starts, bit = _walk(padded[first : last + 2], tables, bit - 8 * first, count - done, done)
        bit += 8 * first
        for table in range(turn):
            chosen = slice((table - done) % turn, None, turn)
            values = _values(padded, np.array(starts[chosen], np.int64) + 8 * first, tables[table])
            found[done : done + len(starts)][chosen] = values
        done += len(starts)
        if done == count and bit <= 8 * len(coded):
            return found
    raise Unreadable(CUT_OFF)


def _walk(
    padded: "NDArray[np.uint8]", tables: list[_Table], bit: int, most: int, done: int
) -> tuple[list[int], int]:
    """Where the codes of a block of bytes begin, at most so many, and where the one after them does.

    Bits count from the block's first byte; `bit` is where its first code begins.
    """
    import numpy as np

    wide = padded.astype(np.uint32)
    windows = wide[:-2] << 16 | wide[1:-1] << 8 | wide[2:]
    codes = windows[:, None] >> np.arange(8, 0, -1, dtype=np.uint32) & 0xFFFF
    steps = [table.steps[codes].tobytes() for table in tables]
    end, turn, starts = 8 * len(windows), done % len(tables), list[int]()
    while bit < end and len(starts) < most:
        step = steps[turn][bit]
        if not step:
            raise Unreadable("Its lossless JPEG is corrupt: it has a code that its tables do not know.")
        starts.append(bit)
        bit += step
        turn = turn + 1 if turn + 1 < len(steps) else 0
    return starts, bit


def _values(padded: "NDArray[np.uint8]", starts: "NDArray[np.int64]", table: _Table) -> "Samples":
    """The differences whose codes begin at these bits."""
    import numpy as np

    byte, within = starts >> 3, starts & 7
    window = np.zeros(len(starts), np.int64)
    for offset in range(5):
        window = window << 8 | padded[byte + offset]
    code = window >> 24 - within & 0xFFFF
    category = table.categories[code].astype(np.int64)
    bits = np.where(category == _UNCODED, 0, category)
    extra = window >> 40 - within - table.lengths[code] - bits & (1 << bits) - 1
    negative = (bits > 0) & (extra < 1 << np.maximum(bits - 1, 0))
    values = np.where(negative, extra - (1 << bits) + 1, extra)
    return np.where(category == _UNCODED, 1 << 15, values).astype(np.uint16)


def _add_predictions(samples: "Samples", predictor: int, first: int) -> None:
    """Make samples, in place, of differences of shape (height, width). All sums are modulo 65,536."""
    import numpy as np

    samples[0, 0] = int(samples[0, 0]) + first & 0xFFFF
    samples[0] = samples[0].cumsum(dtype=np.uint16)
    samples[:, 0] = samples[:, 0].cumsum(dtype=np.uint16)
    if predictor == 1:
        samples[1:] = samples[1:].cumsum(axis=1, dtype=np.uint16)
    elif predictor == 2:
        samples[:, 1:] = samples[:, 1:].cumsum(axis=0, dtype=np.uint16)
    else:
        for above, row in pairwise(samples):
            _add_to_row(row, above, predictor)


def _add_to_row(row: "Samples", above: "Samples", predictor: int) -> None:
    """Make samples, in place, of a row's differences after its first, which is a sample already."""
    import numpy as np

    up, corner = above[1:].astype(np.int32), above[:-1].astype(np.int32)
    match predictor:
        case 3:
            row[1:] += above[:-1]
        case 4:
            row[1:] += above[1:] - above[:-1]
            row[:] = row.cumsum(dtype=np.uint16)
        case 5:
            row[1:] += (up - corner >> 1).astype(np.uint16)
            row[:] = row.cumsum(dtype=np.uint16)
        case 6 | 7:
            left, samples = int(row[0]), [int(row[0])]
            for difference, b, c in zip(row[1:].tolist(), up.tolist(), corner.tolist(), strict=True):
                left = difference + (b + (left - c >> 1) if predictor == 6 else left + b >> 1) & 0xFFFF
                samples.append(left)
            row[:] = samples
        case _:
            raise Unreadable(f"Its lossless JPEG predicts by rule {predictor}, which there is not.")
