"""Items that nobody can label: set aside with a reason, and put back when the reason is gone. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from core.domain.items import ItemRecord, ItemStatus
from core.domain.shards import RECORDED, STATUS_CODES, Change, Control, Lease

SET_ASIDE = frozenset({ItemStatus.UNREADABLE, ItemStatus.MISSING})


@dataclass(frozen=True, slots=True)
class Defect:
    """What is wrong with an item's blob: it is MISSING or UNREADABLE, and why, for a person to read."""

    status: ItemStatus
    reason: str


def set_aside(
    control: Control, records: Mapping[int, ItemRecord], defects: Mapping[int, Defect]
) -> Change | None:
    """Take pending items out of the queue; None when nothing changes. What people said of items stands.

    `records` must hold the records that these items have.
    """
    states = bytearray(control.states)
    changed: dict[int, ItemRecord] = {}
    for index, defect in defects.items():
        if control.status(index) in {ItemStatus.PENDING, *SET_ASIDE}:
            states[index] = STATUS_CODES[defect.status] | RECORDED
            changed[index] = replace(records.get(index, ItemRecord()), defect=defect.reason)
    return _change(control, records, bytes(states), changed)


def put_back(control: Control, records: Mapping[int, ItemRecord], indexes: Iterable[int]) -> Change | None:
    """Give items that were set aside back to the queue; None when none of these is."""
    states = bytearray(control.states)
    changed: dict[int, ItemRecord] = {}
    for index in indexes:
        if control.status(index) in SET_ASIDE:
            states[index] = STATUS_CODES[ItemStatus.PENDING] | RECORDED
            changed[index] = replace(records.get(index, ItemRecord()), defect=None)
    return _change(control, records, bytes(states), changed)


def dropped(control: Control, task: str, indexes: Iterable[int]) -> Control:
    """The control entity with a task's lease on fewer items, or none."""
    gone = frozenset(indexes)

    def kept(lease: Lease) -> Lease | None:
        if lease.task != task:
            return lease
        left = tuple(index for index in lease.indexes if index not in gone)
        return replace(lease, indexes=left) if left else None

    return replace(control, leases=tuple(filter(None, map(kept, control.leases))))


def _change(
    control: Control,
    records: Mapping[int, ItemRecord],
    states: bytes,
    changed: Mapping[int, ItemRecord],
) -> Change | None:
    moved = {index: record for index, record in changed.items() if records.get(index) != record}
    if not moved and states == control.states:
        return None
    return Change(replace(control, states=states), moved)
