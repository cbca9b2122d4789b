"""What a file holds, by its first bytes: names are often wrong."""

from enum import StrEnum
from pathlib import PurePosixPath

from core.formats.images.errors import CUT_OFF, EMPTY, Unreadable


class Content(StrEnum):
    """The kinds of image that are read."""

    JPEG = "JPEG"
    PNG = "PNG"
    BMP = "BMP"
    TIFF = "TIFF"
    DICOM = "DICOM"


_READ = (
    (b"\xff\xd8\xff", Content.JPEG),
    (b"\x89PNG\r\n\x1a\n", Content.PNG),
    (b"BM", Content.BMP),
    (b"II*\0", Content.TIFF),
    (b"MM\0*", Content.TIFF),
    (b"II+\0", Content.TIFF),  # BigTIFF
    (b"MM\0+", Content.TIFF),
)
_NOT_READ = (
    (0, b"%PDF", "a PDF document"),
    (0, b"PK\x03\x04", "a ZIP archive"),
    (0, b"\x1f\x8b", "a gzip archive"),
    (0, b"GIF8", "a GIF image"),
    (0, b"8BPS", "a Photoshop document"),
    (0, b"\0\0\0\x0cjP  ", "a JPEG 2000 image"),
    (0, b"\xffO\xffQ", "a JPEG 2000 image"),
    (8, b"WEBP", "a WebP image"),
    (4, b"ftyphei", "a HEIC image"),
    (4, b"ftypmif1", "a HEIC image"),
    (4, b"ftypavif", "an AVIF image"),
    (4, b"ftyp", "a video"),
    (0, b"version https://git-lfs", "a Git LFS pointer instead of the file"),
)
_TEXTS = (
    (b"<!doctype html", "an HTML page"),
    (b"<html", "an HTML page"),
    (b"<svg", "an SVG drawing"),
    (b"<?xml", "an XML document"),
    (b"{", "a JSON document"),
)
_DICOM_NAMES = frozenset({".dcm", ".dicom"})
_FIRST_GROUPS = frozenset({0x0002, 0x0008})
"""A DICOM file without its preamble begins with an element of one of these groups."""


def content_of(path: str, data: bytes) -> Content:
    """What the file holds. `data` is its first bytes, a few hundred at least, or all of it.

    Raises Unreadable for what is no image, saying what it is where that is easily known. What is named .dcm
    must be DICOM, because pages show its own tools for it; any other name may hold any of the kinds.
    """
    if not data:
        raise Unreadable(EMPTY)
    extension = PurePosixPath(path).suffix.lower()
    found = next((content for magic, content in _READ if data.startswith(magic)), None)
    if extension in _DICOM_NAMES:
        if found and data[128:132] != b"DICM":
            raise Unreadable(f"It is named {extension} but holds a {found} image.")
        if begins_like_dicom(data):
            return Content.DICOM
    elif found:
        return found
    elif data[128:132] == b"DICM":
        return Content.DICOM
    raise Unreadable(_what_it_is(extension, data))


def begins_like_dicom(data: bytes) -> bool:
    """Whether there is DICOM's prefix, or else a number that its files without one begin with."""
    return data[128:132] == b"DICM" or any(
        int.from_bytes(data[:2], order) in _FIRST_GROUPS for order in ("little", "big")
    )


def _what_it_is(extension: str, data: bytes) -> str:
    for at, magic, what in _NOT_READ:
        if data[at:].startswith(magic):
            return f"It is named {extension} but holds {what}."
    text = data[:512].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for beginning, what in _TEXTS:
        if text.startswith(beginning):
            return f"It is named {extension} but holds {what}."
    if not data.strip(b"\0"):
        return "It holds nothing but zeros."
    if any(magic.startswith(data) for magic, _ in _READ):
        return CUT_OFF
    return f"It is named {extension} but is no image."
