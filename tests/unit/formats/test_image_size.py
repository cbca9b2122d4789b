import io

import pytest
from PIL import ExifTags, Image
from pydicom.data import get_testdata_file

from core.formats.image_size import HEADER_BYTES, image_size

WIDE = Image.new("RGB", (60, 40), "teal")


def _saved(image: Image.Image, form: str, orientation: int | None = None) -> bytes:
    exif = Image.Exif()
    if orientation:
        exif[ExifTags.Base.Orientation] = orientation
    data = io.BytesIO()
    image.save(data, form, exif=exif)
    return data.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "BMP", "TIFF"])
def test_width_comes_before_height(form: str) -> None:
    data = io.BytesIO()
    WIDE.save(data, form)
    assert image_size(f"a.{form.lower()}", data.getvalue()) == (60, 40)


@pytest.mark.parametrize(
    ("orientation", "size"), [(1, (60, 40)), (3, (60, 40)), (6, (40, 60)), (8, (40, 60))]
)
def test_the_size_is_that_of_the_upright_image(orientation: int, size: tuple[int, int]) -> None:
    assert image_size("a.jpg", _saved(WIDE, "JPEG", orientation)) == size


def test_dicom() -> None:
    path = get_testdata_file("CT_small.dcm")
    assert isinstance(path, str)
    with open(path, "rb") as file:  # noqa: PTH123  pydicom gives a name
        data = file.read()
    assert image_size("scan.dcm", data) == (128, 128)


@pytest.mark.parametrize(
    "data", [b"", b"not an image", _saved(WIDE, "PNG")[:20], b"\xff\xd8\xff\xe0" + b"\0" * 50]
)
@pytest.mark.parametrize("name", ["a.jpg", "a.dcm"])
def test_what_cannot_be_read_has_no_size(name: str, data: bytes) -> None:
    assert image_size(name, data) is None


def test_the_first_bytes_of_a_photo_are_enough() -> None:
    noise = Image.effect_noise((1_200, 800), 90)
    data = _saved(noise.convert("RGB"), "JPEG")
    assert len(data) > HEADER_BYTES
    assert image_size("a.jpg", data[:HEADER_BYTES]) == (1_200, 800)
