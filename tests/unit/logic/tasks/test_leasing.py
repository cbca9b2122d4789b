from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.assist import Audited, Trust
from core.domain.errors import Conflict, TaskGone
from core.domain.items import ItemStatus
from core.domain.shards import LANE_SHIFT, RECORDED, STATUS_CODES, Control, Lane, Lease
from core.domain.tasks import TaskType
from core.logic.tasks import leasing
from tests.examples import ALONE, NOON, a_control, a_record, an_ask

HALF_PAST = NOON + timedelta(minutes=30)


def _claimed(
    control: Control, size: int, task: str = "0000-a", labeler: str = "ben"
) -> tuple[Control, Lease]:
    claimed = leasing.claim(control, an_ask(labeler, size, task), NOON)
    assert claimed is not None
    return claimed


def test_a_claim_takes_the_first_free_items() -> None:
    control = replace(a_control(5), states=bytes([0, STATUS_CODES[ItemStatus.LABELED] | RECORDED, 0, 0, 0]))
    control, first = _claimed(control, 2)
    _, second = _claimed(control, 4, "0000-b", "cleo")
    assert first == Lease("0000-a", "ben", (0, 2), HALF_PAST)
    assert second.indexes == (3, 4)


def test_pending_items_that_have_a_history_are_free_too() -> None:
    control = replace(a_control(2), states=bytes([RECORDED, 0]))
    assert _claimed(control, 4)[1].indexes == (0, 1)


def test_nothing_is_claimed_where_nothing_is_free() -> None:
    control, _ = _claimed(a_control(1), 1)
    assert leasing.claim(control, an_ask("cleo", 1, "0000-b"), NOON) is None
    assert not leasing.has_free(control, "ben", ALONE, NOON)


def test_an_expired_lease_is_reclaimed_by_the_next_claim_and_remembered() -> None:
    control, lease = _claimed(a_control(1), 1)
    assert leasing.held_count(control, NOON) == 1
    assert leasing.held_count(control, HALF_PAST) == 0
    claimed = leasing.claim(control, an_ask("cleo", 1, "0000-b"), HALF_PAST)
    assert claimed is not None
    assert claimed[0].lapsed == (lease,)
    assert claimed[1].indexes == (0,)


def test_only_the_newest_lapsed_leases_are_remembered() -> None:
    old = tuple(Lease(f"0000-{number}", "ben", (0,), NOON) for number in range(leasing.LAPSED_KEPT))
    control = replace(a_control(), lapsed=old, leases=(Lease("0000-new", "ben", (0,), NOON),))
    lapsed = leasing.reclaim(control, NOON).lapsed
    assert (len(lapsed), lapsed[0].task, lapsed[-1].task) == (leasing.LAPSED_KEPT, "0000-1", "0000-new")


def test_claiming_the_same_task_again_grants_the_same_lease() -> None:
    control, lease = _claimed(a_control(3), 2)
    assert leasing.claim(control, an_ask("ben", 2, "0000-a"), NOON) == (control, lease)


def test_an_expired_lease_can_be_renewed_until_somebody_claims_its_items() -> None:
    control, _ = _claimed(a_control(1), 1)
    renewed, lease = leasing.renew(control, "0000-a", "ben", HALF_PAST, 30)
    assert lease.expires == NOON + timedelta(minutes=60)
    assert renewed.leases == (lease,)
    taken = leasing.claim(control, an_ask("cleo", 1, "0000-b"), HALF_PAST)
    assert taken is not None
    with pytest.raises(TaskGone):
        leasing.renew(taken[0], "0000-a", "ben", HALF_PAST, 30)


def test_nobody_else_can_renew_or_give_back() -> None:
    control, _ = _claimed(a_control(1), 1)
    with pytest.raises(TaskGone):
        leasing.renew(control, "0000-a", "cleo", NOON, 30)
    with pytest.raises(TaskGone):
        leasing.give_back(control, "0000-a", "cleo")


def test_what_is_given_back_is_free_at_once() -> None:
    control, _ = _claimed(a_control(1), 1)
    assert leasing.has_free(leasing.give_back(control, "0000-a", "ben"), "cleo", ALONE, NOON)


def test_an_answer_is_reopened_for_its_labeler_alone() -> None:
    control = replace(a_control(1), states=bytes([STATUS_CODES[ItemStatus.LABELED] | RECORDED]))
    records = {0: a_record("ben")}
    reopened, lease = leasing.reopen(control, records, "0000-b", "ben", (0,), NOON, 30)
    assert lease.indexes == (0,)
    for labeler, held in (("cleo", control), ("ben", reopened)):
        with pytest.raises(Conflict):
            leasing.reopen(held, records, "0000-c", labeler, (0,), NOON, 30)


@pytest.mark.parametrize(
    ("lane", "audited", "kind", "trust"),
    [
        (Lane.AUDIT, Audited("r.1", 1, 1), TaskType.MANUAL, "r.1"),
        (Lane.AUDIT, Audited("r.0", 1, 1), TaskType.MANUAL, None),
        (Lane.AUDIT, None, TaskType.MANUAL, None),
        (Lane.TRUSTED, None, TaskType.PRELABELED, "r.1"),
        (Lane.MANUAL, None, TaskType.MANUAL, "r.1"),
    ],
)
def test_an_answer_that_was_not_given_blind_is_no_audit_once_it_is_taken_back(
    lane: Lane, audited: Audited | None, kind: TaskType, trust: str | None
) -> None:
    state = STATUS_CODES[ItemStatus.LABELED] | RECORDED | lane << LANE_SHIFT
    control = replace(a_control(1), states=bytes([state]), trust=Trust("r.1", "r"))
    said = a_record("ben")
    records = {0: replace(said, revisions=(replace(said.revisions[0], audited=audited),))}
    _, lease = leasing.reopen(control, records, "0000-b", "ben", (0,), NOON, 30)
    assert (lease.type, lease.trust) == (kind, trust)
