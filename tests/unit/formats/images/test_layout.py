import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from core.formats.images.contents import Content
from core.formats.images.layout import Layout, is_whole, layout_of
from tests.unit.formats.images.files import a_png, saved

NOISE = Image.effect_noise((60, 40), 90)
FILES: dict[Content, bytes] = {
    content: saved(NOISE, content) for content in Content if content is not Content.DICOM
}


@pytest.mark.parametrize("content", FILES)
def test_a_header_tells_the_stored_size(content: Content) -> None:
    assert layout_of(content, FILES[content], whole=True) == Layout(60, 40)


@pytest.mark.parametrize("content", FILES)
def test_a_few_bytes_do_not_tell(content: Content) -> None:
    assert layout_of(content, FILES[content][:14], whole=True) is None


@given(st.sampled_from(list(FILES)), st.data())
def test_only_the_whole_file_is_whole(content: Content, data: st.DataObject) -> None:
    file = FILES[content]
    assert is_whole(content, file)
    assert is_whole(content, file + b"whatever a camera appends")
    begun = file[: data.draw(st.integers(0, len(file) - 1))]
    assert layout_of(content, begun, whole=True) is None or not is_whole(content, begun)


def test_a_bitmap_may_be_stored_from_the_top() -> None:
    file = bytearray(FILES[Content.BMP])
    file[22:26] = (-40).to_bytes(4, "little", signed=True)
    assert layout_of(Content.BMP, bytes(file), whole=True) == Layout(60, 40)


def test_a_png_says_how_deep_it_is() -> None:
    deep = saved(Image.new("I;16", (3, 2)), "PNG")
    assert layout_of(Content.PNG, deep, whole=False) == Layout(3, 2, bits=16)
    assert layout_of(Content.PNG, a_png(3, 2), whole=False) == Layout(3, 2, bits=8)
