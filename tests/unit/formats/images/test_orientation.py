import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops

from core.domain.answers import Box, Boxes
from core.formats.images.inspect import inspect_image
from core.formats.images.renditions import render, thumbnail
from core.logic.geometry.moves import upright
from tests.unit.formats.images.files import opened, saved

WIDTH, HEIGHT, BLOCK = 48, 32, 8
"""Blocks of eight pixels are those of JPEG, so that they keep their edges."""


def red_box(image: Image.Image) -> Box:
    """Around all pixels that are far more red than green."""
    red, green, *_ = image.convert("RGB").split()
    left, top, right, bottom = (
        ImageChops.subtract(red, green).point(lambda v: 255 * (v > 100)).getbbox() or (0,) * 4
    )
    return Box("red", left, top, right - left, bottom - top)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF"])
@given(
    orientation=st.integers(1, 8),
    column=st.integers(0, WIDTH // BLOCK - 1),
    row=st.integers(0, HEIGHT // BLOCK - 1),
)
def test_pixels_go_where_answers_go(form: str, orientation: int, column: int, row: int) -> None:
    stored = Image.new("RGB", (WIDTH, HEIGHT), "white")
    stored.paste("red", (column * BLOCK, row * BLOCK, (column + 1) * BLOCK, (row + 1) * BLOCK))
    options = {"quality": 95, "subsampling": 0} if form == "JPEG" else {}
    data = saved(stored, form, orientation, **options)
    answer = Boxes((Box("red", column * BLOCK, row * BLOCK, BLOCK, BLOCK),))
    expected = upright(answer, WIDTH, HEIGHT, orientation)

    shown, small = opened(render("a.img", data).data), opened(thumbnail("a.img", data).data)
    info = inspect_image("a.img", data, whole=True)
    assert Boxes((red_box(shown),)) == expected
    assert np.abs(np.subtract(_corners(red_box(small)), _corners(expected))).max() <= 1
    assert (info.width, info.height) == shown.size == small.size
    assert info.orientation == orientation
    assert info.native == (form == "JPEG" or (form == "PNG" and orientation == 1))


def _corners(answer: Box | object) -> tuple[float, ...]:
    box = answer.boxes[0] if isinstance(answer, Boxes) else answer
    assert isinstance(box, Box)
    return (box.x, box.y, box.x + box.width, box.y + box.height)


@pytest.mark.parametrize("orientation", [0, 9, 60_000])
def test_an_orientation_that_makes_no_sense_is_none(orientation: int) -> None:
    data = saved(Image.new("RGB", (6, 4)), "JPEG", orientation or None)
    assert inspect_image("a.jpg", data, whole=True).orientation == 1


@pytest.mark.parametrize("form", ["JPEG", "TIFF"])
def test_the_orientation_of_xmp_does_not_count(form: str) -> None:
    xmp = b'<x:xmpmeta><rdf:Description tiff:Orientation="6"/></x:xmpmeta>'
    options = {"xmp": xmp} if form == "JPEG" else {"tiffinfo": {700: xmp}}
    data = saved(Image.new("RGB", (6, 4)), form, **options)
    info = inspect_image("a.jpg", data, whole=True)
    assert (info.width, info.height, info.orientation) == (6, 4, 1)
    assert opened(render("a.jpg", data).data).size == (6, 4)


def test_corrupt_exif_is_no_orientation() -> None:
    data = saved(Image.new("RGB", (6, 4)), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff")
    assert inspect_image("a.jpg", data, whole=True).orientation == 1
    assert opened(thumbnail("a.jpg", data).data).size == (6, 4)
