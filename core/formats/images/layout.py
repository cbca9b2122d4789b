"""What the bytes of an image tell without decoding it: its size, its pages, and whether it is whole."""

from dataclasses import dataclass
from struct import error, unpack_from

from core.formats.images.contents import Content
from core.formats.images.errors import MAX_PIXELS, Unreadable
from core.formats.images.jpeg import frame_header, is_cut_off
from core.formats.images.tiff import read_tiff

_MAX_CHUNKS = 200_000
_BMP_UNCOMPRESSED = frozenset({0, 3})


@dataclass(frozen=True, slots=True)
class Layout:
    """Width and height of the stored pixels, bits of a sample where the header says (else 8), pages."""

    width: int
    height: int
    bits: int = 8
    pages: int = 1


def layout_of(content: Content, data: bytes, whole: bool) -> Layout | None:
    """What a JPEG, PNG, BMP or TIFF file tells, or None where the data end too soon. Raises Unreadable."""
    match content:
        case Content.JPEG:
            frame = frame_header(data)
            return Layout(frame.width, frame.height, frame.precision) if frame else None
        case Content.TIFF:
            return _tiff(data, whole)
    try:
        if content is Content.BMP:
            return _bmp(data)
        width, height, bits = unpack_from(">IIB", data, 16)
        return Layout(width, height, bits)
    except error:
        return None


def is_whole(content: Content, data: bytes) -> bool:
    """Whether the file goes on to where the image ends. Nothing is decoded and no checksum computed."""
    match content:
        case Content.JPEG:
            return not is_cut_off(data)
        case Content.PNG:
            return _png_ends(data)
        case Content.TIFF:
            return read_tiff(data).end <= len(data)
    layout = _bmp(data)
    start, compression = unpack_from("<10xL16xL", data) if len(data) >= 34 else (0, 0)
    bits = layout.width * layout.bits
    end: int = start + (bits + 31) // 32 * 4 * (layout.height - 1) + (bits + 7) // 8
    return end <= len(data) or int(compression) not in _BMP_UNCOMPRESSED


def _bmp(data: bytes) -> Layout:
    if unpack_from("<L", data, 14)[0] == 12:  # OS/2's header
        width, height, bits = unpack_from("<HH2xH", data, 18)
    else:
        width, height, bits = unpack_from("<ll2xH", data, 18)
    return Layout(width, abs(height), bits)


def _tiff(data: bytes, whole: bool) -> Layout | None:
    tiff = read_tiff(data)
    if not tiff.pages or not (tiff.told or whole):
        return None
    if tiff.tile > MAX_PIXELS:
        raise Unreadable(f"It is a TIFF file with tiles of {tiff.tile / 1e6:,.0f} megapixels.")
    return Layout(tiff.width, tiff.height, pages=tiff.pages)


def _png_ends(data: bytes) -> bool:
    """Whether every chunk up to the last is all there."""
    position: int = 8
    for _ in range(_MAX_CHUNKS):
        if position + 12 > len(data):
            return False
        length, kind = unpack_from(">L4s", data, position)
        position += 12 + length
        if kind == b"IEND":
            return position <= len(data)
    raise Unreadable(f"It is a PNG file of more than {_MAX_CHUNKS:,} chunks.")
