"""Files that are longer than anybody wants to store, and that tell how they were read."""

import io
from collections.abc import Iterable, Iterator
from itertools import chain, repeat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


def long_line(head: bytes, megabytes: int, tail: bytes) -> io.BufferedReader:
    """A file with so many megabytes of `x` between head and tail."""
    return io.BufferedReader(_Made(chain([head], repeat(b"x" * 1024 * 1024, megabytes), [tail])))


class Counted(io.BytesIO):
    """A file that knows the most that was asked of it at once."""

    asked = 0

    def read(self, size: int | None = -1) -> bytes:
        self.asked = max(self.asked, len(self.getvalue()) if size is None or size < 0 else size)
        return super().read(size)


class _Made(io.RawIOBase):
    """Bytes that are made while they are read."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces: Iterator[bytes] = iter(pieces)
        self._waiting = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        view = memoryview(buffer).cast("B")
        self._waiting = self._waiting or next(self._pieces, b"")
        count = min(len(view), len(self._waiting))
        view[:count], self._waiting = self._waiting[:count], self._waiting[count:]
        return count
