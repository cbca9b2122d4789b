from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.answers import Classes
from core.domain.errors import Conflict
from core.domain.items import Item, ItemStatus
from core.domain.predictions import Prediction
from core.domain.quality import Quality
from core.domain.records import ItemAction, ItemRecord, Source
from core.domain.shards import Control, Counts, Lease
from core.domain.tasks import ItemAnswer, Outcome, Submission
from core.logic.assist.accepting import MODEL, Acceptance, reconsidered
from core.logic.assist.lanes import laned
from core.logic.records.following_blobs import follow
from core.logic.records.recording import apply_records
from core.logic.records.reviewing import Desk, approve, assign, correct, reject
from core.logic.records.submitting import submit
from core.logic.records.taking_labels import ImportedLabel, Stamp, take_labels
from tests.examples import NOON, a_control, a_record, a_trust, predicted, terms

LATER = NOON + timedelta(hours=1)
ACCEPTING = a_trust(accept=True)
ASKED = Acceptance(ACCEPTING, terms(), since=NOON, at=LATER)
DESK = Desk("ana", LATER, terms())
SURE: Mapping[int, Prediction] = {0: predicted("Rose", 0.95)}
ITEM = Item("photos/a.jpg", "v1", 1)


def shard(record: ItemRecord | None = None, predictions: Mapping[int, Prediction] = SURE) -> Control:
    """An item, in its lane, with this record."""
    control = laned(a_control(1), "flowers", predictions, ACCEPTING)
    change = apply_records(control, {}, {0: record}) if record else None
    return change.control if change else control


def after(
    record: ItemRecord | None = None,
    predictions: Mapping[int, Prediction] = SURE,
    asked: Acceptance = ASKED,
) -> ItemRecord | None:
    """What becomes of the item; None: nothing."""
    control = replace(shard(record, predictions), trust=asked.trust)
    return reconsidered(control, {0: record} if record else {}, predictions, asked).get(0)


def accepted() -> ItemRecord:
    found = after()
    assert found is not None
    return found


def test_a_trusted_answer_stands_and_says_whose_it_is() -> None:
    made = accepted().annotation
    assert made is not None
    assert (made.user, made.task, made.submission, made.source) == (MODEL, "r1", "r1.1", Source.MODEL)
    assert (made.answer, made.number, made.at) == (Classes(("Rose",)), 1, LATER)
    control = shard(accepted())
    assert control.status(0) is ItemStatus.LABELED
    assert control.counts == Counts({"Rose": 1}, accepted=1)


def test_accepting_twice_changes_nothing() -> None:
    assert after(accepted()) is None


@pytest.mark.parametrize(
    "asked",
    [
        replace(ASKED, trust=a_trust()),
        replace(ASKED, terms=terms(Quality(consensus=True, min_labelers=2, max_labelers=3))),
    ],
    ids=["not wanted", "consensus"],
)
def test_nothing_is_accepted_where_people_are_to_answer(asked: Acceptance) -> None:
    assert after(asked=asked) is None


@pytest.mark.parametrize(
    "record",
    [
        a_record(),
        assign(ItemRecord(), DESK, "ben"),
        reject(a_record(), DESK),
        reject(accepted(), DESK),
        follow(ItemRecord(), ITEM, replace(ITEM, etag="v2"), LATER),
        follow(ItemRecord(), ITEM, None, LATER),
    ],
    ids=["labeled", "reserved", "rejected", "rejected model", "other image", "missing"],
)
def test_items_that_are_for_people_are_left_to_them(record: ItemRecord) -> None:
    assert after(record) is None


def test_what_was_rejected_before_the_run_began_may_be_accepted() -> None:
    rejected = reject(a_record(), DESK)
    found = after(rejected, asked=replace(ASKED, since=LATER + timedelta(hours=1)))
    assert found is not None
    assert found.by_model


def test_what_somebody_holds_is_left_to_them_until_the_lease_expires() -> None:
    held = replace(shard(), leases=(Lease("0000-a", "ben", (0,), LATER + timedelta(minutes=1)),))
    assert reconsidered(held, {}, SURE, ASKED) == {}
    assert list(reconsidered(held, {}, SURE, replace(ASKED, at=LATER + timedelta(minutes=1)))) == [0]


def test_an_answer_that_is_not_trusted_any_more_is_withdrawn() -> None:
    found = after(accepted(), {0: predicted("Rose", 0.85)})
    assert found is not None
    assert found.status is ItemStatus.PENDING
    assert [event.action for event in found.events] == [ItemAction.WITHDRAWN]
    assert shard(found).counts == Counts()


def test_another_trusted_answer_takes_the_place_of_the_first() -> None:
    found = after(accepted(), {0: predicted("Animal", 0.95)})
    assert found is not None
    assert found.annotation is not None
    assert (found.annotation.answer, found.annotation.number) == (Classes(("Animal",)), 2)
    assert [event.revision for event in found.events] == [1]


def test_what_a_reviewer_approved_stays() -> None:
    assert after(approve(accepted(), DESK), {0: predicted("Animal", 0.95)}) is None


def test_a_reviewer_rejects_a_models_answer_as_others() -> None:
    rejected = reject(accepted(), DESK)
    assert rejected.status is ItemStatus.PENDING
    assert rejected.revisions[0].rejected
    corrected = correct(accepted(), DESK, Classes(("Animal",)), None, None)
    assert corrected.revisions[0].corrected
    assert shard(corrected).counts == Counts({"Animal": 1}, days={"2026-11-20": 1})
    with pytest.raises(Conflict):
        reject(rejected, DESK)


def test_a_late_answer_of_a_person_takes_the_place_of_a_models() -> None:
    lapsed = replace(shard(accepted()), lapsed=(Lease("0000-a", "ben", (0,), NOON),))
    late = Submission("s1", "0000-a", "ben", LATER, (ItemAnswer(0, Classes(("Animal",))),))
    change, outcomes = submit(lapsed, {0: accepted()}, late, terms())
    assert outcomes == {0: Outcome.LABELED}
    assert change is not None
    assert change.records[0].annotation == change.records[0].votes["ben"]
    assert change.control.counts.accepted == 0


def test_a_late_answer_does_not_take_the_place_of_one_that_a_reviewer_approved() -> None:
    record = approve(accepted(), DESK)
    lapsed = replace(shard(record), lapsed=(Lease("0000-a", "ben", (0,), NOON),))
    late = Submission("s1", "0000-a", "ben", LATER, (ItemAnswer(0, Classes(("Animal",))),))
    assert submit(lapsed, {0: record}, late, terms())[1] == {0: Outcome.LATE}


def test_labels_of_a_file_take_the_place_of_a_models() -> None:
    stamp, labels = Stamp("i1", "ana", LATER), {0: ImportedLabel(Classes(("Animal",)))}
    change, reasons = take_labels(shard(accepted()), {0: accepted()}, labels, stamp, terms())
    assert reasons == {}
    assert change is not None
    assert change.control.counts == Counts({"Animal": 1})


def test_a_models_answer_does_not_outlive_the_image_it_saw() -> None:
    changed = follow(accepted(), ITEM, replace(ITEM, etag="v2"), LATER)
    assert changed.status is ItemStatus.PENDING
    assert [event.action for event in changed.events] == [ItemAction.BLOB_CHANGED, ItemAction.WITHDRAWN]
    assert follow(approve(accepted(), DESK), ITEM, replace(ITEM, etag="v2"), LATER).approved
    assert after(changed) is None
