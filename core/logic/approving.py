"""Approve the answers that stand, or take their approval back. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from core.domain.errors import Conflict
from core.domain.items import Approval, ItemRecord, item_id
from core.domain.shards import Change, Control
from core.logic.submitting import apply_record


def approve(
    control: Control, records: Mapping[int, ItemRecord], indexes: Sequence[int], user: str, at: datetime
) -> Change | None:
    """Approve the answers to these items; None when all are. Raises Conflict for one without an answer."""
    changed: dict[int, ItemRecord] = {}
    for index in indexes:
        before = records.get(index, ItemRecord())
        standing = before.annotation
        if standing is None or standing.answer is None:
            raise Conflict(f"Item {item_id(control.shard, index)} has no answer to approve.")
        if not before.approved:
            changed[index] = replace(before, approval=Approval(standing.number, user, at))
    return _change(control, records, changed)


def unapprove(control: Control, records: Mapping[int, ItemRecord], indexes: Sequence[int]) -> Change | None:
    """Take approval back where there is any; None when there is none."""
    approved = {index: record for index, record in records.items() if index in indexes and record.approved}
    return _change(
        control, records, {index: replace(record, approval=None) for index, record in approved.items()}
    )


def _change(
    control: Control, records: Mapping[int, ItemRecord], changed: Mapping[int, ItemRecord]
) -> Change | None:
    for index, record in changed.items():
        control = apply_record(control, index, records.get(index, ItemRecord()), record)
    return Change(control, changed) if changed else None
