"""What a submission does to a shard. Pure: control and records in, the change and its outcomes out."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from core.domain.assist import Audited
from core.domain.errors import TaskGone
from core.domain.records import ItemRecord, Revision
from core.domain.shards import Change, Control
from core.domain.tasks import ItemAnswer, Outcome, Submission
from core.logic.assist.auditing import Blind, audited
from core.logic.records.recording import apply_record
from core.logic.records.relabeling import brought_up
from core.logic.records.settling import Terms, is_right, settle
from core.logic.tasks import leasing

Outcomes = Mapping[int, Outcome]


def submit(
    control: Control,
    records: Mapping[int, ItemRecord],
    submission: Submission,
    terms: Terms,
    blind: Blind | None = None,
) -> tuple[Change | None, Outcomes]:
    """Apply a submission. Raises TaskGone when its task was never this labeler's, or is long over.

    `records` must hold the record of every answered item that has one. The same submission again returns
    its first outcomes and no change. Answers to what has lapsed count where the item would still go to this
    labeler, and are kept in its history where it would not. Items of the task that were not answered are
    free again. With `blind`, answers say what they do of the model's, if they are given blind.
    """
    before = _first_outcomes(records, submission)
    if before is not None:
        return None, before
    held = leasing.indexes_of(control.leases, submission.task, submission.labeler)
    lapsed = leasing.indexes_of(control.lapsed, submission.task, submission.labeler)
    answered = {answer.index for answer in submission.answers}
    if not answered <= held | lapsed:
        raise TaskGone(submission.task)
    late = {
        index
        for index in answered - held
        if not (
            leasing.has_room(control, submission.labeler, terms.quality, index)
            or records.get(index, ItemRecord()).by_model
        )
    }
    audits = _audits(control, records, submission, blind, answered - late) if blind else {}
    return _record_all(_end(control, submission.task), records, submission, terms, late, audits)


def _audits(
    control: Control,
    records: Mapping[int, ItemRecord],
    submission: Submission,
    blind: Blind,
    indexes: Collection[int],
) -> Mapping[int, Audited]:
    """What the answers to these items say of a model."""
    leases = (*control.leases, *control.lapsed)
    lease = leasing.find_lease(leases, submission.task, submission.labeler)
    said = {
        one.index: audited(control, lease, records.get(one.index, ItemRecord()), one.index, one.answer, blind)
        for one in submission.answers
        if lease is not None and one.index in indexes
    }
    return {index: found for index, found in said.items() if found is not None}


def _first_outcomes(records: Mapping[int, ItemRecord], submission: Submission) -> Outcomes | None:
    outcomes = {
        index: _outcome(revision)
        for index, record in records.items()
        for revision in record.revisions
        if (revision.submission, revision.user) == (submission.id, submission.labeler)
    }
    return outcomes or None


def _outcome(revision: Revision) -> Outcome:
    if revision.late:
        return Outcome.LATE
    return Outcome.LABELED if revision.answer is not None else Outcome.SKIPPED


def _end(control: Control, task: str) -> Control:
    return replace(
        control,
        leases=leasing.without(control.leases, task),
        lapsed=leasing.without(control.lapsed, task),
    )


def _record_all(
    control: Control,
    records: Mapping[int, ItemRecord],
    submission: Submission,
    terms: Terms,
    late: set[int],
    audits: Mapping[int, Audited],
) -> tuple[Change, Outcomes]:
    changed: dict[int, ItemRecord] = {}
    outcomes: dict[int, Outcome] = {}
    for answer in submission.answers:
        before = records.get(answer.index, ItemRecord())
        known = brought_up(before, control.labels, terms)
        made = _revision(known, submission, answer, terms, late=answer.index in late)
        made = replace(made, audited=audits.get(answer.index))
        after = replace(known, revisions=(*known.revisions, made))
        if not made.late:
            after = settle(replace(after, defect=None), terms, submission.at)
        control = apply_record(control, answer.index, before, after)
        changed[answer.index] = after
        outcomes[answer.index] = _outcome(made)
    return Change(control, changed), outcomes


def _revision(
    before: ItemRecord, submission: Submission, answer: ItemAnswer, terms: Terms, *, late: bool
) -> Revision:
    known = before.revision(before.gold)
    return Revision(
        number=len(before.revisions) + 1,
        user=submission.labeler,
        at=submission.at,
        task=submission.task,
        submission=submission.id,
        answer=answer.answer,
        skipped=answer.skipped,
        late=late,
        width=answer.width,
        height=answer.height,
        milliseconds=answer.milliseconds,
        flag=answer.flag,
        right=is_right(answer.answer, known.answer, terms) if known else None,
    )
