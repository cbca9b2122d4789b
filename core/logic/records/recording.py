"""What a shard's control entity says of an item follows from the item's record alone. Pure.

Whoever changes a record lets `apply_record` move the control entity with it: the state byte, the counters,
and who may still have the item. Its lane follows from what is predicted (`core.logic.assist.lanes`).
"""

from collections.abc import Collection, Mapping
from dataclasses import replace

from core.domain.items import ItemStatus
from core.domain.records import ItemRecord
from core.domain.shards import LANE_BITS, RECORDED, STATUS_CODES, TOLD, Change, Control, Indexes
from core.logic.records import counting
from core.logic.records.flagging import flags


def apply_record(control: Control, index: int, before: ItemRecord, after: ItemRecord) -> Control:
    """The control entity once an item's record has become another."""
    states = bytearray(control.states)
    states[index] = states[index] & LANE_BITS | _state(after)
    pending = after.status is ItemStatus.PENDING
    is_gold = after.gold is not None and after.status is ItemStatus.LABELED
    reserved = {after.reserved_for} if pending and after.reserved_for else frozenset()
    return replace(
        control,
        states=bytes(states),
        counts=counting.moved(control.counts, before, after),
        voted=_placed(control.voted, index, after.votes if pending else ()),
        reserved=_placed(control.reserved, index, reserved),
        gold=_placed_in(control.gold, index, is_gold),
        tested=_placed(control.tested, index, after.votes if is_gold else ()),
        flagged=_placed_in(control.flagged, index, bool(flags(after))),
    )


def apply_records(
    control: Control, records: Mapping[int, ItemRecord], changed: Mapping[int, ItemRecord]
) -> Change | None:
    """The change that replaces those of `records` that `changed` has otherwise; None when there are none."""
    moved = {index: after for index, after in changed.items() if after != records.get(index, ItemRecord())}
    for index, after in moved.items():
        control = apply_record(control, index, records.get(index, ItemRecord()), after)
    return Change(control, moved) if moved else None


def _state(record: ItemRecord) -> int:
    code = STATUS_CODES[record.status] | RECORDED
    told = record.status is ItemStatus.PENDING and (record.kept is not None or record.comment is not None)
    return code | TOLD if told else code


def _placed(indexes: Indexes, index: int, labelers: Collection[str]) -> Indexes:
    """The indexes with this one under these labelers and no others."""
    if not indexes and not labelers:
        return indexes
    everybody = {*indexes, *labelers}
    placed = {
        labeler: _with(indexes.get(labeler, ()), index)
        if labeler in labelers
        else _without(indexes.get(labeler, ()), index)
        for labeler in sorted(everybody)
    }
    return {labeler: some for labeler, some in placed.items() if some}


def _placed_in(indexes: tuple[int, ...], index: int, wanted: bool) -> tuple[int, ...]:
    return _with(indexes, index) if wanted else _without(indexes, index)


def _with(indexes: tuple[int, ...], index: int) -> tuple[int, ...]:
    return indexes if index in indexes else tuple(sorted((*indexes, index)))


def _without(indexes: tuple[int, ...], index: int) -> tuple[int, ...]:
    return tuple(other for other in indexes if other != index) if index in indexes else indexes
