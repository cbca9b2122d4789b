import pytest
from PIL import Image

from core.formats.images.errors import Unreadable
from core.formats.images.jpeg import EOI, SOS, Frame, frame_header, is_cut_off, segments
from tests.unit.formats.images.files import saved

PICTURE = Image.effect_noise((60, 40), 90)
FILE = saved(PICTURE, "JPEG")


def comment(data: bytes) -> bytes:
    return b"\xff\xfe" + (len(data) + 2).to_bytes(2, "big") + data


def test_a_frame_header_is_read() -> None:
    assert frame_header(FILE) == Frame(0xC0, precision=8, height=40, width=60, components=1)
    assert frame_header(saved(PICTURE.convert("RGB"), "JPEG", progressive=True)) == Frame(0xC2, 8, 40, 60, 3)


def test_a_file_without_a_frame_header_has_none() -> None:
    assert frame_header(FILE[:30]) is None
    assert frame_header(b"\xff\xd8" + comment(b"hello") + b"\xff\xd9") is None


def test_segments_end_with_the_image() -> None:
    found = list(segments(FILE + FILE))
    assert found[-1] == (EOI, len(FILE), len(FILE))
    assert [segment.marker for segment in found].count(SOS) == 1


def test_the_end_of_a_thumbnail_is_not_the_end_of_the_image() -> None:
    with_thumbnail = FILE[:2] + comment(FILE) + FILE[2:]
    assert not is_cut_off(with_thumbnail)
    assert is_cut_off(with_thumbnail[:-2])


def test_millions_of_segments_are_refused() -> None:
    with pytest.raises(Unreadable, match="more than 2,000 segments"):
        frame_header(b"\xff\xd8" + comment(b"") * 2_001 + FILE[2:])
