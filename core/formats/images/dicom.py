"""DICOM images: what they are, one frame as it is stored, and one frame as a picture."""

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.domain.items import ImageInfo
from core.formats.images.dicom_header import Header, read_header
from core.formats.images.dicom_pixels import read_frame
from core.formats.images.dicom_tones import Window, colours, gray, modality, modality_table, rescale, windows
from core.formats.images.errors import Unreadable, reading
from core.formats.images.tones import mapped

if TYPE_CHECKING:  # numpy and Pillow take a sixth of a second of a cold start
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

_PALETTE = "PALETTE COLOR"


@dataclass(frozen=True, slots=True)
class DicomImage:
    """What the pixels of a file are, and what `raw_frame` gives of them.

    `samples` is 1 for gray and 3 for colour. `bits` is 16 for gray; 8 for colour, whatever the file stores;
    and 32 for gray that is deeper or a fraction, of which there is no raw frame. `photometric` is as the file
    says. `slope` and `intercept` make of a raw value the one that `windows` are about (those of the first
    frame). `inverted`: the least value is white.
    """

    frames: int
    width: int
    height: int
    bits: int
    signed: bool
    samples: int
    photometric: str
    slope: float
    intercept: float
    windows: tuple[Window, ...]
    inverted: bool


def describe_header(data: bytes, whole: bool) -> ImageInfo:
    """What the image is. `data` is all of the file if `whole`, else its first bytes.

    Raises NeedsMore if these do not reach to the pixels, and Unreadable.
    """
    header = read_header(data, whole)
    return ImageInfo(header.width, header.height, frames=header.frames, native=False)


def describe(data: bytes, whole: bool = True) -> DicomImage:
    """What a page needs to know to show raw frames. `data` is as for `describe_header`.

    Raises NeedsMore if these do not reach to the pixels, and Unreadable.
    """
    header = read_header(data, whole)
    with reading("Its header"):
        slope, intercept = rescale(header, 0)
        return DicomImage(
            frames=header.frames,
            width=header.width,
            height=header.height,
            bits=_bits(header),
            signed=header.signed and not _coloured(header) and not modality_table(header),
            samples=3 if _coloured(header) else 1,
            photometric=header.photometric,
            slope=slope,
            intercept=intercept,
            windows=windows(header, 0),
            inverted=header.photometric == "MONOCHROME1",
        )


def raw_frame(data: bytes, frame: int) -> bytes:
    """One frame, from 0, row by row from the top: 16 bits a pixel, little-endian, signed as `describe` says;
    RGB interleaved, 8 bits each, of an image in colour.

    Where a file has a modality lookup table, its output stands for what is stored. Raises Unreadable.
    """
    import numpy as np

    header = read_header(data)
    if _bits(header) > 16:
        raise Unreadable(f"It has {header.allocated} bits a pixel, which only its PNG shows.")
    stored = read_frame(header, frame)
    with reading(f"Its frame {frame}"):
        if _coloured(header):
            return _rgb(header, stored).tobytes()
        if modality_table(header):
            return mapped(stored, modality(header, frame), np.uint16).astype("<u2").tobytes()
        return stored.astype("<i2" if header.signed else "<u2").tobytes()


def frame_png(data: bytes, frame: int, window: tuple[float, float] | None = None) -> bytes:
    """One frame, from 0, as a PNG of 8 bits a channel. `window` is (center, width), after rescaling.

    Without one it is the file's first window, else its VOI lookup table, else all values there are. Colours
    have no window. Raises Unreadable.
    """
    file = io.BytesIO()
    frame_image(data, frame, window).save(file, "PNG", compress_level=1)
    return file.getvalue()


def frame_image(data: bytes, frame: int, window: tuple[float, float] | None = None) -> "Image":
    """What `frame_png` is made from."""
    from PIL import Image

    header = read_header(data)
    stored = read_frame(header, frame)
    with reading(f"Its frame {frame}"):
        if _coloured(header):
            return Image.fromarray(_rgb(header, stored))
        return Image.fromarray(gray(header, stored, frame, window))


def _coloured(header: Header) -> bool:
    return header.samples == 3 or header.photometric == _PALETTE


def _bits(header: Header) -> int:
    if _coloured(header):
        return 8
    return 16 if header.keyword == "PixelData" and header.allocated <= 16 else 32


def _rgb(header: Header, stored: "NDArray[np.generic]") -> "NDArray[np.uint8]":
    """The highest 8 bits of each colour, of shape (height, width, 3)."""
    import numpy as np

    if header.photometric == _PALETTE:
        return colours(header, stored)
    shown: NDArray[np.uint8] = np.right_shift(stored, max(0, header.stored - 8)).astype(np.uint8)
    return shown
