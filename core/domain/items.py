"""One image or one text, and everything that was ever said of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.domain.answers import Answer
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


class Source(StrEnum):
    """How an answer came about."""

    MANUAL = "manual"
    IMPORTED = "imported"


@dataclass(frozen=True, slots=True)
class Revision:
    """Something a person said of an item: an answer, or a reason for skipping it.

    `late` marks an answer whose lease had expired and whose item had moved on: kept, but it never stood.
    `width` and `height` are pixels of the upright image, as the page that showed it measured them.
    """

    number: int
    user: str
    at: datetime
    task: str
    submission: str
    answer: Answer | None = None
    skipped: str | None = None
    late: bool = False
    source: Source = Source.MANUAL
    width: int | None = None
    height: int | None = None
    milliseconds: int = 0


@dataclass(frozen=True, slots=True)
class Approval:
    """Somebody looked at a revision, by number, and found it good."""

    revision: int
    user: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ItemRecord:
    """An item's revisions, oldest first, and the number of the one that stands (None: the item is free).

    `defect` says why nobody can label an unreadable item. `approval` holds for one revision only.
    """

    revisions: tuple[Revision, ...] = ()
    standing: int | None = None
    defect: str | None = None
    approval: Approval | None = None

    @property
    def approved(self) -> bool:
        """Whether the revision that stands is approved."""
        return self.approval is not None and self.approval.revision == self.standing

    @property
    def annotation(self) -> Revision | None:
        """The revision that stands, an answer or a skip."""
        return None if self.standing is None else self.revisions[self.standing - 1]


def item_id(shard: int, index: int) -> str:
    """The id that the API shows for the item at `index` of `shard`."""
    return f"{shard:04d}-{index:04d}"


def parse_item_id(text: str) -> tuple[int, int]:
    """The shard and index behind an item's id. Raises NotFound for what is no such id."""
    shard, _, index = text.partition("-")
    if not (shard.isascii() and shard.isdigit() and index.isascii() and index.isdigit()):
        raise NotFound("item", text)
    return int(shard), int(index)
