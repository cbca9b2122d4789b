"""The segments of a JPEG file, without decoding it (ITU-T T.81, annex B; JPEG-LS is laid out alike)."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from core.formats.images.errors import Unreadable

SOS, EOI, DHT, DRI = 0xDA, 0xD9, 0xC4, 0xDD
_FRAMES = frozenset(range(0xC0, 0xD0)) - {DHT, 0xC8, 0xCC} | {0xF7}
_MARKER = re.compile(rb"\xff([\xc0-\xcf\xd8-\xfe])")
"""Any marker but those that stand inside a scan: restarts, and 0xff as a sample."""

_MAX_SEGMENTS = 2_000
"""A hostile file has thousands of scans of one huge image, or millions of comments."""


class Segment(NamedTuple):
    """A marker's second byte, and where in the file its content begins and ends."""

    marker: int
    start: int
    end: int


class Frame(NamedTuple):
    """What a frame header says: bits a sample, pixels, components a pixel."""

    marker: int
    precision: int
    height: int
    width: int
    components: int


def segments(data: bytes) -> Iterator[Segment]:
    """Every segment that is all there, up to the end of the image; scans are skipped. Raises Unreadable."""
    position = 2
    for _ in range(_MAX_SEGMENTS):
        found = _MARKER.search(data, position)
        if found is None:
            return
        marker, start = found[1][0], found.end()
        end = start if marker == EOI else start + int.from_bytes(data[start : start + 2], "big")
        if end > len(data) or (marker != EOI and end < start + 2):
            return
        yield Segment(marker, start if marker == EOI else start + 2, end)
        if marker == EOI:
            return
        position = end
    raise Unreadable(f"It is a JPEG file of more than {_MAX_SEGMENTS:,} segments.")


def frame_header(data: bytes) -> Frame | None:
    """What the first frame header says, or None when there is none before the scan or the data end."""
    for segment in segments(data):
        if segment.marker == SOS:
            return None
        if segment.marker in _FRAMES and segment.end - segment.start >= 6:
            head = data[segment.start : segment.start + 6]
            height, width = int.from_bytes(head[1:3], "big"), int.from_bytes(head[3:5], "big")
            return Frame(segment.marker, head[0], height, width, head[5])
    return None


def is_cut_off(data: bytes) -> bool:
    """Whether the end of the image is missing. The end of its thumbnail does not count."""
    return all(segment.marker != EOI for segment in segments(data))
