from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.answers import Answer, Box, Boxes, Classes
from core.domain.assist import Assist, Audit, Audited, CurvePoint, Judged, Trust
from core.domain.kinds import Kind
from core.domain.predictions import Prediction
from core.domain.quality import AgreementRules, Quality
from core.domain.records import ItemRecord
from core.domain.shards import Change, Control, Counts, Lane, Lease
from core.domain.tasks import ItemAnswer, Submission, TaskType
from core.logic.assist.auditing import (
    Blind,
    audit_of,
    audit_of_parts,
    judged_again,
    next_id,
    raised,
    run_of,
    slips,
)
from core.logic.assist.bounds import resampled, wilson
from core.logic.assist.lanes import laned
from core.logic.records.counting import audit_key, audited_of
from core.logic.records.recording import apply_records
from core.logic.records.reviewing import Desk, mark_gold
from core.logic.records.submitting import submit
from tests.examples import ALONE, NOON, a_control, a_record, a_trust, predicted, terms

TRUST = replace(a_trust(), audit_rate=1.0)
SURE: Mapping[int, Prediction] = {0: predicted("Rose", 0.95), 1: predicted("Rose", 0.5)}
BLIND = Blind("p1", SURE, Kind.IMAGE_MULTICLASS, AgreementRules())
ROSE, ANIMAL = Classes(("Rose",)), Classes(("Animal",))


def shard(trust: Trust = TRUST, predictions: Mapping[int, Prediction] = SURE) -> Control:
    """Two items: the first is audited, the second is not trusted."""
    return replace(laned(a_control(2), "flowers", predictions, trust), predictions="p1")


def answered(
    control: Control,
    answer: Answer | None,
    records: Mapping[int, ItemRecord] | None = None,
    *,
    lease: Lease | None = None,
    blind: Blind | None = BLIND,
    quality: Quality = ALONE,
    index: int = 0,
) -> Change:
    """The first item is answered by whoever holds it."""
    held = lease or Lease("0000-a", "ben", (index,), NOON + timedelta(hours=1), trust="r1.1")
    said = ItemAnswer(index, answer, None if answer else "blurred")
    number = sum(len(record.revisions) for record in (records or {}).values())
    submission = Submission(f"s{number}", held.task, held.labeler, NOON, (said,))
    change, _ = submit(replace(control, leases=(held,)), records or {}, submission, terms(quality), blind)
    assert change is not None
    return change


def test_a_blind_answer_says_whether_the_model_was_right() -> None:
    right, wrong = answered(shard(), ROSE), answered(shard(), ANIMAL)
    assert right.control.counts.audits == {"r1.1 1/1": 1}
    assert wrong.control.counts.audits == {"r1.1 0/1": 1}
    assert wrong.records[0].revisions[0].audited == Audited("r1.1", 0, 1)


HELD = Lease("0000-a", "ben", (0,), NOON + timedelta(hours=1), trust="r1.1")


@pytest.mark.parametrize(
    ("control", "lease", "blind"),
    [
        (shard(), replace(HELD, type=TaskType.PRELABELED), BLIND),
        (shard(), replace(HELD, trust=None), BLIND),
        (shard(), replace(HELD, trust="r1.2"), BLIND),
        (shard(a_trust()), HELD, BLIND),
        (replace(shard(), predictions="p2"), HELD, BLIND),
        (shard(), HELD, None),
        (shard(), HELD, replace(BLIND, predictions={})),
    ],
    ids=["shown", "before trust", "other trust", "not audited", "other archive", "not read", "no prediction"],
)
def test_an_answer_that_is_not_blind_audits_nothing(
    control: Control, lease: Lease, blind: Blind | None
) -> None:
    change = answered(control, ROSE, lease=lease, blind=blind)
    assert change.records[0].revisions[0].audited is None
    assert change.control.counts.audits == {}


def test_skips_and_what_is_not_trusted_audit_nothing() -> None:
    assert answered(shard(), None).control.counts.audits == {}
    assert answered(shard(), ROSE, index=1).control.counts.audits == {}


def test_an_answer_that_was_taken_back_is_counted_once() -> None:
    first = answered(shard(), ANIMAL)
    assert first.control.counts.audits == {"r1.1 0/1": 1}
    again = answered(first.control, ROSE, first.records)
    assert again.control.counts.audits == {"r1.1 1/1": 1}
    skipped = answered(again.control, None, again.records)
    assert skipped.control.counts.audits == {}


def test_an_answer_from_before_the_trust_does_not_audit_when_it_is_taken_back() -> None:
    before = answered(shard(), ROSE, lease=replace(HELD, trust=None))
    assert answered(before.control, ROSE, before.records).control.counts.audits == {}


def test_of_several_labelers_the_first_audits() -> None:
    quality = Quality(consensus=True, min_labelers=2, max_labelers=3)
    first = answered(shard(), ROSE, quality=quality)
    cleo = replace(HELD, task="0000-b", labeler="cleo")
    second = answered(first.control, ANIMAL, first.records, lease=cleo, quality=quality)
    assert second.control.counts.audits == {"r1.1 1/1": 1}


def test_a_gold_item_audits_nothing() -> None:
    golden = mark_gold(a_record("ana"), Desk("ana", NOON, terms()))
    known = apply_records(shard(), {}, {0: golden})
    assert known is not None
    change = answered(known.control, ROSE, known.records)
    assert change.records[0].votes["ben"].right
    assert change.control.counts.audits == {}


CAT, DOG, FAR = Box("Animal", 0, 0, 10, 10), Box("Rose", 50, 50, 10, 10), Box("Rose", 200, 200, 10, 10)


def test_of_regions_those_that_are_trusted_are_counted() -> None:
    found = Prediction(Boxes((CAT, DOG, FAR)), 1.0, (0.95, 0.95, 0.2), "r1")
    blind = Blind("p1", {0: found}, Kind.OBJECT_DETECTION, AgreementRules())
    control = shard(predictions={0: found})
    assert control.lane(0) is Lane.AUDIT
    change = answered(control, Boxes((CAT, replace(DOG, label="Animal"))), blind=blind)
    assert change.control.counts.audits == {"r1.1 1/2": 1}


def test_audits_are_counted_under_their_trust() -> None:
    counts = Counts(audits={"r1.1 1/1": 18, "r1.1 0/1": 2, "r1.2 1/1": 5, "r0.1 0/1": 7})
    audit = audit_of(counts, "r1.1", grouped=False)
    assert (audit.items, audit.right, audit.total, audit.precision) == (20, 18, 20, 0.9)
    assert audit.bound == pytest.approx(0.739, abs=0.001)  # Wilson's, worked out by hand
    assert audit.ceiling == pytest.approx(0.966, abs=0.001)
    assert audit_of(counts, "r1.3", grouped=False) == Audit()


def test_the_ceiling_is_what_is_left_by_the_least_that_is_wrong() -> None:
    audit = audit_of(Counts(audits={"r1.1 1/1": 30}), "r1.1", grouped=False)
    assert audit.ceiling == 1.0
    assert audit.bound == wilson(30, 30)


def test_regions_of_one_image_go_together() -> None:
    """Half of the images are all wrong: that is less certain than as many regions of their own."""
    apart = audit_of(Counts(audits={"r1.1 10/10": 5, "r1.1 0/10": 5}), "r1.1", grouped=False)
    together = audit_of(Counts(audits={"r1.1 10/10": 5, "r1.1 0/10": 5}), "r1.1", grouped=True)
    assert (together.right, together.total, together.items) == (50, 100, 10)
    assert (together.bound or 0) < (apart.bound or 0) - 0.1
    assert (together.ceiling or 0) > (apart.ceiling or 0) + 0.1


def test_images_that_are_all_alike_are_not_certain_of_the_next() -> None:
    audit = audit_of(Counts(audits={"r1.1 2/2": 3}), "r1.1", grouped=True)
    assert audit.bound == wilson(6, 6)


def test_groups_that_occur_often_count_as_often() -> None:
    """The bootstrap over equal groups at once has the distribution of that over each."""
    right, total = np.array([[3, 1]]), np.array([[3, 4]])
    often = resampled(right, total, 1, np.array([30, 20]))[0]
    each = resampled(np.repeat(right, [30, 20], 1), np.repeat(total, [30, 20], 1), 1)[0]
    assert often == pytest.approx(each, abs=0.02)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 5)), max_size=30), st.booleans())
def test_the_precision_lies_between_its_bounds(parts: list[tuple[int, int]], grouped: bool) -> None:
    said = [Audited("r1.1", min(right, total), total) for right, total in parts]
    audit = audit_of(Counts(audits=Counter(map(audit_key, said))), "r1.1", grouped=grouped)
    assert audit.items == len(parts)
    if audit.precision is not None and audit.bound is not None and audit.ceiling is not None:
        assert 0 <= audit.bound <= audit.precision <= audit.ceiling <= 1
    assert (audit.bound is None) is (audit.total == 0)


def test_a_key_says_what_it_counts() -> None:
    said = Audited("r1.12", 3, 14)
    assert audited_of(audit_key(said)) == said
    assert run_of("r1.12") == "r1"
    assert next_id(a_trust(number=9)) == "r1.10"


@pytest.mark.parametrize(
    ("right", "wrong", "slipped"),
    [(10, 9, False), (10, 10, True), (38, 2, False), (30, 10, True), (0, 19, False)],
)
def test_trust_slips_when_it_is_certain_that_too_little_is_right(
    right: int, wrong: int, slipped: bool
) -> None:
    """19 parts are too few to say; of 40 two may be wrong by chance, ten may not."""
    counts = Counts(audits={"r1.1 1/1": right, "r1.1 0/1": wrong})
    assert slips(audit_of(counts, "r1.1", grouped=False), 0.95) is slipped


def test_a_few_images_with_many_regions_are_too_few() -> None:
    few, more = Counts(audits={"r1.1 0/10": 9}), Counts(audits={"r1.1 0/10": 10})
    assert not slips(audit_of(few, "r1.1", grouped=True), 0.95)
    assert slips(audit_of(more, "r1.1", grouped=True), 0.95)


def judged(confidence: float, right: int, wrong: int, label: str = "Rose") -> list[Judged]:
    """So many items that were predicted as sure as that."""
    rights = [True] * right + [False] * wrong
    return [Judged(f"{label}{confidence}-{n}", confidence, one, label) for n, one in enumerate(rights)]


def curve(*bounds: tuple[float, float]) -> Sequence[CurvePoint]:
    return [CurvePoint(threshold, 1.0, bound, 0.5) for threshold, bound in bounds]


REPORTED = curve((0.99, 0.9), (0.97, 0.97), (0.96, 0.94), (0.95, 0.96), (0.92, 0.96), (0.9, 0.95))
ASSIST = Assist(target=0.95)


def test_the_lowest_higher_threshold_that_the_audit_bears_out_is_chosen() -> None:
    """From 0.95 on 38 of 40 are right, from 0.92 on 43 of 50."""
    parts = [*judged(0.96, 38, 2), *judged(0.93, 5, 5), *judged(0.9, 0, 9)]
    assert raised(a_trust(), ASSIST, parts, REPORTED) == replace(a_trust(), threshold=0.95)


def test_the_report_has_to_vouch_for_it_too() -> None:
    """0.96 is between 0.95 and 0.97, and its bound below the target."""
    parts = [*judged(0.98, 40, 0), *judged(0.955, 0, 9)]
    assert raised(a_trust(), ASSIST, parts, REPORTED).threshold == 0.97


def test_strict_goes_no_lower_than_the_first_that_fails() -> None:
    parts = [*judged(0.96, 0, 2), *judged(0.98, 40, 0)]
    strict = replace(ASSIST, strict=True)
    assert raised(a_trust(), strict, parts, REPORTED).threshold == 0.97
    assert raised(a_trust(), strict, judged(0.955, 40, 0), REPORTED).threshold is None


def test_nothing_is_trusted_where_no_threshold_is_borne_out() -> None:
    none = replace(a_trust(), threshold=None)
    assert raised(a_trust(), ASSIST, judged(0.98, 19, 0), REPORTED) == none
    assert raised(a_trust(), ASSIST, judged(0.98, 30, 10), REPORTED) == none
    assert raised(a_trust(), ASSIST, judged(0.98, 40, 0), ()) == none
    assert raised(none, ASSIST, judged(0.98, 40, 0), REPORTED) == none


def test_labels_keep_higher_thresholds_of_their_own() -> None:
    own = replace(a_trust(), labels={"Rose": 0.92, "Animal": 0.98, "Animal/Cat": None})
    parts = [*judged(0.96, 40, 0), *judged(0.97, 0, 30, "Animal")]
    found = raised(own, ASSIST, parts, REPORTED)
    assert (found.threshold, found.labels) == (0.92, {"Rose": 0.92, "Animal": 0.98, "Animal/Cat": None})


def test_parts_are_audited_as_their_counts_are() -> None:
    parts = [Judged("a", 0.9, True), Judged("a", 0.9, False), Judged("b", 0.9, True)]
    counts = Counts(audits={"r1.1 1/2": 1, "r1.1 1/1": 1})
    assert audit_of_parts(parts, grouped=True) == audit_of(counts, "r1.1", grouped=True)


def test_audits_are_judged_again_from_the_records() -> None:
    record = answered(shard(), ANIMAL).records[0]
    known = (Kind.IMAGE_MULTICLASS, AgreementRules(), "0000-0000")
    assert judged_again(*known, SURE[0], record, "r1") == [Judged("0000-0000", 0.95, False, "Rose")]
    assert judged_again(*known, SURE[0], record, "r2") == ()
    assert judged_again(*known, predicted("Rose", 0.9, run="r2"), record, "r1") == ()
    assert judged_again(*known, SURE[0], a_record(), "r1") == ()
