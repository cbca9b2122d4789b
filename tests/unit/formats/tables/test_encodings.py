"""Which characters bytes stand for."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.errors import InvalidFile
from core.formats.tables.encodings import (
    TEXT_BYTES_MAX,
    checked_encoding,
    decode_text,
    detect_encoding,
    megabytes,
)

PLAIN = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
CZECH = "Příliš žluťoučký kůň úpěl ďábelské ódy."
RUSSIAN = "Все люди рождаются свободными и равными."  # noqa: RUF001 - Cyrillic is what is tested
JAPANESE = "日本語のテキストです"


@given(PLAIN)
def test_utf8_is_read_as_it_is(text: str) -> None:
    assert decode_text(text.removeprefix("\ufeff").encode()) == text.removeprefix("\ufeff")


@given(PLAIN, st.sampled_from(["utf-8-sig", "utf-16", "utf-32"]))
def test_a_byte_order_mark_tells_and_is_dropped(text: str, encoding: str) -> None:
    assert decode_text(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("mark", "encoding"), [(codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF32_BE, "utf-32-be")]
)
def test_big_endian_marks_are_known(mark: bytes, encoding: str) -> None:
    assert decode_text(mark + "é🌹".encode(encoding)) == "é🌹"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Café", "latin-1"),
        ("naïve… “quotes”", "cp1252"),
        ("Grüße aus Köln", "cp1252"),
        (RUSSIAN, "cp1251"),
        (JAPANESE, "shift_jis"),
    ],
)
def test_older_encodings_are_guessed(text: str, encoding: str) -> None:
    assert decode_text(text.encode(encoding)) == text


def test_a_wrong_guess_has_as_many_characters() -> None:
    assert len(decode_text(CZECH.encode("cp1250"))) == len(CZECH)


def test_line_ends_are_kept() -> None:
    assert decode_text(b"a\r\nb\rc\n") == "a\r\nb\rc\n"


@pytest.mark.parametrize("data", [b"a\0b", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a\0".encode("utf-16")])
def test_binary_files_are_no_texts(data: bytes) -> None:
    with pytest.raises(InvalidFile, match=r"NUL|no text"):
        decode_text(data)


def test_half_a_character_at_the_end_of_a_text_is_an_error() -> None:
    with pytest.raises(InvalidFile, match="Byte 1 is no utf-8"):
        decode_text(codecs.BOM_UTF8 + "é".encode()[:1])


def test_a_long_text_is_refused() -> None:
    assert len(decode_text(b"x" * TEXT_BYTES_MAX)) == 1_048_576
    with pytest.raises(InvalidFile, match="holds more than 1 MB"):
        decode_text(b"x" * (TEXT_BYTES_MAX * 3 // 2))


def test_the_beginning_of_a_stream_may_end_amid_a_character() -> None:
    data = "a🌹".encode()
    assert [detect_encoding(data[:end]) for end in range(1, 6)] == ["utf-8"] * 5
    with pytest.raises(InvalidFile):
        decode_text("日".encode("utf-16-le")[:1] + b"\xff\0")


@pytest.mark.parametrize("name", ["nope", "zip", "rot13", "punycode", "undefined", "a\0b", ""])
def test_an_encoding_must_be_one_of_texts(name: str) -> None:
    with pytest.raises(InvalidFile):
        checked_encoding(name)
    assert checked_encoding("UTF8") == "utf-8"


@pytest.mark.parametrize(
    ("count", "text"), [(1_048_576, "1 MB"), (1_468_006, "1.4 MB"), (20 * 1_048_576, "20 MB")]
)
def test_sizes_are_told_in_megabytes(count: int, text: str) -> None:
    assert megabytes(count) == text
