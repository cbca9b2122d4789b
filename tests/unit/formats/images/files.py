"""Files that the tests of images begin with."""

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pydicom
from numpy.typing import NDArray
from PIL import ExifTags, Image
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import UID, ExplicitVRLittleEndian

PYDICOM_FILES = Path(pydicom.__file__).parent / "data" / "test_files"
"""What comes inside the package; pydicom's own functions would also download."""


def saved(image: Image.Image, form: str, orientation: int | None = None, **options: object) -> bytes:
    """The image as a file of a format, with EXIF's orientation if there is one."""
    if orientation:
        exif = Image.Exif()
        exif[ExifTags.Base.Orientation] = orientation
        options["exif"] = exif
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def opened(data: bytes) -> Image.Image:
    """The image in a file, decoded."""
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def a_png(width: int, height: int, pixels: bytes = b"") -> bytes:
    """A PNG of 8-bit gray whose header may say anything."""
    header = struct.pack(">LLBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(pixels)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def a_dicom(
    pixels: NDArray[np.generic] | bytes, syntax: UID = ExplicitVRLittleEndian, **elements: object
) -> bytes:
    """A DICOM file of an array of shape (height, width), or (height, width, 3), or of these bytes."""
    dataset = Dataset()
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = syntax
    dataset.SOPClassUID = dataset.file_meta.MediaStorageSOPClassUID = UID("1.2.840.10008.5.1.4.1.1.7")
    dataset.SOPInstanceUID = dataset.file_meta.MediaStorageSOPInstanceUID = UID("1.2.3")
    dataset.PhotometricInterpretation = "MONOCHROME2"
    if isinstance(pixels, bytes):
        dataset.PixelData = pixels
    else:
        dataset.Rows, dataset.Columns = pixels.shape[:2]
        dataset.SamplesPerPixel = pixels.shape[2] if pixels.ndim == 3 else 1
        dataset.BitsAllocated = dataset.BitsStored = 8 * pixels.itemsize
        dataset.HighBit = dataset.BitsStored - 1
        dataset.PixelRepresentation = int(pixels.dtype.kind == "i")
        dataset.PixelData = pixels.tobytes() + bytes(pixels.nbytes % 2)
        if pixels.ndim == 3:
            dataset.PlanarConfiguration = 0
    for keyword, value in elements.items():
        setattr(dataset, keyword, value)
    dataset["PixelData"].VR = "OW" if dataset.BitsAllocated > 8 else "OB"
    dataset["PixelData"].is_undefined_length = syntax.is_compressed
    file = io.BytesIO()
    dataset.save_as(file, enforce_file_format=True)
    return file.getvalue()


def pydicom_file(name: str) -> bytes:
    """One of pydicom's own test files."""
    return (PYDICOM_FILES / name).read_bytes()
