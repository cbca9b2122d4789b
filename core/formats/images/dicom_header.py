"""What comes before the pixels of a DICOM file (PS3.10 section 7, PS3.3 C.7.6.3), through pydicom."""

import io
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.formats.images.contents import begins_like_dicom
from core.formats.images.errors import (
    CUT_OFF,
    EMPTY,
    MAX_BYTES,
    NeedsMore,
    Unreadable,
    check_grid,
    check_length,
    reading,
)

if TYPE_CHECKING:  # pydicom takes a tenth of a second of a cold start
    from pydicom.dataset import Dataset
    from pydicom.tag import BaseTag
    from pydicom.uid import UID

_PIXELS = {0x7FE00008: "FloatPixelData", 0x7FE00009: "DoubleFloatPixelData", 0x7FE00010: "PixelData"}
_UNDEFINED = 0xFFFFFFFF
_MAX_HEADER = 16 * 1024 * 1024
_MAX_ITEMS = 300_000
"""Items of sequences and fragments of pixels. Each of eight bytes takes a hundred times that when read."""

_ITEMS = (b"\xfe\xff\x00\xe0", b"\xff\xfe\xe0\x00")


@dataclass(frozen=True, slots=True)
class Header:
    """What describes the pixels, and where they are: `length` bytes of `body` from `start` on.

    `length` is None where they are compressed frames. `body` is the file, inflated if it was deflated.
    `keyword` and `vr` are those of the element with the pixels.
    """

    tags: "Dataset"
    syntax: "UID"
    body: bytes
    start: int
    length: int | None
    keyword: str
    vr: str
    frames: int
    height: int
    width: int
    samples: int
    allocated: int
    stored: int
    signed: bool
    photometric: str

    @property
    def frame_bits(self) -> int:
        """How many bits an uncompressed frame takes. YBR_FULL_422 shares colours between two pixels."""
        bits = self.width * self.height * self.samples * self.allocated
        return bits * 2 // 3 if self.photometric == "YBR_FULL_422" else bits


def read_header(data: bytes, whole: bool = True) -> Header:
    """The header of a file, of which `data` is all, or else the first bytes.

    Raises NeedsMore if these do not reach to the pixels, and Unreadable for what has no pixels that make
    sense, too many, or fewer than it says.
    """
    check_length(data)
    if not begins_like_dicom(data):
        raise Unreadable("It is no DICOM file." if data else EMPTY)
    with reading("The DICOM file"):
        header = _described(*_parsed(data, whole))
        check_grid(header.width, header.height, header.frames)
        _check_pixels(header, whole)
    return header


def integer(tags: "Dataset", keyword: str, default: int | None = None) -> int:
    """A number of the header. Raises Unreadable if it is none, or missing without a default."""
    try:
        value = tags.get(keyword)
        if value is not None and value != "":
            return int(value)
    except (TypeError, ValueError) as error:
        raise Unreadable(f"Its {keyword} is no number ({str(error)[:80]}).") from error
    if default is None:
        raise Unreadable(f"Its header does not say {keyword}.")
    return default


@dataclass(slots=True)
class _Stop:
    """Where reading stopped: at which element of pixels, if any."""

    tag: int | None = None
    vr: str | None = None
    length: int = 0

    def __call__(self, tag: "BaseTag", vr: str | None, length: int) -> bool:
        if tag in _PIXELS:
            self.tag, self.vr, self.length = int(tag), vr, length
        return self.tag is not None


def _parsed(data: bytes, whole: bool) -> "tuple[Dataset, UID, bytes, int, _Stop]":
    """The wanted elements, the transfer syntax, the body, where in it the pixels start, and their element."""
    from pydicom.filereader import data_element_offset_to_value, read_dataset, read_partial
    from pydicom.uid import UID, DeflatedExplicitVRLittleEndian

    _check_items(data)
    meta, after = _meta(data)
    syntax, stop = UID(str(meta.get("TransferSyntaxUID") or "")), _Stop()
    tags: Dataset
    if syntax == DeflatedExplicitVRLittleEndian:
        body = _inflated(data[after:], whole)
        file = io.BytesIO(body[:_MAX_HEADER])
        tags = read_dataset(file, False, True, stop_when=stop)
    else:
        body, file = data, io.BytesIO(data[:_MAX_HEADER])
        tags = read_partial(file, stop_when=stop, force=True)
    if stop.tag is None:
        if not whole:
            raise NeedsMore
        name = UID(str(tags.get("SOPClassUID") or "")).name
        raise Unreadable(f"It holds no pixels (DICOM: {name or 'of no known kind'}).")
    implicit, little = tags.original_encoding
    start = file.tell() + data_element_offset_to_value(bool(implicit), stop.vr)
    return tags, syntax or _guessed(bool(implicit), bool(little)), body, start, stop


def _described(tags: "Dataset", syntax: "UID", body: bytes, start: int, stop: _Stop) -> Header:
    allocated = integer(tags, "BitsAllocated")
    return Header(
        tags=tags,
        syntax=syntax,
        body=body,
        start=start,
        length=None if stop.length == _UNDEFINED else stop.length,
        keyword=_PIXELS[stop.tag or 0],
        vr=stop.vr or "OW",
        frames=integer(tags, "NumberOfFrames", 1) or 1,
        height=integer(tags, "Rows"),
        width=integer(tags, "Columns"),
        samples=integer(tags, "SamplesPerPixel", 1),
        allocated=allocated,
        stored=integer(tags, "BitsStored", allocated),
        signed=integer(tags, "PixelRepresentation", 0) == 1,
        photometric=str(tags.get("PhotometricInterpretation") or "MONOCHROME2"),
    )


def _check_pixels(header: Header, whole: bool) -> None:
    if header.samples not in (1, 3):
        raise Unreadable(f"It has {header.samples} samples a pixel; 1 or 3 can be shown.")
    if header.allocated not in (1, 8, 16, 32, 64) or not 0 < header.stored <= header.allocated:
        raise Unreadable(f"It has {header.stored} of {header.allocated} bits a sample, which is not read.")
    if header.frames < 1:
        raise Unreadable(f"Its header says that it has {header.frames} frames.")
    if (header.length is None) != header.syntax.is_compressed:
        raise Unreadable(f"Its pixels are not stored as its header says ({header.syntax.name}).")
    needed = (header.frame_bits * header.frames + 7) // 8
    if header.length is not None and header.length < needed:
        raise Unreadable(f"Its pixels take {needed:,} bytes; it has {header.length:,}.")
    if whole and header.length is not None and header.start + needed > len(header.body):
        raise Unreadable(CUT_OFF)


def _meta(data: bytes) -> "tuple[Dataset, int]":
    """The elements that say how the file is stored, and where they end."""
    from pydicom.filereader import read_dataset, read_preamble

    file = io.BytesIO(data[:_MAX_HEADER])
    read_preamble(file, force=True)
    meta = read_dataset(file, False, True, stop_when=lambda tag, _vr, _length: tag >> 16 != 2)
    return meta, file.tell()


def _check_items(data: bytes) -> None:
    items = max(data.count(item) for item in _ITEMS)
    if items > _MAX_ITEMS:
        raise Unreadable(f"It is a DICOM file of {items:,} items; at most {_MAX_ITEMS:,} are read.")


def _inflated(deflated: bytes, whole: bool) -> bytes:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    body = inflater.decompress(deflated, MAX_BYTES + 1)
    check_length(body)
    _check_items(body)
    if whole and not inflater.eof:
        raise Unreadable(CUT_OFF)
    return body


def _guessed(implicit: bool, little: bool) -> "UID":
    """The transfer syntax of a file that does not say."""
    from pydicom.uid import ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian

    if implicit:
        return ImplicitVRLittleEndian
    return ExplicitVRLittleEndian if little else ExplicitVRBigEndian
