"""Image files as upright RGB: what Pillow reads, of a TIFF the first page, of DICOM the first frame."""

import io
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

Pixels = NDArray[np.uint8]
_ORIENTATION, _SIDEWAYS = 0x0112, 5
"""The EXIF tag, and from which of its values on width and height change places."""
_DEEP = ("I", "F", "I;16", "I;16B", "I;16L", "I;16N")


class Unreadable(Exception):
    """The file is no image that can be decoded; `str()` says why."""


class Picture(NamedTuple):
    """An upright image in RGB with 8 bits a channel, and the size of its original, (width, height)."""

    image: Image.Image
    size: tuple[int, int]


def open_picture(path: Path, side: int | None = None) -> Picture:
    """The first image of a file. Raises Unreadable.

    With `side`, it may be smaller than in the file, as long as both of its are twice that: JPEG decodes a
    half, a quarter or an eighth in a fraction of the time.
    """
    try:
        data = path.read_bytes()
        if data[128:132] == b"DICM":
            return _whole(Image.fromarray(_dicom(data)).convert("RGB"))
        with Image.open(io.BytesIO(data)) as found:
            width, height = found.size
            if side:
                found.draft(None, (2 * side, 2 * side))
            turned = found.getexif().get(_ORIENTATION, 1) >= _SIDEWAYS
            image = _rgb(ImageOps.exif_transpose(found))
            return Picture(image, (height, width) if turned else (width, height))
    except Exception as why:  # decoders raise whatever they like at a damaged file
        raise Unreadable(f"{type(why).__name__}: {why}"[:300].replace(str(path), path.name)) from why


def upright_size(path: Path) -> tuple[int, int]:
    """(width, height), from the header where that tells. Raises Unreadable."""
    try:
        with Image.open(path) as found:
            turned = found.getexif().get(_ORIENTATION, 1) >= _SIDEWAYS
            return (found.height, found.width) if turned else (found.width, found.height)
    except OSError:
        return open_picture(path).size


def fit(picture: Picture, canvas: tuple[int, int]) -> tuple[Pixels, float]:
    """The picture in the upper left of a canvas (width, height), and what its pixels were multiplied by."""
    width, height = picture.size
    scale = min(canvas[0] / width, canvas[1] / height)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = picture.image.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)
    pixels = np.full((canvas[1], canvas[0], 3), 114, np.uint8)
    pixels[: size[1], : size[0]] = np.asarray(small)
    return pixels, scale


def squeezed(picture: Picture, side: int) -> Pixels:
    """The whole picture as a square, whatever its shape."""
    return np.asarray(picture.image.resize((side, side), Image.Resampling.BILINEAR, reducing_gap=2.0))


def _whole(image: Image.Image) -> Picture:
    return Picture(image, image.size)


def _rgb(found: Image.Image) -> Image.Image:
    if found.mode in _DEEP:
        return Image.fromarray(_stretched(np.asarray(found, dtype=np.float64))).convert("RGB")
    if "A" in found.getbands() or "transparency" in found.info:
        whole = found.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", whole.size, "white"), whole).convert("RGB")
    return found.convert("RGB")


def _stretched(values: NDArray[np.float64]) -> Pixels:
    """All values there are, from black to white."""
    finite = np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)
    low, high = float(finite.min()), float(finite.max())
    return ((finite - low) * (255 / max(high - low, 1e-9))).round().astype(np.uint8)


def _dicom(data: bytes) -> Pixels:
    """The first frame through its modality rescaling and first window, else all values (PS3.3 C.11)."""
    import pydicom
    from pydicom.pixels.processing import apply_modality_lut, apply_voi_lut
    from pydicom.pixels.utils import pixel_array

    dataset = pydicom.dcmread(io.BytesIO(data))
    several = int(dataset.get("NumberOfFrames") or 1) > 1
    stored: Any = pixel_array(dataset, index=0) if several else pixel_array(dataset)
    if stored.ndim == 3:
        return stored.astype(np.uint8) if stored.max() < 256 else _stretched(stored.astype(np.float64))
    values = np.asarray(apply_modality_lut(stored, dataset), np.float64)
    shown = _windowed(values, dataset, apply_voi_lut)
    return 255 - shown if dataset.PhotometricInterpretation == "MONOCHROME1" else shown


def _windowed(values: NDArray[np.float64], dataset: Any, apply_voi_lut: Any) -> Pixels:
    if "WindowCenter" not in dataset or "WindowWidth" not in dataset:
        return _stretched(np.asarray(apply_voi_lut(values, dataset), np.float64))
    center, width = (float(np.atleast_1d(dataset[name].value)[0]) for name in ("WindowCenter", "WindowWidth"))
    share = (values - (center - 0.5)) / max(width - 1, 1e-9) + 0.5
    return (share.clip(0, 1) * 255).round().astype(np.uint8)
