"""Manifests as blobs, the last few kept decoded: they never change under their name."""

from collections.abc import Sequence

from cachetools import LRUCache

from core.domain.items import Item
from core.formats import manifest
from core.ports import BlobStore

KEPT = 64


class BlobManifests:
    """A ManifestStore over a BlobStore."""

    def __init__(self, blobs: BlobStore, container: str) -> None:
        self._blobs = blobs
        self._container = container
        self._recent: LRUCache[str, Sequence[Item]] = LRUCache(KEPT)

    async def read(self, name: str) -> Sequence[Item]:
        items = self._recent.get(name)
        if items is None:
            items = manifest.decode(await self._blobs.read(self._container, name))
            self._recent[name] = items
        return items

    async def write(self, name: str, items: Sequence[Item]) -> None:
        await self._blobs.write(self._container, name, manifest.encode(items))
