"""Which characters bytes stand for.

A byte order mark has the last word (Unicode Standard, 23.8). Without one, what is valid UTF-8 is UTF-8. The
rest is left to charset-normalizer, which can hardly tell one encoding of the Latin alphabet from another;
so Windows-1252, by far the commonest, is taken where it is among the likely ones.
"""

import codecs

from core.domain.errors import InvalidFile

TEXT_BYTES_MAX = 1024 * 1024
SAMPLE_BYTES = 1024 * 1024
"""How much of a stream `detect_encoding` wants to see: reading on would be as dear as reading twice."""

_MARKS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NOT_FOR_FILES = frozenset({"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"})
_PREFERRED = "cp1252"
_MARGIN = 0.07
"""Of charset-normalizer's coherence, 0..1: by more than this must another encoding surpass Windows-1252."""
_GUESS_BYTES = 64 * 1024


def decode_text(data: bytes) -> str:
    """The text of a whole file, without its byte order mark and with its line ends as they are.

    Raises InvalidFile for more than `TEXT_BYTES_MAX`, for binary data (anything with a NUL character), and
    for what is text in no known encoding.
    """
    if len(data) > TEXT_BYTES_MAX:
        raise InvalidFile(f"The text holds more than {megabytes(TEXT_BYTES_MAX)}.")
    encoding = detect_encoding(data, whole=True)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InvalidFile(f"Byte {error.start + 1} is no {encoding}. Save the text as UTF-8.") from error
    if "\0" in text:
        raise InvalidFile("The file is binary, no text: it has a NUL character.")
    return text


def detect_encoding(first: bytes, *, whole: bool = False) -> str:
    """Python's name of the encoding of a text that begins with these bytes.

    They may end amid a character, unless they are the `whole` text. Raises InvalidFile when they look like
    no text.
    """
    marked = marked_encoding(first)
    if marked is not None:
        return marked
    try:
        codecs.getincrementaldecoder("utf-8")().decode(first, final=whole)
    except UnicodeDecodeError as error:
        start = max(0, error.start - _GUESS_BYTES // 2)
        guessed = _guessed(first[start : start + _GUESS_BYTES])
        if guessed is None:
            raise InvalidFile("The file is no text in any known encoding. Save it as UTF-8.") from error
        return guessed
    return "utf-8"


def marked_encoding(first: bytes) -> str | None:
    """The encoding that a byte order mark tells of, or None without one. Decoding by it drops the mark."""
    return next((encoding for mark, encoding in _MARKS if first.startswith(mark)), None)


def checked_encoding(name: str) -> str:
    """Python's usual name of an encoding that files of text have. Raises InvalidFile for another name."""
    try:
        "".encode(name)  # a LookupError also for codecs that make bytes of bytes, such as zip
        usual = codecs.lookup(name).name
    except (LookupError, ValueError) as error:
        raise InvalidFile(f"There is no encoding of text named '{name[:40]}'.") from error
    if usual in _NOT_FOR_FILES:
        raise InvalidFile(f"'{name[:40]}' is no encoding that files have.")
    return usual


def megabytes(count: int) -> str:
    """A number of bytes for people: `1.4 MB`, where a MB is 1,048,576 bytes."""
    return f"{count / 1024 / 1024:.1f} MB".replace(".0 ", " ")


def _guessed(part: bytes) -> str | None:
    if b"\0" in part:
        return None  # UTF-16 without a mark would have them, but so have pictures and programs
    from charset_normalizer import from_bytes  # here, for the cold start's sake

    matches = from_bytes(part)
    best = matches.best()
    if best is None:
        return None
    likely = [match for match in matches if match.coherence + _MARGIN >= best.coherence]
    return _PREFERRED if any(_PREFERRED in match.could_be_from_charset for match in likely) else best.encoding
