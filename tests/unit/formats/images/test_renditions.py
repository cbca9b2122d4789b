import struct

import numpy as np
import pytest
from PIL import Image, ImageCms

from core.formats.images.renditions import THUMBNAIL_SIDE, render, thumbnail
from tests.unit.formats.images.files import opened, pydicom_file, saved

RAMP = np.array([[0, 10, 20], [30, 40, 50]])
"""Six grays on a grid of three by two, so that a mix-up shows."""


def shown(data: bytes) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """The pixels of the rendition, which is a PNG."""
    rendition = render("a.img", data)
    assert (rendition.content_type, rendition.data[:4]) == ("image/png", b"\x89PNG")
    return np.asarray(opened(rendition.data))


@pytest.mark.parametrize("form", ["PNG", "BMP", "TIFF"])
@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_a_rendition_keeps_every_pixel(form: str, mode: str) -> None:
    image = Image.fromarray(RAMP.astype("u1")).convert(mode)
    assert shown(saved(image, form)).tolist() == np.asarray(image).tolist()


def test_black_and_white_stay_black_and_white() -> None:
    image = Image.fromarray(RAMP > 25)
    assert opened(render("a.tif", saved(image, "TIFF", compression="group4")).data).mode == "1"
    assert (shown(saved(image, "TIFF", compression="group4")) == (RAMP > 25)).all()


def test_transparency_stays() -> None:
    image = Image.new("RGBA", (2, 1), (10, 20, 30, 40))
    assert shown(saved(image, "TIFF")).tolist() == [[[10, 20, 30, 40]] * 2]
    assert shown(saved(image.convert("LA"), "PNG"))[0, 0, 1] == 40
    assert opened(thumbnail("a.png", saved(image, "PNG")).data).mode == "RGBA"


def test_a_palette_becomes_its_colours() -> None:
    image = Image.new("P", (2, 1))
    image.putpalette([9, 99, 199, 7, 77, 177])
    image.putpixel((1, 0), 1)
    assert shown(saved(image, "TIFF")).tolist() == [[[9, 99, 199], [7, 77, 177]]]


@pytest.mark.parametrize("form", ["PNG", "TIFF"])
def test_sixteen_bits_of_gray_are_spread_over_eight(form: str) -> None:
    data = saved(Image.fromarray((RAMP * 10 + 700).astype("<u2")), form)
    assert shown(data).tolist() == [[0, 51, 102], [153, 204, 255]]


def test_fractions_of_gray_are_spread_over_eight_bits() -> None:
    data = saved(Image.fromarray((RAMP / 1000 - 0.01).astype("f4")), "TIFF")
    assert shown(data).tolist() == [[0, 51, 102], [153, 204, 255]]


def test_white_may_be_the_least_of_sixteen_bits() -> None:
    data = saved(Image.fromarray(RAMP.astype("<u2")), "TIFF", tiffinfo={262: 0})
    assert shown(data).tolist() == [[255, 204, 153], [102, 51, 0]]


def test_only_the_first_page_is_shown() -> None:
    pages = [Image.new("RGB", (3, 2), colour) for colour in ("red", "lime", "blue")]
    assert shown(saved(pages[0], "TIFF", save_all=True, append_images=pages[1:]))[0, 0].tolist() == [
        255,
        0,
        0,
    ]


@pytest.mark.parametrize("form", ["JPEG", "TIFF"])
def test_inks_become_light(form: str) -> None:
    red = Image.new("CMYK", (16, 16), (0, 255, 255, 0))
    assert np.abs(shown(saved(red, form))[8, 8].astype(int) - (255, 0, 0)).max() <= 3


@pytest.mark.parametrize("form", ["JPEG", "TIFF"])
def test_inks_become_light_by_their_own_profile(form: str) -> None:
    data = saved(Image.new("CMYK", (16, 16), (0, 255, 255, 0)), form, icc_profile=a_profile_of_inks())
    image = opened(render("a.img", data).data)
    assert np.abs(np.asarray(image)[8, 8].astype(int) - 119).max() <= 2  # L* 50 in sRGB is 119
    assert image.info["icc_profile"][16:20] == b"RGB "


def test_a_profile_that_is_not_of_inks_is_left_out() -> None:
    light = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = saved(Image.new("CMYK", (16, 16), (0, 255, 255, 0)), "TIFF", icc_profile=light)
    assert shown(data)[8, 8].tolist() == [255, 0, 0]


def test_a_profile_of_light_stays() -> None:
    light = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = saved(Image.new("RGB", (16, 16)), "TIFF", icc_profile=light)
    assert opened(render("a.tif", data).data).info["icc_profile"] == light
    assert opened(thumbnail("a.tif", data).data).info["icc_profile"] == light


def a_profile_of_inks() -> bytes:
    """An ICC profile (version 2.4) of CMYK by which any mixture without black is a gray of L* 50."""
    identity = bytes(range(256))
    table = b"mft1" + bytes(4) + bytes([4, 3, 2, 0]) + struct.pack(">9l", *np.eye(3, dtype=int).ravel() << 16)
    table += identity * 4 + bytes([128, 128, 128, 0, 128, 128]) * 8 + identity * 3
    white = b"XYZ " + bytes(4) + struct.pack(">3l", 63190, 65536, 54061)
    start = 128 + 4 + 2 * 12
    tags = struct.pack(">L", 2) + b"A2B0" + struct.pack(">LL", start, len(table))
    tags += b"wtpt" + struct.pack(">LL", start + len(table), len(white))
    head = struct.pack(">L4sL", start + len(table) + len(white), bytes(4), 0x02400000) + b"prtrCMYKLab "
    head += bytes(12) + b"acsp" + bytes(28) + struct.pack(">3l", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + tags + table + white


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((2048, 1024), (512, 256)),
        ((1024, 2048), (256, 512)),
        ((5120, 8), (512, 1)),
        ((513, 512), (512, 511)),
        ((512, 300), (512, 300)),
        ((20, 10), (20, 10)),
    ],
)
@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF"])
def test_a_thumbnail_is_small_and_never_larger_than_the_image(
    form: str, size: tuple[int, int], expected: tuple[int, int]
) -> None:
    rendition = thumbnail("a.img", saved(Image.new("RGB", size, "teal"), form))
    image = opened(rendition.data)
    assert (rendition.content_type, image.format) == ("image/webp", "WEBP")
    assert np.abs(np.subtract(image.size, expected)).max() <= 1
    assert max(image.size) <= THUMBNAIL_SIDE


def test_a_thumbnail_shows_what_the_image_shows() -> None:
    halves = Image.new("RGB", (1600, 1200), "white")
    halves.paste("black", (0, 0, 800, 1200))
    for form in ("JPEG", "PNG"):
        small = np.asarray(opened(thumbnail("a.img", saved(halves, form)).data).convert("L"))
        assert (small[:, :250].max(), small[:, 262:].min()) <= (30, 255)
        assert small[:, :250].max() < 30
        assert small[:, 262:].min() > 225


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK", "I;16", "F"])
def test_every_kind_of_pixel_has_a_thumbnail(mode: str) -> None:
    form = "PNG" if mode == "LA" else "TIFF"
    assert opened(thumbnail("a.img", saved(Image.new(mode, (1024, 512)), form)).data).size == (512, 256)


def test_dicom_files_have_renditions() -> None:
    data = pydicom_file("JPEG2000.dcm")
    assert opened(render("a.dcm", data).data).size == (256, 1024)
    assert opened(thumbnail("a.dcm", data).data).size == (128, 512)
