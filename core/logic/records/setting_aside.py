"""Items that nobody can label: set aside with a reason, and put back when the reason is gone. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from core.domain.items import ItemStatus
from core.domain.records import Defect, ItemRecord
from core.domain.shards import Change, Control, Lease
from core.logic.records.following_blobs import came_back, went_missing
from core.logic.records.recording import apply_records

SET_ASIDE = frozenset({ItemStatus.UNREADABLE, ItemStatus.MISSING})


def set_aside(
    control: Control, records: Mapping[int, ItemRecord], defects: Mapping[int, Defect], at: datetime
) -> Change | None:
    """Take pending items out of the queue; None when nothing changes. What people said of items stands.

    `records` must hold the records that these items have.
    """
    changed = {
        index: _set_aside(records.get(index, ItemRecord()), defect, at)
        for index, defect in defects.items()
        if control.status(index) in {ItemStatus.PENDING, *SET_ASIDE}
    }
    return apply_records(control, records, changed)


def put_back(
    control: Control, records: Mapping[int, ItemRecord], indexes: Iterable[int], at: datetime
) -> Change | None:
    """Give items that were set aside back; None when none of these is."""
    changed = {
        index: replace(came_back(records.get(index, ItemRecord()), at), defect=None)
        for index in indexes
        if control.status(index) in SET_ASIDE
    }
    return apply_records(control, records, changed)


def _set_aside(record: ItemRecord, defect: Defect, at: datetime) -> ItemRecord:
    if defect.status is ItemStatus.MISSING:
        return went_missing(record, at, defect.reason)
    return replace(came_back(record, at), defect=defect)


def dropped(control: Control, task: str, indexes: Iterable[int]) -> Control:
    """The control entity with a task's lease on fewer items, or none."""
    gone = frozenset(indexes)

    def kept(lease: Lease) -> Lease | None:
        if lease.task != task:
            return lease
        left = tuple(index for index in lease.indexes if index not in gone)
        return replace(lease, indexes=left) if left else None

    return replace(control, leases=tuple(filter(None, map(kept, control.leases))))
