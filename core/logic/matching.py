"""Which item a record of an imported file means.

A record names a location, or holds the text itself. The rule, in this order, for each path that the location
may stand for (see `locations.paths`):

1. the item of exactly this path;
2. the item of this path below the folder that the project's data begins in;
3. the item whose path ends in this path, or in as much of its end as any item's path does, whole names only:
   `/home/ana/train/a.jpg` finds `photos/train/a.jpg`, and `a.jpg` only where no other item is named so;
4. for a location without a known extension (YOLO): the same three over paths without their extension.

Where several items fit equally well, none is chosen. A text means the item of exactly that text.
"""

import posixpath
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from core.logic import locations
from core.logic.known_paths import digest
from core.logic.paths import IMAGE_EXTENSIONS

_EXTENSIONS = IMAGE_EXTENSIONS | {".txt", ".csv", ".tsv"}
_LEVELS = 6
"""So many names of a path's end are looked at, which bounds the index whatever the paths."""
_LONGEST = 8 * 1024
"""No address of a blob has more characters; a blob's name has 1,024 at most."""

Position = tuple[int, int]


class Indexed(NamedTuple):
    """An item: its shard and index, its name (see `Item.name`), and its text's `digest` where known."""

    position: Position
    name: str
    text: bytes | None = None


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several items fit equally well."""

    count: int


Found = Position | Ambiguous | None


class Index:
    """All items of a project, to find those that records mean. It keeps digests, no strings.

    Half a million items take at most 90 MB, and up to twice that while they are sorted.
    """

    def __init__(self, items: Iterable[Indexed] = (), prefix: str = "") -> None:
        """`prefix` is what all the project's paths begin with (see `paths.literal_prefix`)."""
        self._folder = prefix[: prefix.rfind("/") + 1]
        self._positions = array("I")
        self._names, self._stems, self._texts = _Names(), _Names(), _Keys()
        self.add(items)

    def add(self, items: Iterable[Indexed]) -> None:
        """More items, none of them twice: a shard at a time, they need not all be in memory."""
        for number, item in enumerate(items, len(self._positions) // 2):
            self._positions.extend(item.position)
            self._names.add(item.name, number)
            self._stems.add(posixpath.splitext(item.name)[0], number)
            if item.text is not None:
                self._texts.add(item.text, number)

    def find(self, location: str) -> Found:
        """The item that a location means: its position, None, or how many it could mean."""
        if len(location) > _LONGEST:
            return None
        paths = locations.paths(location)
        found = self._names.find(paths, self._folder)
        if found is None and posixpath.splitext(paths[-1])[1].lower() not in _EXTENSIONS:
            found = self._stems.find(paths, self._folder)
        return self._position(found)

    def find_text(self, text: str) -> Found:
        """The item of exactly this text, of those whose digest is known."""
        return self._position(self._texts.find(digest(text)))

    def _position(self, found: int | Ambiguous | None) -> Found:
        if not isinstance(found, int):
            return found
        return self._positions[2 * found], self._positions[2 * found + 1]


class _Names:
    """Paths, whole and by their ends."""

    def __init__(self) -> None:
        self._whole, self._ends = _Keys(), _Keys()

    def add(self, name: str, item: int) -> None:
        self._whole.add(digest(name), item)
        for end in _ends(name):
            self._ends.add(digest(end), item)

    def find(self, paths: Sequence[str], folder: str) -> int | Ambiguous | None:
        exact = (self._whole.find(digest(start + path)) for start in ("", folder) for path in paths)
        by_end = (self._ends.find(digest(end)) for path in paths for end in _ends(path))
        return next((found for tries in (exact, by_end) for found in tries if found is not None), None)


def _ends(path: str) -> Iterator[str]:
    """The last names of a path, the longest end first."""
    names = path.rsplit("/", _LEVELS)[-_LEVELS:]
    if names[-1]:
        yield from ("/".join(names[first:]) for first in range(len(names)))


class _Keys:
    """Digests and the items they stand for: twelve bytes a key, sorted when first asked."""

    def __init__(self) -> None:
        self._digests = array("Q")
        self._items = array("I")
        self._sorted = True

    def add(self, key: bytes, item: int) -> None:
        self._digests.frombytes(key)
        self._items.append(item)
        self._sorted = False

    def find(self, key: bytes) -> int | Ambiguous | None:
        import numpy as np  # here, for the cold start's sake

        if not self._sorted:
            self._sort()
        digests = np.frombuffer(self._digests, np.uint64)
        wanted = np.frombuffer(key, np.uint64)[0]
        first = int(digests.searchsorted(wanted))
        count = int(digests.searchsorted(wanted, "right")) - first
        if count > 1:
            return Ambiguous(count)
        return self._items[first] if count else None

    def _sort(self) -> None:
        import numpy as np  # here, for the cold start's sake

        digests, items = np.frombuffer(self._digests, np.uint64), np.frombuffer(self._items, np.uint32)
        order = np.argsort(digests)
        self._digests = array("Q", digests[order].tobytes())
        self._items = array("I", items[order].tobytes())
        self._sorted = True
