import pytest
from PIL import Image

from core.domain.items import ImageInfo
from core.formats.images.errors import HEADER_BYTES, NeedsMore, Unreadable
from core.formats.images.inspect import inspect_image
from tests.unit.formats.images.files import a_png, pydicom_file, saved

WIDE = Image.new("RGB", (60, 40), "teal")
NOISE = Image.effect_noise((700, 500), 90).convert("RGB")
GRAY_16 = Image.new("I;16", (60, 40), 700)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "BMP"])
@pytest.mark.parametrize("path", ["a.jpg", "a.png", "a.bmp", "a.tif", "a.JFIF"])
def test_browsers_show_an_image_by_its_content(form: str, path: str) -> None:
    assert inspect_image(path, saved(WIDE, form), whole=True) == ImageInfo(60, 40)


@pytest.mark.parametrize(
    "data",
    [
        saved(WIDE, "TIFF"),
        saved(WIDE.convert("CMYK"), "JPEG"),
        saved(WIDE.convert("CMYK"), "TIFF"),
        saved(GRAY_16, "PNG"),
        saved(GRAY_16, "TIFF"),
    ],
)
def test_browsers_do_not_show_everything(data: bytes) -> None:
    assert inspect_image("a.jpg", data, whole=True) == ImageInfo(60, 40, native=False)


def test_all_pages_of_a_tiff_are_counted() -> None:
    data = saved(WIDE, "TIFF", save_all=True, append_images=[WIDE, WIDE])
    assert inspect_image("a.tif", data, whole=True) == ImageInfo(60, 40, frames=3, native=False)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "BMP"])
def test_the_first_bytes_of_a_photo_are_enough(form: str) -> None:
    data = saved(NOISE, form)
    assert len(data) > HEADER_BYTES
    assert inspect_image("a.img", data[:HEADER_BYTES], whole=False) == ImageInfo(700, 500)


def test_the_first_bytes_of_a_dicom_file_are_enough() -> None:
    data = pydicom_file("examples_ybr_color.dcm")
    info = ImageInfo(320, 240, frames=30, native=False)
    assert inspect_image("a.dcm", data[:HEADER_BYTES], whole=False) == info


def test_a_tiff_that_ends_with_its_header_needs_more() -> None:
    data = saved(NOISE, "TIFF", compression="tiff_lzw")
    with pytest.raises(NeedsMore):
        inspect_image("a.tif", data[:HEADER_BYTES], whole=False)
    assert inspect_image("a.tif", data, whole=True) == ImageInfo(700, 500, native=False)


def test_a_photo_with_a_long_preface_needs_more() -> None:
    data = saved(WIDE, "JPEG", icc_profile=bytes(70_000))
    with pytest.raises(NeedsMore):
        inspect_image("a.jpg", data[:HEADER_BYTES], whole=False)
    assert inspect_image("a.jpg", data, whole=True) == ImageInfo(60, 40)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "BMP", "TIFF"])
def test_a_whole_file_that_is_cut_off_says_so(form: str) -> None:
    data = saved(NOISE, form)
    for length in (40, 1_000, len(data) - 40):
        with pytest.raises(Unreadable, match=r"^The file is cut off\.$"):
            inspect_image("a.img", data[:length], whole=True)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "The file is empty."),
        (a_png(50_000, 50_000), "It has 2,500 megapixels; at most 100 can be shown."),
        (a_png(0, 50), "It has no pixels: it is 0 wide and 50 high."),
        (saved(WIDE, "GIF"), "It is named .png but holds a GIF image."),
        (
            saved(WIDE, "PNG").replace(b"IHDR\0", b"IHDR\1"),
            "It has 671 megapixels; at most 100 can be shown.",
        ),
        (
            saved(WIDE, "PNG").replace(b"\0\0\0\x3c", b"\0\0\0\x3d"),
            "It is a PNG image that is corrupt, or of a kind that is not read.",
        ),
    ],
)
def test_what_cannot_be_labeled_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as raised:
        inspect_image("a.png", data, whole=True)
    assert str(raised.value) == reason


def test_a_bomb_is_told_by_its_first_bytes() -> None:
    with pytest.raises(Unreadable, match="2,500 megapixels"):
        inspect_image("a.png", a_png(50_000, 50_000)[:40], whole=False)
