"""What a submission does to a shard. Pure: control and records in, the change and its outcomes out."""

from collections.abc import Mapping
from dataclasses import replace

from core.domain.errors import TaskGone
from core.domain.items import ItemRecord, ItemStatus, Revision
from core.domain.shards import RECORDED, STATUS_CODES, Change, Control, Lease
from core.domain.tasks import ItemAnswer, Outcome, Submission
from core.logic import counting, leasing

Outcomes = Mapping[int, Outcome]


def submit(
    control: Control, records: Mapping[int, ItemRecord], submission: Submission
) -> tuple[Change | None, Outcomes]:
    """Apply a submission. Raises TaskGone when its task was never this labeler's, or is long over.

    `records` must hold the record of every answered item that has one. The same submission again returns
    its first outcomes and no change. Answers of a lapsed lease stand where the item is still free, and
    are kept in its history where it is not. Items of the task that were not answered are free again.
    """
    before = _first_outcomes(records, submission)
    if before is not None:
        return None, before
    lease = leasing.find_lease(control.leases, submission.task, submission.labeler)
    if lease is not None:
        late: set[int] = set()
    else:
        lease = _lapsed_lease(control, submission)
        late = {answer.index for answer in submission.answers if not _is_free(control, answer.index)}
    _check_handed(lease, submission)
    return _record_all(_end(control, submission.task), records, submission, late)


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


def _lapsed_lease(control: Control, submission: Submission) -> Lease:
    lease = leasing.find_lease(control.lapsed, submission.task, submission.labeler)
    if lease is None:
        raise TaskGone(submission.task)
    return lease


def _check_handed(lease: Lease, submission: Submission) -> None:
    if not {answer.index for answer in submission.answers} <= set(lease.indexes):
        raise TaskGone(submission.task)


def _is_free(control: Control, index: int) -> bool:
    held = any(index in lease.indexes for lease in control.leases)
    return not held and control.status(index) is ItemStatus.PENDING


def _end(control: Control, task: str) -> Control:
    return replace(
        control,
        leases=leasing.without(control.leases, task),
        lapsed=leasing.without(control.lapsed, task),
    )


def _record_all(
    control: Control, records: Mapping[int, ItemRecord], submission: Submission, late: set[int]
) -> tuple[Change, Outcomes]:
    changed: dict[int, ItemRecord] = {}
    outcomes: dict[int, Outcome] = {}
    for answer in submission.answers:
        before = records.get(answer.index, ItemRecord())
        revision = _revision(before, submission, answer, late=answer.index in late)
        after = replace(before, revisions=(*before.revisions, revision))
        if not revision.late:
            after = replace(after, standing=revision.number, defect=None)
        control = apply_record(control, answer.index, before, after)
        changed[answer.index] = after
        outcomes[answer.index] = _outcome(revision)
    return Change(control, changed), outcomes


def _revision(before: ItemRecord, submission: Submission, answer: ItemAnswer, *, late: bool) -> Revision:
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
    )


def apply_record(control: Control, index: int, before: ItemRecord, after: ItemRecord) -> Control:
    """The control entity once an item's record has become another: its state and the counters."""
    states = bytearray(control.states)
    states[index] = _state(control, index, after)
    return replace(control, states=bytes(states), counts=counting.moved(control.counts, before, after))


def _state(control: Control, index: int, record: ItemRecord) -> int:
    standing = record.annotation
    if standing is None:
        return control.states[index] | RECORDED
    status = ItemStatus.LABELED if standing.answer is not None else ItemStatus.SKIPPED
    return STATUS_CODES[status] | RECORDED
