"""A zip archive read as it comes, from its first byte to its last: no disk, and little memory.

It reads what `pack` writes, and refuses all else. An archive that somebody made is for `Archive`.
"""

import struct
import zlib
from collections.abc import AsyncIterable, AsyncIterator

from core.domain.errors import InvalidFile

_FILE, _SIZES, _LISTED = b"PK\x03\x04", b"PK\x07\x08", b"PK\x01\x02"
_END, _END_BYTES = b"PK\x05\x06", 22
_DEFLATED, _SIZES_FOLLOW = 8, 0x8
_HEADER = struct.Struct("<5H3L2H")
_SIZES_FORMAT = struct.Struct("<4sL2Q")
_PIECE_BYTES = 256 * 1024
_NAME_BYTES_MAX = 4 * 1024
_FOREIGN = "This is no archive of Tagwerk's, or something else has packed it anew."
_DAMAGED = "The archive is damaged: it was cut off, or changed."


async def unpack(chunks: AsyncIterable[bytes]) -> AsyncIterator[tuple[str, AsyncIterator[bytes]]]:
    """The names and contents of an archive's files, in order. What is not read of a content is passed over.

    Raises InvalidFile for what `pack` has not written so, at the place where that shows.
    """
    source, begun = _Source(chunks), False
    while (signature := await source.take(4)) == _FILE:
        _, flags, method, _, _, crc, packed, size, name_bytes, extra_bytes = _HEADER.unpack(
            await source.take(_HEADER.size)
        )
        if method != _DEFLATED or name_bytes > _NAME_BYTES_MAX:
            raise InvalidFile(_FOREIGN)
        begun, name = True, _text(await source.take(name_bytes))
        await source.take(extra_bytes)
        content = _content(source, None if flags & _SIZES_FOLLOW else (crc, packed, size))
        yield name, content
        async for _ in content:
            pass
    if signature != _LISTED:
        raise InvalidFile(_DAMAGED if begun else _FOREIGN)
    if not (await source.rest(_END_BYTES)).startswith(_END):
        raise InvalidFile(_DAMAGED)


async def _content(source: "_Source", told: tuple[int, int, int] | None) -> AsyncIterator[bytes]:
    """A file's content, held against its checksum and sizes: those told before it, else those behind it."""
    inflate = zlib.decompressobj(wbits=-zlib.MAX_WBITS)
    crc = size = packed = 0
    waiting, ended = b"", False
    while not ended:
        waiting = waiting or await source.some()
        try:
            piece = inflate.decompress(waiting, _PIECE_BYTES)
        except zlib.error as error:
            raise InvalidFile(_DAMAGED) from error
        ended = inflate.eof
        left = inflate.unused_data if ended else inflate.unconsumed_tail
        packed += len(waiting) - len(left)
        crc, size = zlib.crc32(piece, crc), size + len(piece)
        waiting = left
        if piece:
            yield piece
    source.give_back(waiting)
    if told is None:
        signature, *told_behind = _SIZES_FORMAT.unpack(await source.take(_SIZES_FORMAT.size))
        fits = signature == _SIZES and told_behind == [crc, packed, size]
    else:
        fits = told == (crc, packed, size)
    if not fits:
        raise InvalidFile(_DAMAGED)


class _Source:
    """Bytes that come in chunks of any length."""

    def __init__(self, chunks: AsyncIterable[bytes]) -> None:
        self._chunks = aiter(chunks)
        self._waiting = b""

    async def take(self, length: int) -> bytes:
        """So many bytes, a few. Raises InvalidFile if there are fewer."""
        parts = [self._waiting]
        while sum(map(len, parts)) < length:
            parts.append(await self._next())
        joined = b"".join(parts)
        self._waiting = joined[length:]
        return joined[:length]

    async def some(self) -> bytes:
        """What there is next, not nothing. Raises InvalidFile at the end."""
        found, self._waiting = self._waiting or await self._next(), b""
        return found

    async def rest(self, length: int) -> bytes:
        """The last bytes of all that is left, up to so many."""
        last = self._waiting[-length:]
        async for chunk in self._chunks:
            last = (last + chunk)[-length:]
        return last

    def give_back(self, data: bytes) -> None:
        """Have this taken next, after `some`."""
        self._waiting = data

    async def _next(self) -> bytes:
        async for chunk in self._chunks:
            if chunk:
                return chunk
        raise InvalidFile(_DAMAGED)


def _text(name: bytes) -> str:
    try:
        return name.decode()
    except UnicodeDecodeError as error:
        raise InvalidFile(_DAMAGED) from error
