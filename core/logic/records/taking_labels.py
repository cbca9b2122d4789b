"""What an import of final labels, or of a consensus, does to a shard. Pure.

Control and records in, the change out. The records must be those that the items have. Doing it twice changes
nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from core.domain.answers import Answer
from core.domain.items import ItemStatus
from core.domain.records import ItemRecord, Revision, Source
from core.domain.shards import Change, Control
from core.logic.records.recording import apply_records
from core.logic.records.relabeling import brought_up
from core.logic.records.settling import Terms

Reasons = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class ImportedLabel:
    """An answer from a file, and the size of its image in pixels where known. `confidence` is 0..1."""

    answer: Answer
    width: int | None = None
    height: int | None = None
    confidence: float | None = None


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
    source: Source = Source.IMPORTED,
) -> tuple[Change | None, Reasons]:
    """Let these answers stand, and say which are refused.

    As IMPORTED they are items' labels: what a person said is never replaced. As CONSENSUS they are what the
    items' votes come to, and their confidence is the agreement: what a reviewer settled is never replaced.
    """
    bars = _bars_consensus if source is Source.CONSENSUS else _bars_label
    changed: dict[int, ItemRecord] = {}
    reasons: dict[int, str] = {}
    for index, label in labels.items():
        before = records.get(index, ItemRecord())
        if any(revision.submission == stamp.id for revision in before.revisions):
            continue
        known = brought_up(before, control.labels, terms)
        reason = bars(control.status(index), known)
        if reason:
            reasons[index] = reason
            continue
        made = _revision(known, label, stamp, source)
        revisions = (*known.revisions, made)
        changed[index] = replace(known, revisions=revisions, standing=made.number, contested=False)
    return apply_records(control, records, changed), reasons


def _bars_label(status: ItemStatus, record: ItemRecord) -> str | None:
    if status in {ItemStatus.PENDING, ItemStatus.SKIPPED}:
        return None
    if status is ItemStatus.LABELED:
        return None if record.by_model else "the item has a label already, which stays."
    return _is_out(status, record)


def _bars_consensus(status: ItemStatus, record: ItemRecord) -> str | None:
    if status in {ItemStatus.REMOVED, ItemStatus.MISSING, ItemStatus.UNREADABLE}:
        return _is_out(status, record)
    if all(vote.answer is None for vote in record.votes.values()):
        return "no labeler has answered the item."
    if record.decided or record.approved:
        return "a reviewer has settled the item, which stays so."
    if record.reserved_for is not None:
        return "the item was handed to one labeler, whose answer settles it."
    return None


def _is_out(status: ItemStatus, record: ItemRecord) -> str:
    return f"the item is {status}. {record.defect.reason if record.defect else ''}".strip()


def _revision(before: ItemRecord, label: ImportedLabel, stamp: Stamp, source: Source) -> Revision:
    return Revision(
        number=len(before.revisions) + 1,
        user=stamp.user,
        at=stamp.at,
        task="import",
        submission=stamp.id,
        answer=label.answer,
        source=source,
        width=label.width,
        height=label.height,
        agreement=label.confidence if source is Source.CONSENSUS else None,
    )
