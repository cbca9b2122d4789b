"""What becomes of an item when its blob goes, comes back, or is replaced. Pure.

What people said of the item stays in its record, and stands again when the blob is back. What a model said,
and nobody looked at, does not outlive the version that the model saw. A row of a table is gone when its table
is, or has fewer rows; it changes with its cells.
"""

from dataclasses import replace
from datetime import datetime

from core.domain.items import Item, ItemStatus
from core.domain.log import NOBODY
from core.domain.records import Defect, ItemAction, ItemEvent, ItemRecord
from core.logic.assist.accepting import withdrawn
from core.logic.known_paths import digest

GONE = "The file is gone from the storage."
ROW_GONE = "The row is no longer in its table."

_ARROW = " → "


def version(item: Item) -> bytes:
    """Eight bytes that stand for what an item holds: the version of its blob, or the cells of its row."""
    if item.row is None:
        return digest(item.etag)
    return digest("\0".join(text for column in (item.columns or {}).items() for text in column))


def updated(item: Item, now: Item | None) -> Item:
    """The item's line of the manifest from now on. A new version has yet to be looked at.

    Where no version was known, as of the images that an MLTable names, only the ETag and size are filled in.
    """
    if now is None or version(item) == version(now):
        return item
    return now if item.etag else replace(item, etag=now.etag, size=now.size)


def follow(record: ItemRecord, item: Item, now: Item | None, at: datetime) -> ItemRecord:
    """The record of an item that is now so, or gone (None)."""
    if now is None:
        return went_missing(record, at, GONE if item.row is None else ROW_GONE)
    present = came_back(record, at)
    if not item.etag or updated(item, now) == item:
        return present
    mended = replace(present, defect=None)
    changed = _noted(mended, at, ItemAction.BLOB_CHANGED, f"{item.etag}{_ARROW}{now.etag}")
    return withdrawn(changed, at) if changed.by_model else changed


def went_missing(record: ItemRecord, at: datetime, reason: str) -> ItemRecord:
    """Note that the blob is gone. An item that was removed from the project stays so."""
    if record.removed or record.status is ItemStatus.MISSING:
        return record
    missing = replace(record, defect=Defect(ItemStatus.MISSING, reason))
    return _noted(missing, at, ItemAction.WENT_MISSING)


def came_back(record: ItemRecord, at: datetime) -> ItemRecord:
    """Note that the blob of a missing item is there: the item is again what its record says."""
    if record.status is not ItemStatus.MISSING:
        return record
    return _noted(replace(record, defect=None), at, ItemAction.CAME_BACK)


def etag_at(record: ItemRecord, item: Item, at: datetime) -> str:
    """The ETag of the version that the item had at a time, as far as was known then."""
    for event in record.events:
        if event.action is ItemAction.BLOB_CHANGED and event.at > at and event.detail is not None:
            return event.detail.split(_ARROW)[0]
    return item.etag


def _noted(record: ItemRecord, at: datetime, action: ItemAction, detail: str | None = None) -> ItemRecord:
    event = ItemEvent(at, NOBODY, action, record.standing, detail=detail)
    return replace(record, events=(*record.events, event))
