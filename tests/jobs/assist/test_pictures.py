"""Whatever a file holds, its pixels come out upright, in RGB, 8 bits a channel."""

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from learning.pictures import Picture, Unreadable, fit, open_picture, squeezed, upright_size
from PIL import Image
from pydicom.data import get_testdata_file


def opened(data: bytes, tmp_path: Path) -> np.ndarray:
    """The pixels of a file."""
    file = tmp_path / "picture"
    file.write_bytes(data)
    return np.asarray(open_picture(file).image)


def saved(picture: Image.Image, sort: str, **options: Any) -> bytes:
    """A picture as a file."""
    file = io.BytesIO()
    picture.save(file, sort, **options)
    return file.getvalue()


def test_exif_turns_it_upright(tmp_path: Path) -> None:
    picture = Image.new("RGB", (4, 2), "white")
    picture.putpixel((0, 0), (255, 0, 0))
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned clockwise
    pixels = opened(saved(picture, "PNG", exif=exif), tmp_path)
    assert pixels.shape == (4, 2, 3)
    assert pixels[0, 1].tolist() == [255, 0, 0]
    assert upright_size(tmp_path / "picture") == (2, 4)


def test_sixteen_bits_are_stretched(tmp_path: Path) -> None:
    values = np.array([[1000, 2000], [3000, 4000]], np.uint16)
    pixels = opened(saved(Image.fromarray(values), "PNG"), tmp_path)
    assert pixels[..., 0].tolist() == [[0, 85], [170, 255]]


def test_cmyk_and_transparency(tmp_path: Path) -> None:
    cyan = opened(saved(Image.new("CMYK", (2, 2), (255, 0, 0, 0)), "TIFF"), tmp_path)
    assert cyan[0, 0].tolist() == [0, 255, 255]
    clear = opened(saved(Image.new("RGBA", (2, 2), (9, 9, 9, 0)), "PNG"), tmp_path)
    assert clear[0, 0].tolist() == [255, 255, 255]


def test_the_first_page_of_a_tiff(tmp_path: Path) -> None:
    pages = [Image.new("L", (2, 2), 10), Image.new("L", (2, 2), 20)]
    pixels = opened(saved(pages[0], "TIFF", save_all=True, append_images=pages[1:]), tmp_path)
    assert pixels[0, 0].tolist() == [10, 10, 10]


@pytest.mark.parametrize("name", ["CT_small.dcm", "MR_small.dcm", "rtdose.dcm", "SC_rgb_rle.dcm"])
def test_dicom(name: str, tmp_path: Path) -> None:
    file = get_testdata_file(name)
    assert isinstance(file, str)
    pixels = opened(Path(file).read_bytes(), tmp_path)
    assert pixels.ndim == 3
    assert int(pixels.max()) - int(pixels.min()) > 200


def test_damage_is_unreadable(tmp_path: Path) -> None:
    whole = saved(Image.effect_noise((64, 64), 50), "PNG")
    with pytest.raises(Unreadable):
        opened(whole[: len(whole) // 2], tmp_path)


def test_fit_keeps_the_shape() -> None:
    pixels, scale = fit(Picture(Image.new("RGB", (200, 50), "white"), (200, 50)), (64, 64))
    assert scale == 0.32
    assert (pixels[:16] == 255).all()
    assert (pixels[16:] == 114).all()


def test_a_large_jpeg_is_decoded_small(tmp_path: Path) -> None:
    """A quarter of it is the least that has twice the side; it counts as what it is in the file."""
    large = Image.new("RGB", (800, 400), "white")
    large.paste((255, 0, 0), (0, 0, 400, 400))
    exif = Image.Exif()
    exif[0x0112] = 6
    file = tmp_path / "picture"
    file.write_bytes(saved(large, "JPEG", quality=95, exif=exif))
    picture = open_picture(file, side=50)
    assert (picture.image.size, picture.size) == ((100, 200), (400, 800))
    pixels, scale = fit(picture, (50, 100))
    assert (pixels.shape, scale) == ((100, 50, 3), 0.125)
    assert abs(pixels[25, 25].astype(int) - (255, 0, 0)).max() < 6
    assert open_picture(file, side=201).image.size == (400, 800)


def test_squeezed_is_the_whole() -> None:
    picture = Image.new("RGB", (40, 8), "white")
    picture.paste((0, 0, 255), (20, 0, 40, 8))
    pixels = squeezed(Picture(picture, picture.size), 4)
    assert pixels[:, 0].tolist() == [[255, 255, 255]] * 4
    assert pixels[:, 3].tolist() == [[0, 0, 255]] * 4
