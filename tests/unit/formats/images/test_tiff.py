import struct

import pytest
from PIL import Image

from core.formats.images.errors import Unreadable
from core.formats.images.tiff import Tiff, read_tiff
from tests.unit.formats.images.files import saved

Entry = tuple[int, int, int, int]
"""Tag, type, count, and the value or where it is."""

WIDTH, HEIGHT, STRIPS, STRIP_LENGTHS = (
    (0x100, 3, 1, 60),
    (0x101, 4, 1, 40),
    (0x111, 4, 1, 8),
    (0x117, 4, 1, 2_400),
)


def a_tiff(*directories: tuple[list[Entry], int]) -> bytes:
    """A TIFF of directories one after another from byte 8 on, each with where the next one is said to be."""
    parts = [b"II*\0" + struct.pack("<L", 8)]
    for entries, following in directories:
        parts += [struct.pack("<H", len(entries))]
        parts += [struct.pack("<HHLL", *entry) for entry in entries]
        parts += [struct.pack("<L", following)]
    return b"".join(parts)


def test_the_first_page_and_the_number_of_pages_are_told() -> None:
    data = a_tiff(([WIDTH, HEIGHT, STRIPS, STRIP_LENGTHS], 62), ([WIDTH], 0))
    assert read_tiff(data) == Tiff(60, 40, pages=2, told=True, end=2_408)


@pytest.mark.parametrize("big", [False, True])
@pytest.mark.parametrize("pages", [1, 3])
def test_the_pages_of_a_real_file_are_counted(pages: int, big: bool) -> None:
    page = Image.new("RGB", (60, 40), "teal")
    data = saved(page, "TIFF", save_all=True, append_images=[page] * (pages - 1), big_tiff=big)
    tiff = read_tiff(data)
    assert (tiff.width, tiff.height, tiff.pages, tiff.told) == (60, 40, pages, True)
    assert tiff.end <= len(data)


def test_a_circle_of_pages_ends() -> None:
    assert read_tiff(a_tiff(([WIDTH], 26), ([WIDTH], 8))).pages == 2
    assert read_tiff(a_tiff(([WIDTH], 8))).pages == 1


def test_a_page_beyond_the_data_is_not_told() -> None:
    tiff = read_tiff(a_tiff(([WIDTH, HEIGHT], 9_999)))
    assert (tiff.pages, tiff.told) == (1, False)


def test_values_beyond_the_data_are_not_told() -> None:
    assert not read_tiff(a_tiff(([WIDTH, (0x102, 3, 3, 9_999)], 0))).told


@pytest.mark.parametrize("data", [b"II*\0", b"II*\0\xff\xff\xff\xff", b"MM\0+\0\x08\0\0"])
def test_a_file_without_a_directory_tells_nothing(data: bytes) -> None:
    assert read_tiff(data) == Tiff()


def test_millions_of_values_are_refused() -> None:
    with pytest.raises(Unreadable, match="600,000 values under one tag"):
        read_tiff(a_tiff(([(0x111, 4, 600_000, 8)], 0)))


def test_thousands_of_pages_are_refused() -> None:
    pages = [([WIDTH], 8 + 18 * (page + 1)) for page in range(100_001)]
    with pytest.raises(Unreadable, match="more than 100,000 pages"):
        read_tiff(a_tiff(*pages))
