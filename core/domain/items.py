"""One image or one text."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.domain.errors import NotFound


@dataclass(frozen=True, slots=True)
class ImageInfo:
    """What an image's header tells. `width` and `height` are pixels of the upright image.

    `orientation` is EXIF's, 1 to 8: what was done to the stored pixels to make them upright. `frames` counts
    the frames of a DICOM file or the pages of a TIFF. `native` says that browsers show the file as it is.
    """

    width: int
    height: int
    orientation: int = 1
    frames: int = 1
    native: bool = True


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a manifest: the blob, or row of a table, behind an item, as it was when it was imported.

    `row` counts a table's rows from 1, without the header; `columns` holds all its cells by column name.
    """

    path: str
    etag: str
    size: int
    row: int | None = None
    columns: Mapping[str, str] | None = None
    image: ImageInfo | None = None

    @property
    def name(self) -> str:
        """What tells the item from every other one of its datastore: `photos/a.jpg`, `news.csv#12`."""
        return self.path if self.row is None else f"{self.path}#{self.row}"


class ItemStatus(StrEnum):
    """Where an item stands."""

    PENDING = "pending"
    LABELED = "labeled"
    SKIPPED = "skipped"
    NEEDS_REVIEW = "needs_review"
    REMOVED = "removed"
    MISSING = "missing"
    UNREADABLE = "unreadable"


def item_id(shard: int, index: int) -> str:
    """The id that the API shows for the item at `index` of `shard`."""
    return f"{shard:04d}-{index:04d}"


def parse_item_id(text: str) -> tuple[int, int]:
    """The shard and index behind an item's id. Raises NotFound for what is no such id."""
    shard, _, index = text.partition("-")
    if not (shard.isascii() and shard.isdigit() and index.isascii() and index.isdigit()):
        raise NotFound("item", text)
    return int(shard), int(index)
