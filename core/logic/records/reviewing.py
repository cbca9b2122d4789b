"""What reviewers do to an item, each a function from its record to the next. Pure; all raise Conflict.

`Desk` is who does it, and when. Every step is an event in the item's history, or a revision of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core.domain.answers import Answer
from core.domain.errors import Conflict
from core.domain.items import ItemStatus
from core.domain.records import Approval, ItemAction, ItemEvent, ItemRecord, Revision, Source
from core.logic.records.flagging import flags
from core.logic.records.settling import Terms, is_right, settle

REVIEW = "review"
"""The task and submission of a revision that a reviewer made."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Who reviews, when, on which terms, and what they say of it."""

    user: str
    at: datetime
    terms: Terms
    comment: str | None = None


def approve(record: ItemRecord, desk: Desk) -> ItemRecord:
    """Find the answer that stands good. It has been looked at then, whoever flagged it."""
    standing = _answered(record, "approve")
    if record.approved and not flags(record):
        return record
    approved = replace(record, approval=Approval(standing.number, desk.user, desk.at))
    return _noted(approved, record, desk, ItemAction.APPROVED)


def unapprove(record: ItemRecord, desk: Desk) -> ItemRecord:
    """Take approval back where there is any."""
    if not record.approved:
        return record
    return _noted(replace(record, approval=None), record, desk, ItemAction.UNAPPROVED)


def reject(record: ItemRecord, desk: Desk, to: str | None = None) -> ItemRecord:
    """Put the item back in the queue: what was said of it counts no more. `to`: for one labeler alone."""
    if record.gold is not None:
        raise Conflict("It is a gold item. Unmark it first.")
    if record.status not in {ItemStatus.LABELED, ItemStatus.SKIPPED, ItemStatus.NEEDS_REVIEW}:
        raise Conflict(f"It is {record.status}: there is no answer to reject.")
    rejected = _judged(record, _said(record), rejected=True)
    free = replace(emptied(rejected), reserved_for=to)
    return _noted(free, record, desk, ItemAction.REJECTED, to)


def accept_skip(record: ItemRecord, desk: Desk) -> ItemRecord:
    """Agree that the item cannot be labeled: it leaves the project."""
    if record.status is ItemStatus.REMOVED:
        return record
    if record.status is not ItemStatus.SKIPPED:
        raise Conflict(f"It is {record.status}, not skipped.")
    return _noted(replace(record, removed=True), record, desk, ItemAction.SKIP_ACCEPTED)


def reject_skip(record: ItemRecord, desk: Desk, to: str | None = None) -> ItemRecord:
    """Put a skipped item, or one whose skip was accepted, back in the queue."""
    if record.status not in {ItemStatus.SKIPPED, ItemStatus.REMOVED}:
        raise Conflict(f"It is {record.status}, not skipped.")
    return reject(replace(record, removed=False), desk, to)


def assign(record: ItemRecord, desk: Desk, to: str | None) -> ItemRecord:
    """Hand an item to one labeler, whose answer settles it; None hands it to everybody again."""
    if record.status not in {ItemStatus.PENDING, ItemStatus.NEEDS_REVIEW}:
        raise Conflict(f"It is {record.status}. Reject its answer and hand it to somebody at once.")
    if record.reserved_for == to:
        return record
    handed = replace(record, reserved_for=to, contested=False)
    return _noted(settle(handed, desk.terms, desk.at), record, desk, ItemAction.ASSIGNED, to)


def correct(
    record: ItemRecord, desk: Desk, answer: Answer, width: int | None, height: int | None
) -> ItemRecord:
    """Let this answer stand, whatever was voted. Of a gold item, it is the known answer from now on.

    It is a revision; only a comment makes it an event too.
    """
    if record.defect is not None:
        raise Conflict(f"It is {record.status}: {record.defect.reason}")
    gold = record.gold is not None
    made = Revision(
        number=len(record.revisions) + 1,
        user=desk.user,
        at=desk.at,
        task=REVIEW,
        submission=REVIEW,
        answer=answer,
        source=Source.GOLD if gold else Source.REVIEW,
        width=width,
        height=height,
    )
    wrong = [said for said in _said(record) if said.answer != answer]
    judged = record if gold else _judged(record, wrong, corrected=True)
    corrected = replace(
        judged,
        revisions=(*judged.revisions, made),
        standing=made.number,
        contested=False,
        removed=False,
        approval=None,
        gold=made.number if gold else None,
    )
    scored = _scored(corrected, desk.terms) if gold else corrected
    return scored if desk.comment is None else _noted(scored, record, desk, ItemAction.CORRECTED)


def mark_gold(record: ItemRecord, desk: Desk) -> ItemRecord:
    """Make the answer that stands the known one: labelers are tested on it, and it moves no more."""
    standing = _answered(record, "make gold")
    if record.gold is not None:
        return record
    made = replace(
        standing,
        number=len(record.revisions) + 1,
        user=desk.user,
        at=desk.at,
        task=REVIEW,
        submission=REVIEW,
        source=Source.GOLD,
        milliseconds=0,
        agreement=None,
        late=False,
        flag=None,
    )
    golden = replace(
        record, revisions=(*record.revisions, made), standing=made.number, gold=made.number, approval=None
    )
    return _noted(_scored(golden, desk.terms), record, desk, ItemAction.MARKED_GOLD)


def unmark_gold(record: ItemRecord, desk: Desk) -> ItemRecord:
    """Test nobody on it any more. Its answer stands."""
    if record.gold is None:
        return record
    return _noted(_scored(replace(record, gold=None), desk.terms), record, desk, ItemAction.UNMARKED_GOLD)


def emptied(record: ItemRecord) -> ItemRecord:
    """The record of an item that is in the queue again, with its history and no votes."""
    return replace(
        record,
        since=len(record.revisions),
        standing=None,
        approval=None,
        contested=False,
        removed=False,
        kept=None,
        reserved_for=None,
    )


def _answered(record: ItemRecord, what: str) -> Revision:
    standing = record.annotation
    if standing is None or standing.answer is None:
        raise Conflict(f"It is {record.status}: there is no answer to {what}.")
    return standing


def _said(record: ItemRecord) -> Sequence[Revision]:
    """What a reviewer judges: what labelers say, or what a model does."""
    standing = record.annotation
    models = (standing,) if standing is not None and standing.source is Source.MODEL else ()
    return (*record.votes.values(), *models)


def _judged(
    record: ItemRecord, some: Iterable[Revision], *, rejected: bool = False, corrected: bool = False
) -> ItemRecord:
    numbers = {revision.number for revision in some}
    revisions = tuple(
        replace(
            revision,
            rejected=revision.rejected or rejected,
            corrected=revision.corrected or corrected,
        )
        if revision.number in numbers
        else revision
        for revision in record.revisions
    )
    return replace(record, revisions=revisions)


def _scored(record: ItemRecord, terms: Terms) -> ItemRecord:
    """With every labeler's answer held against the known one, or against none."""
    known = record.revision(record.gold)
    revisions = tuple(
        replace(revision, right=is_right(revision.answer, known.answer, terms) if known else None)
        if revision.source is Source.MANUAL
        else revision
        for revision in record.revisions
    )
    return replace(record, revisions=revisions)


def _noted(
    record: ItemRecord, before: ItemRecord, desk: Desk, action: ItemAction, to: str | None = None
) -> ItemRecord:
    event = ItemEvent(desk.at, desk.user, action, before.standing, desk.comment, to)
    return replace(record, events=(*record.events, event))
