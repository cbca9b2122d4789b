"""A zip archive as a stream, after PKWARE's APPNOTE 6.3.10.

The standard library's writer keeps half a kilobyte of every file until the end. This one keeps its table of
contents deflated, some twenty bytes a file, so that half a million files are nothing.
"""

import struct
import zlib
from collections.abc import AsyncIterable, AsyncIterator, Iterator
from typing import BinaryIO

Files = AsyncIterable[tuple[str, bytes | AsyncIterable[bytes]]]
"""Names, with `/` between folders, and contents: as a stream what may be long."""

_CHUNK_BYTES = 256 * 1024
_LARGE = 0xFFFFFFFF
"""From here on a number stands in a Zip64 field instead; a number of files from _MANY on."""
_MANY = 0xFFFF
_DEFLATED, _UTF8, _SIZES_FOLLOW = 8, 0x800, 0x8
_VERSION, _VERSION_ZIP64 = 20, 45
_MIDNIGHT, _NEW_YEAR_1980 = 0, 0x21
_FILE, _SIZES, _LISTED = 0x04034B50, 0x08074B50, 0x02014B50
_END, _END_ZIP64, _END_ZIP64_AT = 0x06054B50, 0x06064B50, 0x07064B50


async def pack(files: Files) -> AsyncIterator[bytes]:
    """An archive of these files in their order, deflated. Equal files make equal bytes."""
    table = _Table()
    waiting = bytearray()
    offset = 0
    async for name, content in files:
        entry = _Entry(name, offset)
        async for piece in entry.pieces(content):
            waiting += piece
            offset += len(piece)
            if len(waiting) >= _CHUNK_BYTES:
                yield bytes(waiting)
                waiting.clear()
        table.add(entry.listed())
    yield bytes(waiting)
    for piece in table.pieces(offset):
        yield piece


async def from_spool(spool: BinaryIO) -> AsyncIterator[bytes]:
    """All that was written to this file, from its beginning."""
    spool.seek(0)
    while chunk := spool.read(_CHUNK_BYTES):
        yield chunk


class _Entry:
    """One file: deflated as it comes, while its checksum and sizes are counted."""

    def __init__(self, name: str, offset: int) -> None:
        self._name = name.encode()
        self._offset = offset
        self._flags = _UTF8
        self._crc = self._size = self._packed = 0
        self._deflate = zlib.compressobj(wbits=-zlib.MAX_WBITS)

    async def pieces(self, content: bytes | AsyncIterable[bytes]) -> AsyncIterator[bytes]:
        if isinstance(content, bytes):
            body = self._deflated(content) + self._rest()
            yield self._header(_VERSION, self._crc, self._packed, self._size) + body
            return
        self._flags |= _SIZES_FOLLOW
        yield self._header(_VERSION_ZIP64, 0, _LARGE, _LARGE, _zip64(0, 0))
        async for chunk in content:
            yield self._deflated(chunk)
        yield self._rest()
        yield struct.pack("<2L2Q", _SIZES, self._crc, self._packed, self._size)

    def listed(self) -> bytes:
        """What the table of contents says of it."""
        numbers = (self._packed, self._size, self._offset)
        packed, size, offset = numbers
        extra, version = b"", _VERSION
        if max(numbers) >= _LARGE:
            extra, version = _zip64(size, packed, offset), _VERSION_ZIP64
            packed = size = offset = _LARGE
        head = struct.pack("<L2H", _LISTED, version, version)
        tail = struct.pack("<3H2L", 0, 0, 0, 0, offset)  # no comment, first disk, no attributes
        return head + self._facts(self._crc, packed, size, extra) + tail + self._name + extra

    def _header(self, version: int, crc: int, packed: int, size: int, extra: bytes = b"") -> bytes:
        return struct.pack("<LH", _FILE, version) + self._facts(crc, packed, size, extra) + self._name + extra

    def _facts(self, crc: int, packed: int, size: int, extra: bytes) -> bytes:
        kind = (self._flags, _DEFLATED, _MIDNIGHT, _NEW_YEAR_1980)
        return struct.pack("<4H3L2H", *kind, crc, packed, size, len(self._name), len(extra))

    def _deflated(self, data: bytes) -> bytes:
        self._crc = zlib.crc32(data, self._crc)
        self._size += len(data)
        return self._counted(self._deflate.compress(data))

    def _rest(self) -> bytes:
        return self._counted(self._deflate.flush())

    def _counted(self, packed: bytes) -> bytes:
        self._packed += len(packed)
        return packed


class _Table:
    """The table of contents, which stands at the end of the archive."""

    def __init__(self) -> None:
        self._files = self._size = 0
        self._deflate = zlib.compressobj()
        self._kept: list[bytes] = []

    def add(self, listed: bytes) -> None:
        self._files += 1
        self._size += len(listed)
        self._keep(self._deflate.compress(listed))

    def pieces(self, offset: int) -> Iterator[bytes]:
        """The table, which begins at this offset, and what follows it."""
        self._keep(self._deflate.flush())
        inflate = zlib.decompressobj()
        for kept in self._kept:
            yield from _inflated(inflate, kept)
        yield inflate.flush()
        yield self._end(offset)

    def _end(self, offset: int) -> bytes:
        files, size = self._files, self._size
        zip64 = b""
        if files >= _MANY or max(size, offset) >= _LARGE:
            versions = (_VERSION_ZIP64, _VERSION_ZIP64)
            zip64 = struct.pack("<LQ2H2L4Q", _END_ZIP64, 44, *versions, 0, 0, files, files, size, offset)
            zip64 += struct.pack("<2LQL", _END_ZIP64_AT, 0, offset + size, 1)
            files, size, offset = min(files, _MANY), min(size, _LARGE), min(offset, _LARGE)
        return zip64 + struct.pack("<L4H2LH", _END, 0, 0, files, files, size, offset, 0)

    def _keep(self, deflated: bytes) -> None:
        if deflated:
            self._kept.append(deflated)


def _inflated(inflate: "zlib._Decompress", data: bytes) -> Iterator[bytes]:
    while data:
        yield inflate.decompress(data, _CHUNK_BYTES)
        data = inflate.unconsumed_tail


def _zip64(*numbers: int) -> bytes:
    """The field for what is too large elsewhere: size, packed size, offset."""
    return struct.pack(f"<2H{len(numbers)}Q", 1, 8 * len(numbers), *numbers)
