from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.answers import Classes
from core.domain.records import ItemRecord, Revision
from core.logic.records import reviewing
from core.logic.records.flagging import flags
from core.logic.records.reviewing import Desk
from core.logic.records.settling import settle
from tests.examples import NOON, a_record, terms

ANA = Desk("ana", NOON + timedelta(hours=1), terms())
ROSE = Classes(("Rose",))


def _said(number: int, user: str, hour: int, flag: str | None = None) -> Revision:
    return Revision(number, user, NOON + timedelta(hours=hour), "t", f"s{number}", ROSE, flag=flag)


def _record(*revisions: Revision) -> ItemRecord:
    return settle(ItemRecord(revisions), terms(), NOON)


FLAGGED = _record(_said(1, "ben", 0, "is this a rose?"))
SKIPPED = ItemRecord((replace(FLAGGED.revisions[0], answer=None, skipped="dark"),), standing=1)


def test_an_item_is_flagged_by_what_labelers_say_now() -> None:
    assert flags(a_record()) == []
    assert [(made.user, made.flag) for made in flags(FLAGGED)] == [("ben", "is this a rose?")]
    assert len(flags(SKIPPED)) == 1
    assert flags(_record(*FLAGGED.revisions, _said(2, "ben", 1))) == []


@pytest.mark.parametrize(
    "look",
    [
        lambda record: reviewing.approve(record, ANA),
        lambda record: reviewing.reject(record, ANA),
        lambda record: reviewing.correct(record, ANA, ROSE, 640, 480),
        lambda record: reviewing.mark_gold(record, ANA),
    ],
    ids=["approve", "reject", "correct", "mark_gold"],
)
def test_a_reviewer_who_looked_clears_it(look: Callable[[ItemRecord], ItemRecord]) -> None:
    after = look(FLAGGED)
    assert flags(after) == []
    assert after.revisions[0].flag == "is this a rose?"


def test_a_skipped_item_that_leaves_the_project_is_flagged_no_more() -> None:
    assert flags(reviewing.accept_skip(SKIPPED, ANA)) == ()


def test_it_is_back_when_approval_is_taken_back() -> None:
    assert len(flags(reviewing.unapprove(reviewing.approve(FLAGGED, ANA), ANA))) == 1


def test_a_flag_on_a_known_answer_waits_for_another_look() -> None:
    golden = reviewing.approve(reviewing.mark_gold(a_record(), ANA), ANA)
    flagged = replace(golden, revisions=(*golden.revisions, _said(3, "cleo", 2, "no rose")))
    assert [made.user for made in flags(flagged)] == ["cleo"]
    assert flags(reviewing.approve(flagged, replace(ANA, at=NOON + timedelta(hours=3)))) == []
