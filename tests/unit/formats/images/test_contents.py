import pytest

from core.formats.images.contents import Content, content_of
from core.formats.images.errors import Unreadable

DICOM = bytes(128) + b"DICM\x02\0"


@pytest.mark.parametrize(
    ("path", "data", "content"),
    [
        ("a.jpg", b"\xff\xd8\xff\xe0", Content.JPEG),
        ("a.jfif", b"\x89PNG\r\n\x1a\n", Content.PNG),
        ("a.png", b"BM\x36\0", Content.BMP),
        ("a.tif", b"II*\0", Content.TIFF),
        ("a.jpg", b"MM\0+", Content.TIFF),
        ("a.dcm", DICOM, Content.DICOM),
        ("a.png", DICOM, Content.DICOM),
        ("a.DICOM", b"II*\0" + DICOM[4:], Content.DICOM),
        ("a.tiff", b"II*\0" + DICOM[4:], Content.TIFF),
        ("a.dcm", b"\x08\0\x05\0CS", Content.DICOM),
        ("a.dcm", b"\0\x08\0\x05CS", Content.DICOM),
    ],
)
def test_the_first_bytes_say_what_a_file_holds(path: str, data: bytes, content: Content) -> None:
    assert content_of(path, data) is content


@pytest.mark.parametrize(
    ("path", "data", "reason"),
    [
        ("a.png", b"", "The file is empty."),
        ("a.png", b"\x89PN", "The file is cut off."),
        ("a.jpg", b"%PDF-1.7", "It is named .jpg but holds a PDF document."),
        ("a.tif", b"PK\x03\x04", "It is named .tif but holds a ZIP archive."),
        ("a.png", b"\n <!DOCTYPE HTML>", "It is named .png but holds an HTML page."),
        ("a.png", b"GIF89a", "It is named .png but holds a GIF image."),
        ("a.JPG", b"RIFF\x08\0\0\0WEBPVP8 ", "It is named .jpg but holds a WebP image."),
        ("a.jpg", b"\0\0\0\x18ftypheic", "It is named .jpg but holds a HEIC image."),
        ("a.jpg", bytes(40), "It holds nothing but zeros."),
        ("a.jpg", b"once upon", "It is named .jpg but is no image."),
        ("a.dcm", b"\xff\xd8\xff\xe0", "It is named .dcm but holds a JPEG image."),
        ("a.dcm", b"once upon", "It is named .dcm but is no image."),
    ],
)
def test_what_is_no_image_says_what_it_is(path: str, data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as raised:
        content_of(path, data)
    assert str(raised.value) == reason
