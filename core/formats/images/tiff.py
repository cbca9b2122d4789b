"""The directories of a TIFF file, without decoding it (TIFF 6.0, section 2; BigTIFF alike but wider)."""

from dataclasses import dataclass
from struct import Struct, error
from typing import NamedTuple

from core.formats.images.errors import MAX_FRAMES, Unreadable

_WIDTH, _HEIGHT, _STRIPS, _STRIP_LENGTHS = 0x100, 0x101, 0x111, 0x117
_TILE_WIDTH, _TILE_HEIGHT, _TILES, _TILE_LENGTHS = 0x142, 0x143, 0x144, 0x145
_WANTED = frozenset({_WIDTH, _HEIGHT, _STRIPS, _STRIP_LENGTHS})
_WANTED |= {_TILE_WIDTH, _TILE_HEIGHT, _TILES, _TILE_LENGTHS}

_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
_SIZES |= {16: 8, 17: 8, 18: 8}
"""Bytes of a value, by its type."""

_WHOLE_NUMBERS = {1: "B", 3: "H", 4: "L", 13: "L", 16: "Q"}
_BYTES_AND_TEXT = frozenset({1, 2, 6, 7})
_MAX_TAGS = 65_535
_MAX_VALUES = 500_000
"""Numbers under one tag. A hostile file has many millions, which take ten times their space when read."""

Tags = dict[int, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Tiff:
    """What the directories tell. `width` and `height` are those of the first page's stored pixels.

    `told`: the data reach to the end of the first directory, of its values, and of the chain of pages.
    `tile` is the pixels of a tile, 0 without tiles; `end` is where in the file the first page's pixels end.
    """

    width: int = 0
    height: int = 0
    pages: int = 0
    told: bool = False
    tile: int = 0
    end: int = 0


class _File(NamedTuple):
    """A file, and how its numbers are laid out: how many entries a directory has, they, its link."""

    data: bytes
    order: str
    head: Struct
    entry: Struct
    link: Struct


def read_tiff(data: bytes) -> Tiff:
    """What the directories tell, as far as the data reach. A circle of pages ends. Raises Unreadable."""
    order, big = "<" if data[:2] == b"II" else ">", 43 in data[2:4]
    forms = ("Q", "HHQ8s", "Q") if big else ("H", "HHL4s", "L")
    head, entry, link = (Struct(order + form) for form in forms)
    file = _File(data, order, head, entry, link)
    try:
        first: int = link.unpack_from(data, link.size)[0]  # at 4, and at 8 in BigTIFF
        tags, told = _tags(file, first)
    except error:
        return Tiff()
    pages, whole = _chain(file, first)
    offsets = tags.get(_STRIPS) or tags.get(_TILES) or ()
    lengths = tags.get(_STRIP_LENGTHS) or tags.get(_TILE_LENGTHS) or ()
    return Tiff(
        width=_one(tags, _WIDTH),
        height=_one(tags, _HEIGHT),
        pages=pages,
        told=told and whole,
        tile=_one(tags, _TILE_WIDTH) * _one(tags, _TILE_HEIGHT),
        end=max((at + length for at, length in zip(offsets, lengths, strict=False)), default=0),
    )


def _chain(file: _File, first: int) -> tuple[int, bool]:
    """How many directories there are, and whether the data reach to the last one's end."""
    seen: set[int] = set()
    position = first
    while position and position not in seen:
        seen.add(position)
        if len(seen) > MAX_FRAMES:
            raise Unreadable(f"It has more than {MAX_FRAMES:,} pages.")
        try:
            position = file.link.unpack_from(file.data, _end(file, position))[0]
        except error:
            return max(1, len(seen) - 1), False
    return len(seen), True


def _tags(file: _File, position: int) -> tuple[Tags, bool]:
    """The wanted numbers of a directory, and whether the data hold all its values."""
    found: Tags = {}
    told = _end(file, position) + file.link.size <= len(file.data)
    for index in range(file.head.unpack_from(file.data, position)[0]):
        at = position + file.head.size + index * file.entry.size
        tag, kind, values, inline = file.entry.unpack_from(file.data, at)
        if values > _MAX_VALUES and kind not in _BYTES_AND_TEXT:
            raise Unreadable(f"It is a TIFF file of {values:,} values under one tag.")
        length = _SIZES.get(kind, 0) * values
        start = at + file.entry.size - len(inline)
        if length > len(inline):
            start = file.link.unpack(inline)[0]
        if start + length > len(file.data):
            told = False
        elif tag in _WANTED and kind in _WHOLE_NUMBERS and tag not in found:
            found[tag] = Struct(f"{file.order}{values}{_WHOLE_NUMBERS[kind]}").unpack_from(file.data, start)
    return found, told


def _end(file: _File, position: int) -> int:
    """Where a directory's entries end and its link to the next one begins."""
    count: int = file.head.unpack_from(file.data, position)[0]
    if count > _MAX_TAGS:
        raise Unreadable(f"It is a TIFF file of {count:,} tags.")
    return position + file.head.size + count * file.entry.size


def _one(tags: Tags, tag: int) -> int:
    return next(iter(tags.get(tag, ())), 0)
