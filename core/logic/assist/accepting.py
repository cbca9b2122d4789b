"""Which answers of a model stand without a person, where the owner wants that. Pure.

A trusted answer is accepted where nobody has answered the item, holds it, or is to have it; never one that
is audited, and never in a project where several labelers answer each item. What a reviewer put back into the
queue since the run began, people answer, and so they do where labels or the image were changed. An answer
that nobody approved is withdrawn once it is not trusted any more.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from core.domain.assist import Trust
from core.domain.items import ItemStatus
from core.domain.log import NOBODY
from core.domain.predictions import Prediction
from core.domain.records import ItemAction, ItemEvent, ItemRecord, Revision, Source
from core.domain.shards import Control, Lane
from core.logic.records.relabeling import brought_up
from core.logic.records.settling import Terms

MODEL = "model"
"""The user of a revision that no person made."""

_FOR_PEOPLE = frozenset({ItemAction.REJECTED, ItemAction.RESTARTED, ItemAction.BLOB_CHANGED})


@dataclass(frozen=True, slots=True)
class Acceptance:
    """On what terms answers are accepted at the time `at`; the run of `trust` was begun at `since`."""

    trust: Trust
    terms: Terms
    since: datetime
    at: datetime


def reconsidered(
    control: Control,
    records: Mapping[int, ItemRecord],
    predictions: Mapping[int, Prediction],
    asked: Acceptance,
    indexes: Iterable[int] | None = None,
) -> Mapping[int, ItemRecord]:
    """The records, of these items or all, that become others as answers are accepted or withdrawn.

    `records` must hold the records that these items have, and all items be in their lanes.
    """
    held = {index for lease in control.leases if lease.expires > asked.at for index in lease.indexes}
    changed: dict[int, ItemRecord] = {}
    for index in range(len(control.states)) if indexes is None else indexes:
        before = records.get(index, ItemRecord())
        known = brought_up(before, control.labels, asked.terms)
        trusted = predictions.get(index) if control.lane(index) is Lane.TRUSTED else None
        after = known
        if known.by_model and not _is_same(known, trusted):
            after = withdrawn(known, asked.at)
        if trusted is not None and index not in held and _is_free(after, asked):
            after = _accepted(after, trusted, asked)
        if after != known:
            changed[index] = after
    return changed


def withdrawn(record: ItemRecord, at: datetime) -> ItemRecord:
    """The record without the answer that stands: the item is in the queue again."""
    event = ItemEvent(at, NOBODY, ItemAction.WITHDRAWN, record.standing)
    return replace(record, standing=None, events=(*record.events, event))


def _is_same(record: ItemRecord, prediction: Prediction | None) -> bool:
    standing = record.annotation
    return standing is not None and prediction is not None and standing.answer == prediction.answer


def _is_free(record: ItemRecord, asked: Acceptance) -> bool:
    for_people = any(event.action in _FOR_PEOPLE and event.at >= asked.since for event in record.events)
    return (
        asked.trust.accept
        and not asked.terms.quality.consensus
        and record.status is ItemStatus.PENDING
        and not record.votes
        and record.reserved_for is None
        and not for_people
    )


def _accepted(record: ItemRecord, prediction: Prediction, asked: Acceptance) -> ItemRecord:
    made = Revision(
        number=len(record.revisions) + 1,
        user=MODEL,
        at=asked.at,
        task=asked.trust.run,
        submission=asked.trust.id,
        answer=prediction.answer,
        source=Source.MODEL,
    )
    return replace(record, revisions=(*record.revisions, made), standing=made.number)
