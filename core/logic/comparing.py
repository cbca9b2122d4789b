"""Hold the items of a project against a listing of what there is, in some 160 bytes an item. Pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from struct import Struct

from core.domain.items import Item, ItemStatus
from core.domain.shards import Control
from core.logic.known_paths import DIGEST_BYTES, digest
from core.logic.records.following_blobs import version

News = Mapping[int, Item | None]
"""Items of a shard by index, as a listing has them; None where it does not."""

_PLACE = Struct(">IH")
_NO_VERSION = bytes(DIGEST_BYTES)
"""Of an item that is missing: whatever is listed in its place is news, and that nothing is, is none."""


class Comparison:
    """First it takes all items, then all that is listed. Of what became an item meanwhile it says nothing."""

    def __init__(self) -> None:
        self._unseen: dict[bytes, bytes] = {}
        self._news: defaultdict[int, dict[int, Item | None]] = defaultdict(dict)
        self.known = 0

    def know(self, control: Control, items: Sequence[Item]) -> None:
        """Take the items of a shard."""
        self.known += len(items)
        for index, item in enumerate(items):
            missing = control.status(index) is ItemStatus.MISSING
            place = _PLACE.pack(control.shard, index)
            self._unseen[digest(item.name)] = place + (_NO_VERSION if missing else version(item))

    def see(self, item: Item) -> bool:
        """Take what is listed; False when no item of this name is known.

        What has no ETag is only named: whether it is there must be said once more.
        """
        name = digest(item.name)
        if not item.etag:
            return name in self._unseen
        known = self._unseen.pop(name, None)
        if known is None:
            return False
        if known[_PLACE.size :] != version(item):
            shard, index = _PLACE.unpack_from(known)
            self._news[shard][index] = item
        return True

    def news(self) -> Mapping[int, News]:
        """By shard, the items that the listing has otherwise, has again, or has no more."""
        for known in self._unseen.values():
            if known[_PLACE.size :] != _NO_VERSION:
                shard, index = _PLACE.unpack_from(known)
                self._news[shard][index] = None
        self._unseen.clear()
        return self._news
