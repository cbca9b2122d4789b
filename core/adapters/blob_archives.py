"""Values that never change, as blobs. The last few are kept decoded."""

from collections.abc import Callable
from typing import Generic, TypeVar

from cachetools import LRUCache

from core.ports import BlobStore

T = TypeVar("T")

KEPT = 256
KEPT_BYTES = 32 * 1024 * 1024
"""Of encoded values. Decoded they take some ten times as much."""


class BlobArchive(Generic[T]):
    """An Archive over a BlobStore, for one type of value."""

    def __init__(
        self, blobs: BlobStore, container: str, encode: Callable[[T], bytes], decode: Callable[[bytes], T]
    ) -> None:
        self._blobs = blobs
        self._container = container
        self._encode = encode
        self._decode = decode
        self._recent: LRUCache[str, tuple[T, int]] = LRUCache(KEPT_BYTES, getsizeof=_weight)

    async def read(self, name: str) -> T:
        known = self._recent.get(name)
        if known is not None:
            return known[0]
        data = await self._blobs.read(self._container, name)
        value = self._decode(data)
        if len(data) <= KEPT_BYTES:
            self._recent[name] = (value, len(data))
        return value

    async def write(self, name: str, value: T) -> None:
        await self.write_encoded(name, self._encode(value))

    async def write_encoded(self, name: str, data: bytes) -> None:
        await self._blobs.write(self._container, name, data)


def _weight(known: tuple[object, int]) -> int:
    return max(known[1], KEPT_BYTES // KEPT)
