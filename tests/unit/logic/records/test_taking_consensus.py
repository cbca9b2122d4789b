"""A consensus from a file: it stands for votes, not for reviewers, once, and counters follow."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.answers import Classes
from core.domain.items import ItemStatus
from core.domain.labels import Relabel, RelabelMode
from core.domain.quality import Quality
from core.domain.records import Defect, ItemAction, ItemRecord, Revision, Source
from core.domain.shards import Control
from core.logic.records import counting
from core.logic.records.recording import apply_records
from core.logic.records.relabeling import brought_up
from core.logic.records.reviewing import Desk, accept_skip, approve, assign, correct, mark_gold, reject
from core.logic.records.settling import Terms, settle
from core.logic.records.taking_labels import ImportedLabel, Stamp, take_labels
from tests.examples import NOON, a_control, a_project

TERMS = Terms.of(replace(a_project(), quality=Quality(consensus=True, min_labelers=2, max_labelers=3)))
STAMP = Stamp("import1", "ana", NOON + timedelta(days=1))
DESK = Desk("rev", NOON, TERMS)
CAT, ROSE = Classes(("Animal/Cat",)), Classes(("Rose",))
FOUND = ImportedLabel(CAT, 640, 480, 0.75)


def _voted(*answers: Classes | None, record: ItemRecord | None = None) -> ItemRecord:
    """An item that labelers a, b, c, ... voted on; None is a skip."""
    known = record or ItemRecord()
    made = [
        Revision(
            number=number,
            user=user,
            at=NOON,
            task="t",
            submission=f"s{number}",
            answer=answer,
            skipped=None if answer else "dark",
        )
        for number, (user, answer) in enumerate(
            zip("abcdef", answers, strict=False), len(known.revisions) + 1
        )
    ]
    return settle(replace(known, revisions=(*known.revisions, *made)), TERMS, NOON)


def _shard(*records: ItemRecord) -> Control:
    change = apply_records(a_control(len(records)), {}, dict(enumerate(records)))
    return change.control if change else a_control(len(records))


def _taken(
    *records: ItemRecord, found: ImportedLabel = FOUND
) -> tuple[dict[int, ItemRecord], dict[int, str]]:
    known = dict(enumerate(records))
    change, reasons = take_labels(
        _shard(*records), known, dict.fromkeys(known, found), STAMP, TERMS, Source.CONSENSUS
    )
    after = {**known, **(change.records if change else {})}
    if change:
        assert change.control.counts == counting.recount(after.values())
        again = take_labels(
            change.control, after, dict.fromkeys(known, found), STAMP, TERMS, Source.CONSENSUS
        )
        assert again == (None, reasons)
    return after, dict(reasons)


DISPUTED = _voted(CAT, ROSE, Classes(("Animal",)))


def test_it_settles_what_labelers_disagree_on() -> None:
    assert DISPUTED.status is ItemStatus.NEEDS_REVIEW
    after, reasons = _taken(DISPUTED)
    made = after[0].annotation
    assert made is not None
    assert (after[0].status, made.answer, made.source) == (ItemStatus.LABELED, CAT, Source.CONSENSUS)
    assert (made.agreement, made.user, made.submission, made.at) == (0.75, "ana", "import1", STAMP.at)
    assert (made.width, made.height, reasons) == (640, 480, {})


def test_it_replaces_what_the_votes_came_to_and_what_a_majority_skipped() -> None:
    after, reasons = _taken(_voted(ROSE, ROSE), _voted(None, None, ROSE), _voted(ROSE))
    assert [record.annotation and record.annotation.answer for record in after.values()] == [CAT, CAT, CAT]
    assert reasons == {}


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (correct(DISPUTED, DESK, ROSE, None, None), "reviewer has settled"),
        (mark_gold(_voted(ROSE, ROSE), DESK), "reviewer has settled"),
        (approve(_voted(ROSE, ROSE), DESK), "reviewer has settled"),
        (assign(DISPUTED, DESK, "d"), "handed to one labeler"),
        (accept_skip(_voted(None, None), DESK), "removed"),
        (replace(DISPUTED, defect=Defect(ItemStatus.MISSING, "It is gone.")), "missing. It is gone"),
        (_voted(None, None), "no labeler has answered"),
        (reject(DISPUTED, DESK), "no labeler has answered"),
        (ItemRecord(), "no labeler has answered"),
    ],
)
def test_it_is_refused_with_a_reason(record: ItemRecord, reason: str) -> None:
    after, reasons = _taken(record)
    assert after == {0: record}
    assert reason in reasons[0]


def test_it_holds_until_there_is_another_vote() -> None:
    (after, _) = _taken(DISPUTED)
    assert settle(after[0], TERMS, NOON) == after[0]
    voted = _voted(ROSE, ROSE, record=after[0])
    assert voted.annotation is not None
    assert (voted.annotation.answer, voted.annotation.agreement) == (ROSE, 2 / 3)


def test_it_holds_when_labels_are_renamed() -> None:
    (after, _) = _taken(DISPUTED)
    change = Relabel("op", RelabelMode.CONTINUE, {"Animal/Cat": "Cat"}, (), "ana", NOON)
    renamed = replace(TERMS, version=1, relabel=change, order=("Cat", "Animal", "Rose"))
    record = brought_up(after[0], 0, renamed)
    assert record.annotation is not None
    assert (record.status, record.annotation.answer) == (ItemStatus.LABELED, Classes(("Cat",)))
    assert record.events[-1].action is ItemAction.RELABELED


@st.composite
def _records(draw: st.DrawFn) -> ItemRecord:
    record = _voted(*draw(st.lists(st.sampled_from([CAT, ROSE, None]), max_size=3)))
    decided = draw(st.sampled_from(["", "", "correct", "reject", "remove"]))
    match decided, record.status:
        case "correct", _:
            return correct(record, DESK, ROSE, None, None)
        case "reject", ItemStatus.LABELED | ItemStatus.NEEDS_REVIEW:
            return reject(record, DESK)
        case "remove", ItemStatus.SKIPPED:
            return accept_skip(record, DESK)
    return record


@given(st.lists(_records(), max_size=6))
def test_every_item_is_settled_or_refused_and_counted(records: list[ItemRecord]) -> None:
    after, reasons = _taken(*records)
    for index, before in enumerate(records):
        standing = after[index].annotation
        taken = standing is not None and standing.submission == STAMP.id
        assert taken != (index in reasons)
        assert (after[index] == before) == (index in reasons)
