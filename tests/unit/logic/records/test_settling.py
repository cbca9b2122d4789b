from dataclasses import replace

import pytest

from core.domain.answers import Box, Boxes, Classes
from core.domain.items import ItemStatus
from core.domain.kinds import Kind
from core.domain.quality import AgreementRules, Quality, TieBreak
from core.domain.records import ItemRecord, Revision, Source
from core.logic.records.settling import CONSENSUS, Terms, is_right, settle, verdict
from tests.examples import ALONE, NOON, a_project, terms

TWO_OR_THREE = Quality(consensus=True, min_labelers=2, max_labelers=3)


def _voted(*votes: tuple[str, str | None], quality: Quality = TWO_OR_THREE) -> ItemRecord:
    """A record after these labelers said this, one after the other. None is a skip."""
    record = ItemRecord()
    for number, (user, label) in enumerate(votes):
        made = Revision(
            number=len(record.revisions) + 1,
            user=user,
            at=NOON,
            task=f"0000-{number}",
            submission=f"s{number}",
            answer=None if label is None else Classes((label,)),
            skipped=None if label is not None else "blurred",
        )
        record = settle(replace(record, revisions=(*record.revisions, made)), terms(quality), NOON)
    return record


@pytest.mark.parametrize(
    ("votes", "status"),
    [
        ([("ben", "Rose")], ItemStatus.PENDING),
        ([("ben", "Rose"), ("cleo", "Rose")], ItemStatus.LABELED),
        ([("ben", "Rose"), ("cleo", "Animal")], ItemStatus.PENDING),
        ([("ben", "Rose"), ("cleo", "Animal"), ("dan", "Rose")], ItemStatus.LABELED),
        ([("ben", "Rose"), ("cleo", "Animal"), ("dan", "Animal/Cat")], ItemStatus.NEEDS_REVIEW),
        ([("ben", None), ("cleo", None)], ItemStatus.SKIPPED),
        ([("ben", None), ("cleo", "Rose")], ItemStatus.PENDING),
        ([("ben", None), ("cleo", "Rose"), ("dan", "Rose")], ItemStatus.LABELED),
        ([("ben", None), ("cleo", "Rose"), ("dan", None)], ItemStatus.SKIPPED),
        ([("ben", None), ("cleo", "Rose"), ("dan", "Animal")], ItemStatus.NEEDS_REVIEW),
        ([("ben", "Rose"), ("cleo", "Animal"), ("ben", "Animal")], ItemStatus.LABELED),
        ([("ben", "Rose"), ("cleo", "Rose"), ("ben", "Animal")], ItemStatus.PENDING),
    ],
)
def test_votes_settle_an_item(votes: list[tuple[str, str | None]], status: ItemStatus) -> None:
    assert _voted(*votes).status is status


def test_a_consensus_is_a_revision_of_its_own_beside_the_votes() -> None:
    record = _voted(("ben", "Rose"), ("cleo", "Animal"), ("dan", "Rose"))
    standing = record.annotation
    assert standing is not None
    assert (standing.user, standing.source, standing.number) == (CONSENSUS, Source.CONSENSUS, 4)
    assert standing.agreement == pytest.approx(2 / 3)
    assert {user: made.answer for user, made in record.votes.items()} == {
        "ben": Classes(("Rose",)),
        "cleo": Classes(("Animal",)),
        "dan": Classes(("Rose",)),
    }


def test_a_vote_that_changes_nothing_makes_no_new_consensus() -> None:
    once = _voted(("ben", "Rose"), ("cleo", "Rose"))
    again = _voted(("ben", "Rose"), ("cleo", "Rose"), ("cleo", "Rose"))
    assert again.standing == once.standing == 3
    assert len(again.revisions) == 4


def test_votes_do_not_move_what_a_reviewer_decided() -> None:
    record = _voted(("ben", "Rose"))
    decided = Revision(2, "ana", NOON, "review", "review", Classes(("Animal",)), source=Source.REVIEW)
    record = replace(record, revisions=(*record.revisions, decided), standing=2)
    hers = Revision(3, "cleo", NOON, "0000-9", "s9", Classes(("Rose",)))
    after = settle(replace(record, revisions=(*record.revisions, hers)), terms(TWO_OR_THREE), NOON)
    assert after.standing == 2
    assert set(after.votes) == {"ben", "cleo"}


def test_the_one_whom_an_item_was_handed_to_settles_it_alone() -> None:
    record = replace(_voted(("ben", "Rose"), ("cleo", "Animal")), reserved_for="dan")
    his = Revision(3, "dan", NOON, "0000-9", "s9", Classes(("Animal/Cat",)))
    after = settle(replace(record, revisions=(*record.revisions, his)), terms(TWO_OR_THREE), NOON)
    assert (after.status, after.standing) == (ItemStatus.LABELED, 3)


def test_without_consensus_the_newest_answer_stands() -> None:
    assert _voted(("ben", "Rose"), ("ben", "Animal"), quality=ALONE).standing == 2


def test_a_tie_is_settled_as_the_project_says() -> None:
    votes = (("ben", "Rose"), ("cleo", "Animal"))
    assert _voted(*votes).status is ItemStatus.PENDING
    half = AgreementRules(threshold=0.5, tie_break=TieBreak.FIRST_LABEL)
    broken = _voted(*votes, quality=replace(TWO_OR_THREE, agreement=half)).annotation
    assert broken is not None
    assert broken.answer == Classes(("Animal",))


def test_boxes_merge_to_the_mean_of_their_edges() -> None:
    project = replace(a_project(), kind=Kind.OBJECT_DETECTION, quality=TWO_OR_THREE)
    votes = {
        user: Revision(number, user, NOON, "t", user, Boxes((Box("Rose", x, 20, 40, 30),)))
        for number, (user, x) in enumerate((("ben", 10), ("cleo", 12)), start=1)
    }
    merged = verdict(votes, Terms.of(project))
    assert merged is not None
    assert merged.answer == Boxes((Box("Rose", 11, 20, 40, 30),))
    assert merged.agreement == 1


def test_an_answer_is_right_if_it_agrees_with_the_known_one() -> None:
    assert is_right(Classes(("Rose",)), Classes(("Rose",)), terms()) is True
    assert is_right(Classes(("Animal",)), Classes(("Rose",)), terms()) is False
    assert is_right(None, Classes(("Rose",)), terms()) is None
