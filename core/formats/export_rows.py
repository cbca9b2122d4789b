"""What every export format is made from: one row per exported item, and what holds for all rows."""

from collections.abc import AsyncIterable, AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from core.domain.exports import Coordinates
from core.domain.items import Item, ItemStatus
from core.domain.kinds import Kind
from core.domain.records import Revision, Source


@dataclass(frozen=True, slots=True)
class ExportRow:
    """An item, the revision that stands, and its size in pixels of the upright image where known.

    Of Format.VOTES a row is a vote: `annotation` is the labeler's, and `standing` says whether what stands is
    the same answer. `url` is the blob's address, which opens nothing by itself. `text` is what the labeler
    read, for kinds of text. `labeler` is the name of who made the revision, or their id. `flags` are the
    notes of those who ask for another look.
    """

    id: str
    item: Item
    url: str
    status: ItemStatus
    annotation: Revision
    width: int | None = None
    height: int | None = None
    text: str | None = None
    labeler: str = ""
    standing: bool = True
    flags: Sequence[str] = ()

    @property
    def by_model(self) -> bool:
        """Whether a model gave the answer, and no person."""
        return self.annotation.source is Source.MODEL


@dataclass(frozen=True, slots=True)
class Sheet:
    """What holds for a whole export. `labels` are all paths of the label tree, parents before children.

    `datastore` is the name of the datastore; `columns` those of the tables that the items are rows of.
    """

    kind: Kind
    labels: Sequence[str]
    datastore: str
    coordinates: Coordinates | None = None
    include_labeler: bool = False
    columns: Sequence[str] = ()


Refuse = Callable[[ExportRow, str], None]
"""Told of a row that the format cannot carry, and why; it is then left out of the file."""

Write = Callable[[AsyncIterable[ExportRow], Sheet, Refuse, BinaryIO], AsyncIterator[bytes]]
"""How every format is written: the bytes of the file, as a stream. The last argument is
an empty file on disk, for what has to wait."""
