from dataclasses import replace

import pytest

from core.domain.answers import Classes
from core.domain.errors import Conflict
from core.domain.items import ItemStatus
from core.domain.records import Defect, ItemAction, ItemRecord, Revision, Source
from core.logic.records import counting, reviewing
from core.logic.records.reviewing import Desk
from tests.examples import NOON, a_record, terms

ANA = Desk("ana", NOON, terms(), "look closer")
SKIPPED = ItemRecord((Revision(1, "ben", NOON, "t", "s", skipped="blurred"),), standing=1)


def test_what_is_rejected_counts_no_more_and_the_comment_is_for_the_next() -> None:
    record = reviewing.reject(a_record("ben"), ANA)
    assert (record.status, record.standing, dict(record.votes)) == (ItemStatus.PENDING, None, {})
    assert record.comment == "look closer"
    event = record.events[0]
    assert (event.user, event.action, event.revision) == ("ana", ItemAction.REJECTED, 1)
    tally = counting.contribution(record).labelers["ben"]
    assert (tally.labeled, tally.rejected, tally.milliseconds) == (0, 1, 2_500)


def test_what_is_rejected_can_be_for_one_labeler_alone() -> None:
    assert reviewing.reject(a_record(), ANA, "cleo").reserved_for == "cleo"


def test_approval_is_in_the_history_and_goes_with_the_answer() -> None:
    approved = reviewing.approve(a_record(), ANA)
    assert approved.approved
    assert reviewing.approve(approved, ANA) is approved
    assert not reviewing.unapprove(approved, ANA).approved
    assert [event.action for event in reviewing.unapprove(approved, ANA).events] == [
        ItemAction.APPROVED,
        ItemAction.UNAPPROVED,
    ]
    corrected = reviewing.correct(approved, ANA, Classes(("Animal",)), 640, 480)
    assert not corrected.approved


def test_a_correction_stands_and_the_vote_stays_visible() -> None:
    record = reviewing.correct(a_record("ben", "Rose"), ANA, Classes(("Animal",)), 640, 480)
    standing = record.annotation
    assert standing is not None
    assert (standing.user, standing.source, standing.answer) == ("ana", Source.REVIEW, Classes(("Animal",)))
    assert record.votes["ben"].answer == Classes(("Rose",))
    tally = counting.contribution(record).labelers["ben"]
    assert (tally.labeled, tally.corrected) == (1, 1)
    event = record.events[0]
    assert (event.action, event.revision, event.comment) == (ItemAction.CORRECTED, 1, "look closer")
    silent = reviewing.correct(a_record(), replace(ANA, comment=None), Classes(("Animal",)), 640, 480)
    assert silent.events == ()


def test_an_accepted_skip_leaves_the_project_and_can_come_back() -> None:
    removed = reviewing.accept_skip(SKIPPED, ANA)
    assert removed.status is ItemStatus.REMOVED
    assert reviewing.accept_skip(removed, ANA) is removed
    assert reviewing.reject_skip(removed, ANA).status is ItemStatus.PENDING
    assert reviewing.reject_skip(SKIPPED, ANA).status is ItemStatus.PENDING


def test_a_known_answer_tests_those_who_answered_already() -> None:
    record = reviewing.mark_gold(a_record("ben", "Rose"), ANA)
    standing = record.annotation
    assert standing is not None
    assert (standing.source, record.gold, standing.answer) == (Source.GOLD, 2, Classes(("Rose",)))
    tally = counting.contribution(record).labelers["ben"]
    assert (tally.gold, tally.gold_right) == (1, 1)
    known = reviewing.correct(record, ANA, Classes(("Animal",)), 640, 480)
    assert known.gold == 3
    tally = counting.contribution(known).labelers["ben"]
    assert (tally.gold, tally.gold_right, tally.corrected) == (1, 0, 0)
    plain = reviewing.unmark_gold(known, ANA)
    assert (plain.gold, plain.status) == (None, ItemStatus.LABELED)
    assert counting.contribution(plain).labelers["ben"].gold == 0


def test_an_item_is_handed_to_somebody_and_back_to_everybody() -> None:
    handed = reviewing.assign(ItemRecord(), ANA, "cleo")
    assert handed.reserved_for == "cleo"
    assert reviewing.assign(handed, ANA, "cleo") is handed
    assert reviewing.assign(handed, ANA, None).reserved_for is None


@pytest.mark.parametrize(
    "step",
    [
        lambda: reviewing.approve(ItemRecord(), ANA),
        lambda: reviewing.approve(SKIPPED, ANA),
        lambda: reviewing.reject(ItemRecord(), ANA),
        lambda: reviewing.reject(reviewing.mark_gold(a_record(), ANA), ANA),
        lambda: reviewing.accept_skip(a_record(), ANA),
        lambda: reviewing.reject_skip(a_record(), ANA),
        lambda: reviewing.assign(a_record(), ANA, "cleo"),
        lambda: reviewing.mark_gold(ItemRecord(), ANA),
        lambda: reviewing.correct(
            replace(a_record(), defect=Defect(ItemStatus.MISSING, "gone")), ANA, Classes(("Rose",)), 1, 1
        ),
    ],
)
def test_what_the_item_does_not_allow_is_refused(step: object) -> None:
    assert callable(step)
    with pytest.raises(Conflict):
        step()
