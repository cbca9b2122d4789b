"""Whatever a file holds, it is shown or refused with a reason, and nothing else happens."""

import struct
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pydicom.uid import ExplicitVRLittleEndian

from core.formats.images import errors
from core.formats.images.dicom import describe, raw_frame
from core.formats.images.errors import NeedsMore, Unreadable
from core.formats.images.inspect import inspect_image
from core.formats.images.renditions import render, thumbnail
from tests.unit.formats.images.files import a_dicom, a_png, pydicom_file, saved
from tests.unit.formats.images.test_tiff import a_tiff

NOISE = Image.effect_noise((60, 40), 90)

FILES = [
    ("a.jpg", saved(NOISE.convert("RGB"), "JPEG", orientation=6)),
    ("a.jpg", saved(NOISE.convert("CMYK"), "JPEG", progressive=True)),
    ("a.png", saved(NOISE.convert("P"), "PNG", orientation=3)),
    ("a.bmp", saved(NOISE, "BMP")),
    ("a.tif", saved(NOISE.convert("RGB"), "TIFF", orientation=5)),
    ("a.tif", saved(NOISE, "TIFF", compression="tiff_lzw")),
    ("a.dcm", pydicom_file("MR_small.dcm")),
    ("a.dcm", pydicom_file("MR_small_RLE.dcm")),
    ("a.dcm", pydicom_file("SC_rgb_jpeg_gdcm.dcm")),
    ("a.dcm", pydicom_file("SC_rgb_small_odd_jpeg.dcm")),
    ("a.dcm", pydicom_file("MR_small_jp2klossless.dcm")),
]


def refused(path: str, data: bytes) -> str:
    """Why neither a rendition nor a thumbnail can be made of the file."""
    with pytest.raises(Unreadable) as one:
        render(path, data)
    with pytest.raises(Unreadable) as other:
        thumbnail(path, data)
    assert str(one.value) == str(other.value)
    return str(one.value)


@given(st.sampled_from(FILES), st.data())
def test_a_damaged_file_is_shown_or_refused(file: tuple[str, bytes], data: st.DataObject) -> None:
    path, whole = file
    damaged = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        near = data.draw(st.sampled_from([200, 1_000, len(whole)]))
        at = data.draw(st.integers(0, min(near, len(damaged)) - 1))
        damaged[at : at + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
    for attempt in (
        lambda: inspect_image(path, bytes(damaged[:500]), whole=False),
        lambda: inspect_image(path, bytes(damaged), whole=True),
        lambda: render(path, bytes(damaged)),
        lambda: thumbnail(path, bytes(damaged)),
        lambda: describe(bytes(damaged)),
        lambda: raw_frame(bytes(damaged), 0),
    ):
        with suppress(Unreadable, NeedsMore):
            attempt()


def test_a_png_of_fifty_thousand_by_fifty_thousand_is_not_decoded() -> None:
    assert refused("a.png", a_png(50_000, 50_000, bytes(50_001) * 99)) == (
        "It has 2,500 megapixels; at most 100 can be shown."
    )


def test_a_png_with_a_wrong_checksum_is_corrupt() -> None:
    data = bytearray(saved(NOISE, "PNG"))
    data[data.index(b"IDAT") + 40] ^= 1
    assert refused("a.png", bytes(data)).startswith("The PNG image cannot be decoded (")


def test_a_png_of_millions_of_chunks_is_refused() -> None:
    chunk = struct.pack(">L4sL", 0, b"teXt", 0)
    data = a_png(60, 40, bytes(61 * 40)).replace(b"\0\0\0\0IEND", chunk * 200_001 + b"\0\0\0\0IEND")
    assert refused("a.png", data) == "It is a PNG file of more than 200,000 chunks."


@pytest.mark.parametrize("form", ["JPEG", "PNG", "BMP", "TIFF"])
@pytest.mark.parametrize("left", [0.3, 0.99])
def test_a_file_that_is_cut_off_is_not_shown(form: str, left: float) -> None:
    data = saved(NOISE, form)
    assert refused("a.img", data[: int(len(data) * left)]) == "The file is cut off."


@pytest.mark.parametrize("tail", [0, 8, 9_999])
def test_a_tiff_whose_pages_lead_nowhere_or_in_a_circle_is_refused(tail: int) -> None:
    size = [(0x100, 3, 1, 60), (0x101, 3, 1, 40)]
    assert refused("a.tif", a_tiff((size, tail))) == (
        "It is a TIFF image that is corrupt, or of a kind that is not read."
    )


def test_a_tiff_in_a_circle_still_shows_its_first_page() -> None:
    data = bytearray(saved(NOISE, "TIFF"))
    count = struct.unpack_from("<H", data, 8)[0]
    struct.pack_into("<L", data, 10 + 12 * count, 8)
    assert inspect_image("a.tif", bytes(data), whole=True).frames == 1
    assert render("a.tif", bytes(data)) == render("a.tif", saved(NOISE, "TIFF"))


def test_a_tiff_of_one_absurd_tile_is_refused() -> None:
    tags = [(0x100, 3, 1, 60), (0x101, 3, 1, 40), (0x142, 4, 1, 65_536), (0x143, 4, 1, 65_536)]
    assert refused("a.tif", a_tiff((tags, 0))) == "It is a TIFF file with tiles of 4,295 megapixels."


def test_a_page_that_only_says_html_is_refused() -> None:
    assert refused("a.png", b"<html><h1>404</h1>") == "It is named .png but holds an HTML page."


def test_dicom_pixels_that_are_not_there_are_refused() -> None:
    data = a_dicom(np.zeros((4, 4), "u2"), ExplicitVRLittleEndian, Rows=9_000, Columns=9_000)
    assert refused("a.dcm", data) == "Its pixels take 162,000,000 bytes; it has 32."


def test_a_file_that_is_too_long_is_not_decoded() -> None:
    data = saved(NOISE, "JPEG") + bytes(errors.MAX_BYTES)
    assert refused("a.jpg", data) == "It has 256 MiB; at most 256 can be decoded."
