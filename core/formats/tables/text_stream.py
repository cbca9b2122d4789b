"""A file's bytes as text, piece by piece: a wrong byte somewhere does not end the stream."""

import codecs
import io
from typing import BinaryIO

from core.formats.tables.encodings import (
    SAMPLE_BYTES,
    checked_encoding,
    detect_encoding,
    marked_encoding,
)

BAD = "\udcff"
"""Stands for bytes that are no characters. It is half a surrogate pair, which no valid text holds."""

_HANDLER = "tagwerk-bad-bytes"


def _bad(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return BAD, error.end


codecs.register_error(_HANDLER, _bad)


class TextStream:
    """Text in an `encoding`, which None leaves to be detected. A byte order mark wins over either.

    Raises InvalidFile for an unknown encoding, and for what looks like no text.
    """

    def __init__(self, file: BinaryIO, encoding: str | None) -> None:
        sample = _sample(file)
        told = None if encoding is None else checked_encoding(encoding)
        whole = len(sample) < SAMPLE_BYTES
        self.encoding = marked_encoding(sample) or told or detect_encoding(sample, whole=whole)
        self._decoder = codecs.getincrementaldecoder(self.encoding)(_HANDLER)
        self._head, self._file = io.BytesIO(sample), file

    def read(self, size: int) -> str:
        """Text of up to about `size` bytes; nothing at the end of the file alone."""
        while data := self._head.read(size) or self._file.read(size):
            if text := self._decoder.decode(data):
                return text
        return self._decoder.decode(b"", final=True)


def _sample(file: BinaryIO) -> bytes:
    sample = b""
    while len(sample) < SAMPLE_BYTES and (data := file.read(SAMPLE_BYTES - len(sample))):
        sample += data
    return sample
