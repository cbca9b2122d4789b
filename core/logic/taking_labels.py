"""What an import of final labels does to a shard. Pure: control and records in, the change out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from core.domain.answers import Answer
from core.domain.items import ItemStatus
from core.domain.records import ItemRecord, Revision, Source
from core.domain.shards import Change, Control
from core.logic.recording import apply_records
from core.logic.relabeling import brought_up
from core.logic.settling import Terms

Reasons = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class ImportedLabel:
    """An answer from a file, and the size of its image in pixels where known."""

    answer: Answer
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which import, by whom and when."""

    id: str
    user: str
    at: datetime


def take_labels(
    control: Control,
    records: Mapping[int, ItemRecord],
    labels: Mapping[int, ImportedLabel],
    stamp: Stamp,
    terms: Terms,
) -> tuple[Change | None, Reasons]:
    """Give items their labels, and say which are refused. What a person said is never replaced.

    `records` must hold the records that these items have. Doing it twice changes nothing.
    """
    changed: dict[int, ItemRecord] = {}
    reasons: dict[int, str] = {}
    for index, label in labels.items():
        before = records.get(index, ItemRecord())
        if any(revision.submission == stamp.id for revision in before.revisions):
            continue
        reason = _reason(control.status(index), before)
        if reason:
            reasons[index] = reason
            continue
        known = brought_up(before, control.labels, terms)
        made = _revision(known, label, stamp)
        changed[index] = replace(known, revisions=(*known.revisions, made), standing=made.number)
    return apply_records(control, records, changed), reasons


def _reason(status: ItemStatus, record: ItemRecord) -> str | None:
    if status in {ItemStatus.PENDING, ItemStatus.SKIPPED}:
        return None
    if status is ItemStatus.LABELED:
        return "the item has a label already, which stays."
    return f"the item is {status}. {record.defect.reason if record.defect else ''}".strip()


def _revision(before: ItemRecord, label: ImportedLabel, stamp: Stamp) -> Revision:
    return Revision(
        number=len(before.revisions) + 1,
        user=stamp.user,
        at=stamp.at,
        task="import",
        submission=stamp.id,
        answer=label.answer,
        source=Source.IMPORTED,
        width=label.width,
        height=label.height,
    )
