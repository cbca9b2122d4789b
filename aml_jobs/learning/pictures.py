"""Image files as upright RGB: what Pillow reads, of a TIFF the first page, of DICOM the first frame."""

import io
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

Pixels = NDArray[np.uint8]
_DEEP = ("I", "F", "I;16", "I;16B", "I;16L", "I;16N")


class Unreadable(Exception):
    """The file is no image that can be decoded; `str()` says why."""


def open_picture(path: Path) -> Image.Image:
    """The first image of a file, upright, in RGB with 8 bits a channel. Raises Unreadable."""
    try:
        data = path.read_bytes()
        if data[128:132] == b"DICM":
            return Image.fromarray(_dicom(data)).convert("RGB")
        with Image.open(io.BytesIO(data)) as found:
            return _rgb(ImageOps.exif_transpose(found))
    except Exception as why:  # decoders raise whatever they like at a damaged file
        raise Unreadable(f"{type(why).__name__}: {why}"[:300].replace(str(path), path.name)) from why


def upright_size(path: Path) -> tuple[int, int]:
    """(width, height), from the header where that tells. Raises Unreadable."""
    try:
        with Image.open(path) as found:
            turned = found.getexif().get(0x0112, 1) >= 5
            return (found.height, found.width) if turned else (found.width, found.height)
    except OSError:
        return open_picture(path).size


def fit(picture: Image.Image, canvas: tuple[int, int]) -> tuple[Pixels, float]:
    """The picture in the upper left of a canvas (width, height), and what its pixels were multiplied by."""
    scale = min(canvas[0] / picture.width, canvas[1] / picture.height)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    small = picture.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)
    pixels = np.full((canvas[1], canvas[0], 3), 114, np.uint8)
    pixels[: size[1], : size[0]] = np.asarray(small)
    return pixels, scale


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
