"""One frame of a DICOM file as the values that are stored, or as RGB (PS3.5 section 8, annexes A and G)."""

import io
from itertools import pairwise
from struct import unpack_from
from typing import TYPE_CHECKING

from core.formats.images.dicom_header import Header
from core.formats.images.errors import Unreadable, reading
from core.formats.images.jpeg import frame_header
from core.formats.images.lossless_jpeg import decode_lossless

if TYPE_CHECKING:  # numpy and pydicom take a fifth of a second of a cold start
    import numpy as np
    from numpy.typing import NDArray
    from pydicom.uid import UID

    Frame = NDArray[np.generic]

_PLUGINS = {
    "1.2.840.10008.1.2.4.50": "pillow",  # JPEG baseline
    "1.2.840.10008.1.2.4.51": "pillow",  # JPEG extended, of 8 bits
    "1.2.840.10008.1.2.4.80": "pyjpegls",  # JPEG-LS lossless
    "1.2.840.10008.1.2.4.81": "pyjpegls",
    "1.2.840.10008.1.2.4.90": "pylibjpeg",  # JPEG 2000 lossless
    "1.2.840.10008.1.2.4.91": "pylibjpeg",
    "1.2.840.10008.1.2.4.201": "pylibjpeg",  # HTJ2K lossless
    "1.2.840.10008.1.2.4.202": "pylibjpeg",
    "1.2.840.10008.1.2.4.203": "pylibjpeg",
    "1.2.840.10008.1.2.5": "pydicom",  # RLE
}
"""Which of pydicom's plugins decodes a transfer syntax: none but these, whatever else is installed."""

_LOSSLESS_JPEG = frozenset({"1.2.840.10008.1.2.4.57", "1.2.840.10008.1.2.4.70"})
_RLE = "1.2.840.10008.1.2.5"
_JPEG_2000 = frozenset(f"1.2.840.10008.1.2.4.{number}" for number in (90, 91, 201, 202, 203))
_MAX_TILES = 65_535
_COLOURS = frozenset({"RGB", "YBR_FULL", "YBR_FULL_422", "YBR_ICT", "YBR_RCT"})


def read_frame(header: Header, frame: int) -> "Frame":
    """One frame, from 0: its stored values, of shape (height, width), or RGB, of shape (height, width, 3).

    Only this frame is decoded. Raises Unreadable.
    """
    if not 0 <= frame < header.frames:
        raise Unreadable(f"There is no frame {frame}: they count from 0 to {header.frames - 1}.")
    if header.samples == 3 and header.photometric not in _COLOURS:
        raise Unreadable(f"Its colours are {header.photometric}, which is not read.")
    with reading(f"Its frame {frame} ({header.syntax.name})"):
        if header.length is not None:
            return _uncompressed(header, frame)
        if header.syntax in _LOSSLESS_JPEG:
            return _lossless(header, frame)
        return _compressed(header, frame)


def _uncompressed(header: Header, frame: int) -> "Frame":
    if header.allocated == 1:
        return _bits(header, frame)
    element = {"pixel_keyword": header.keyword, "pixel_vr": header.vr}
    return _array(header, header.syntax, _body(header), frame, **element)


def _bits(header: Header, frame: int) -> "Frame":
    """Frames of single bits follow each other without a gap, so that one may begin inside a byte."""
    import numpy as np

    first, byte = header.frame_bits * frame, header.start + header.frame_bits * frame // 8
    packed = np.frombuffer(header.body[byte : byte + header.frame_bits // 8 + 2], np.uint8)
    bits = np.unpackbits(packed, bitorder="little")[first % 8 :][: header.frame_bits]
    return bits.reshape(header.height, header.width)


def _compressed(header: Header, frame: int) -> "Frame":
    from pydicom.pixels.decoders.base import get_decoder

    plugin = _PLUGINS.get(header.syntax)
    deep = plugin == "pillow" and header.stored > 8
    if plugin is None or deep or plugin not in get_decoder(header.syntax).available_plugins:
        bits = f"{header.stored} bits, {header.syntax.name}"
        raise Unreadable(f"There is no decoder for how its pixels are stored ({bits}).")
    _check_codestream(header, _coded(header, frame))
    return _array(header, header.syntax, _body(header), frame, plugin)


def _lossless(header: Header, frame: int) -> "Frame":
    """Decoded here, and then as if it had never been compressed, for signs, unused bits and colours."""
    from pydicom.uid import ExplicitVRLittleEndian

    coded = _coded(header, frame)
    _check_codestream(header, coded)
    samples = decode_lossless(coded).astype(f"<u{max(1, header.allocated // 8)}", copy=False)
    colours = "YBR_FULL" if header.photometric == "YBR_FULL_422" else header.photometric
    return _array(
        header,
        ExplicitVRLittleEndian,
        io.BytesIO(samples.tobytes()),
        0,
        number_of_frames=1,
        planar_configuration=0,
        photometric_interpretation=colours,
        pixel_keyword="PixelData",
        pixel_vr="OW",
    )


def _array(
    header: Header, syntax: "UID", body: io.BytesIO, frame: int, plugin: str = "", **changes: str | int
) -> "Frame":
    """What pydicom makes of a frame of `body`, with `changes` to what the header says of it."""
    from pydicom.pixels.decoders.base import get_decoder
    from pydicom.pixels.utils import as_pixel_options

    options = as_pixel_options(header.tags, **changes)
    array, found = get_decoder(syntax).as_array(body, index=frame, decoding_plugin=plugin, **options)
    if header.samples == 3 and found["photometric_interpretation"] != "RGB":
        raise Unreadable(f"Its colours are {found['photometric_interpretation']}, which is not read.")
    return array


def _body(header: Header) -> io.BytesIO:
    file = io.BytesIO(header.body)
    file.seek(header.start)
    return file


def _coded(header: Header, frame: int) -> bytes:
    """The compressed bytes of one frame."""
    from pydicom.encaps import get_frame
    from pydicom.pixels.utils import as_pixel_options

    offsets = as_pixel_options(header.tags).get("extended_offsets")
    return get_frame(_body(header), frame, number_of_frames=header.frames, extended_offsets=offsets)


def _check_codestream(header: Header, coded: bytes) -> None:
    """Raise Unreadable unless the frame is as large as the header says: decoders believe the frame."""
    if header.syntax == _RLE:
        _check_runs(coded, header.width * header.height)
        return
    grid = _jpeg_2000_grid(coded) if header.syntax in _JPEG_2000 else _jpeg_grid(coded)
    if grid != (header.width, header.height, header.samples):
        said = f"{header.width} x {header.height} x {header.samples}"
        found = " x ".join(str(number) for number in grid) if grid else "no image"
        raise Unreadable(f"Its header says {said}, but the frame ({header.syntax.name}) holds {found}.")


def _jpeg_grid(coded: bytes) -> tuple[int, int, int] | None:
    frame = frame_header(coded) if coded.startswith(b"\xff\xd8") else None
    return (frame.width, frame.height, frame.components) if frame else None


def _jpeg_2000_grid(coded: bytes) -> tuple[int, int, int] | None:
    """Width, height and components, from the SIZ segment (ITU-T T.800, A.5.1)."""
    siz = coded[_jpeg_2000_start(coded) :][:42]
    if not siz.startswith(b"\xffO\xffQ") or len(siz) < 42:
        return None
    right, bottom, left, top, tile_width, tile_height, tile_left, tile_top, components = unpack_from(
        ">8LH", siz, 8
    )
    if not tile_width or not tile_height:
        return None
    across, down = -(-(right - tile_left) // tile_width), -(-(bottom - tile_top) // tile_height)
    if across * down > _MAX_TILES:
        return None
    return right - left, bottom - top, components


def _jpeg_2000_start(coded: bytes) -> int:
    """Where the codestream begins: at once, or in a box of a JP2 file (annex I)."""
    if not coded.startswith(b"\0\0\0\x0cjP  "):
        return 0
    at = 0
    while at + 8 <= len(coded):
        length, kind = unpack_from(">L4s", coded, at)
        if kind == b"jp2c":
            return at + 8
        if length < 8:
            break
        at += length
    return len(coded)


def _check_runs(coded: bytes, pixels: int) -> None:
    """Raise Unreadable if a segment makes far more bytes than there are pixels: pydicom makes them all."""
    count, *starts = unpack_from("<16L", coded)
    starts = [*starts[:count], len(coded)]
    for start, end in pairwise(starts):
        made, at = 0, start
        while at < min(end, len(coded)):
            head = coded[at]
            made += head + 1 if head < 128 else 257 - head if head > 128 else 0
            at += head + 2 if head < 128 else 2 if head > 128 else 1
            if made > 2 * pixels + 1024:
                raise Unreadable("Its run-length coded pixels are more than its header says.")
