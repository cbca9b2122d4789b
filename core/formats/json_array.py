"""A JSON file that is one array, element by element, so that no file is too long for memory.

Brackets and quotation marks alone tell where an element ends (RFC 8259): one that is no JSON, or too long,
costs nothing but itself.
"""

import codecs
import json
import re
from collections.abc import Iterator
from typing import BinaryIO

from core.domain.errors import InvalidFile
from core.domain.transfers import Refusal
from core.formats.record_values import Misread, shown

ELEMENT_BYTES_MAX = 16 * 1024 * 1024
"""Python takes some twenty times the memory for the emptiest of JSON."""

_CHUNK_BYTES = 64 * 1024
_HALF = b"\\ud"  # how half of a surrogate pair begins; `json` lets one pass without the other
_BETWEEN = re.compile(rb'["\[\]{},]')
_WITHIN = re.compile(rb'["\[\]{}]')
_IN_STRING = re.compile(rb'["\\]')


def read_elements(file: BinaryIO) -> Iterator[tuple[int, object] | Refusal]:
    """Each element with its number, counted from 1, or why it cannot be read.

    Raises InvalidFile when the file is no array. Elements above ELEMENT_BYTES_MAX are refused.
    """
    for number, element in enumerate(_split(file), 1):
        try:
            yield number, _value(element)
        except Misread as error:
            yield Refusal(f"entry {number}", f"{error}.")


def _value(element: bytearray | None) -> object:
    if element is None:
        raise Misread(f"it is longer than {ELEMENT_BYTES_MAX // 1024**2} MB")
    try:
        value = json.loads(element)
        if _HALF in element.lower():
            json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise Misread("it holds half of a surrogate pair, which is no character") from None
    except (ValueError, RecursionError) as error:
        raise Misread(f"it is no JSON, or the file ends within it: {shown(error)}") from None
    return value


def _split(file: BinaryIO) -> Iterator[bytearray | None]:
    """The bytes of each element, of a file that is cut off all there is; None for one that is too long."""
    element: bytearray | None = bytearray()
    for piece, mark in _pieces(file):
        element = _longer(element, piece)
        if mark == b"," or (mark and (element is None or element.strip())):
            yield element
        if mark == b"]":
            return
        if mark:
            element = bytearray()
    yield element


def _pieces(file: BinaryIO) -> Iterator[tuple[bytes, bytes]]:
    """Pieces of elements, each with the mark that ends the element: a comma or bracket, or empty for none."""
    chunk = file.read(_CHUNK_BYTES).removeprefix(codecs.BOM_UTF8).lstrip()
    if not chunk.startswith(b"["):
        raise InvalidFile("The file is no JSON array, which would begin with '['.")
    start, at, depth, in_string = 1, 1, 0, False
    while chunk:
        while found := _marks(depth, in_string).search(chunk, at):
            mark, at = found[0], found.end()
            if mark == b"\\":
                at += 1  # what is escaped ends nothing; it may be in the next chunk
                continue
            if mark == b'"':
                in_string = not in_string
            elif mark in b"[{":
                depth += 1
            elif depth:
                depth -= 1
            elif mark != b"}":
                yield chunk[start : found.start()], mark
                start = at
        yield chunk[start:], b""
        start, at = 0, max(0, at - len(chunk))
        chunk = file.read(_CHUNK_BYTES)


def _marks(depth: int, in_string: bool) -> re.Pattern[bytes]:
    return _IN_STRING if in_string else _WITHIN if depth else _BETWEEN


def _longer(element: bytearray | None, piece: bytes) -> bytearray | None:
    if element is None or len(element) + len(piece) > ELEMENT_BYTES_MAX:
        return None
    element += piece
    return element
