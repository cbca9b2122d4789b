from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.answers import Classes
from core.domain.errors import TaskGone
from core.domain.items import ItemStatus
from core.domain.records import ItemRecord
from core.domain.shards import Change, Control, Counts, Lease, Tally
from core.domain.tasks import ItemAnswer, Outcome, Submission
from core.logic.records import submitting
from core.logic.tasks import leasing
from tests.examples import ALONE, NOON, a_control, an_ask, terms

HELD = replace(a_control(3), leases=(Lease("0000-a", "ben", (0, 2), NOON + timedelta(minutes=30)),))


def _submission(
    *answers: ItemAnswer, number: int = 1, task: str = "0000-a", labeler: str = "ben"
) -> Submission:
    return Submission(f"s{number}", task, labeler, NOON, answers)


def _submit(
    control: Control, records: Mapping[int, ItemRecord], submission: Submission
) -> tuple[Change | None, submitting.Outcomes]:
    return submitting.submit(control, records, submission, terms())


ROSE = ItemAnswer(0, Classes(("Rose",)), width=640, height=480, milliseconds=2_500)
BLURRED = ItemAnswer(2, skipped="blurred", milliseconds=700)


def test_answers_and_counters_move_together() -> None:
    change, outcomes = _submit(HELD, {}, _submission(ROSE, BLURRED))
    assert change is not None
    assert outcomes == {0: Outcome.LABELED, 2: Outcome.SKIPPED}
    assert change.control.statuses() == {ItemStatus.PENDING: 1, ItemStatus.LABELED: 1, ItemStatus.SKIPPED: 1}
    assert change.control.leases == ()
    assert change.control.counts == Counts(
        {"Rose": 1}, {"ben": Tally(1, 1, milliseconds=3_200)}, {"2026-11-20": 1}
    )
    made = change.records[0].annotation
    assert made is not None
    assert (made.width, made.height, made.number) == (640, 480, 1)


def test_items_without_an_answer_are_free_again() -> None:
    change, _ = _submit(HELD, {}, _submission(ROSE))
    assert change is not None
    assert list(leasing.free_indexes(change.control, "ben", ALONE, NOON)) == [1, 2]


def test_the_same_submission_again_changes_nothing() -> None:
    change, first = _submit(HELD, {}, _submission(ROSE, BLURRED))
    assert change is not None
    assert _submit(change.control, change.records, _submission(ROSE, BLURRED)) == (None, first)


def test_a_submission_of_the_same_id_by_somebody_else_is_not_taken_for_it() -> None:
    change, _ = _submit(HELD, {}, _submission(ROSE))
    assert change is not None
    with pytest.raises(TaskGone):
        _submit(change.control, change.records, _submission(ROSE, labeler="cleo"))


@pytest.mark.parametrize(
    "submission",
    [
        _submission(ROSE, labeler="cleo"),
        _submission(ROSE, task="0000-b"),
        _submission(replace(ROSE, index=1)),
    ],
    ids=["another's task", "an unknown task", "an item that was not handed out"],
)
def test_only_what_was_handed_out_is_taken(submission: Submission) -> None:
    with pytest.raises(TaskGone):
        _submit(HELD, {}, submission)


def test_a_late_answer_stands_where_the_item_is_still_free() -> None:
    later = NOON + timedelta(hours=1)
    lapsed = replace(leasing.reclaim(HELD, later))
    change, outcomes = _submit(lapsed, {}, _submission(ROSE))
    assert outcomes == {0: Outcome.LABELED}
    assert change is not None
    assert change.control.lapsed == ()


def test_a_late_answer_to_an_item_that_moved_on_is_kept_in_its_history() -> None:
    later = NOON + timedelta(hours=1)
    taken = leasing.claim(HELD, an_ask("cleo", 1, "0000-b"), later)
    assert taken is not None
    hers, _ = _submit(taken[0], {}, _submission(ROSE, number=2, task="0000-b", labeler="cleo"))
    assert hers is not None
    his = ItemAnswer(0, Classes(("Animal",)))
    change, outcomes = _submit(hers.control, hers.records, _submission(his))
    assert outcomes == {0: Outcome.LATE}
    assert change is not None
    record = change.records[0]
    assert [(revision.user, revision.late) for revision in record.revisions] == [
        ("cleo", False),
        ("ben", True),
    ]
    assert record.annotation == record.revisions[0]
    assert change.control.counts.labels == {"Rose": 1}


def test_an_answer_to_a_reopened_item_replaces_the_one_that_stood() -> None:
    first, _ = _submit(HELD, {}, _submission(ROSE))
    assert first is not None
    reopened, _ = leasing.reopen(first.control, first.records, "0000-c", "ben", (0,), NOON, 30)
    other = ItemAnswer(0, Classes(("Animal",)), milliseconds=100)
    change, _ = _submit(reopened, first.records, _submission(other, number=2, task="0000-c"))
    assert change is not None
    assert change.control.counts == Counts(
        {"Animal": 1}, {"ben": Tally(1, milliseconds=2_600)}, {"2026-11-20": 1}
    )
    assert change.records[0].standing == 2
