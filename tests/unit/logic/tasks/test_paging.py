"""Which items share a page: what looks alike to a labeler, and what looks alike."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import cycle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.assist import Trust
from core.domain.items import ItemStatus
from core.domain.kinds import Kind
from core.domain.shards import LANE_SHIFT, STATUS_BITS, STATUS_CODES, Control, Lane, Lease
from core.domain.tasks import TaskType
from core.logic.tasks import leasing
from core.logic.tasks.gold import is_test
from core.logic.tasks.paging import (
    NO_HINTS,
    Hints,
    Page,
    make_page,
    pending_pages,
    places_of,
    prelabels_shown,
    seeks_unsure,
    type_again,
)
from tests.examples import NOON, a_control, an_ask

M, P, T, A = Lane.MANUAL, Lane.PRELABELED, Lane.TRUSTED, Lane.AUDIT
LABELED = STATUS_CODES[ItemStatus.LABELED]


def _control(lanes: Sequence[Lane]) -> Control:
    """A shard with predictions and groups of a run."""
    states = bytes(lane << LANE_SHIFT for lane in lanes)
    return replace(a_control(), states=states, predictions="p", groups="g", trust=Trust("r.1", "r"))


def _grouped(*chains: Sequence[int]) -> Hints:
    return Hints("g", places_of(chains))


def _page(control: Control, size: int, hints: Hints = NO_HINTS, golden: Sequence[int] = ()) -> Page:
    pending = (index for index, state in enumerate(control.states) if not state & STATUS_BITS)
    page = make_page(control, pending, size, hints, golden)
    assert page is not None
    return page


def _answered(control: Control, indexes: Sequence[int]) -> Control:
    states = bytearray(control.states)
    for index in indexes:
        states[index] |= LABELED
    return replace(control, states=bytes(states))


def _pages(control: Control, sizes: Iterator[int], hints: Hints) -> Iterator[Page]:
    """One page after the other, each answered before the next."""
    for number, size in enumerate(sizes):
        asked = replace(an_ask(size=size, task=f"0000-{number}"), hints=hints)
        claimed = leasing.claim(control, asked, NOON)
        if claimed is None:
            return
        yield Page(claimed[1].indexes, claimed[1].type)
        control = _answered(replace(claimed[0], leases=()), claimed[1].indexes)


@pytest.mark.parametrize(
    ("lanes", "indexes", "kind"),
    [
        ((M, P, A, T, M), (0, 2, 4), TaskType.MANUAL),
        ((A, P, A, T, M), (0, 2, 4), TaskType.MANUAL),
        ((P, M, P, T, A), (0, 2), TaskType.PRELABELED),
        ((T, P, A, T, T), (0, 3, 4), TaskType.PRELABELED),
    ],
)
def test_the_first_free_item_says_how_all_of_its_page_look(
    lanes: Sequence[Lane], indexes: tuple[int, ...], kind: TaskType
) -> None:
    assert _page(replace(_control(lanes), groups=None), 4) == Page(indexes, kind)


def test_nothing_free_makes_no_page() -> None:
    assert make_page(_control([M]), iter(()), 4) is None


def test_a_lease_knows_the_terms_on_which_prelabels_were_held_back() -> None:
    claimed = leasing.claim(_control([A]), an_ask(), NOON)
    assert claimed is not None
    assert (claimed[1].type, claimed[1].trust) == (TaskType.MANUAL, "r.1")


def test_a_page_has_the_nine_of_its_group_then_those_next_to_them() -> None:
    control = _control([P] * 40)
    chain = (30, *range(20, 28), *range(1, 9), 0, 31, 32, 33)
    hints = _grouped(chain, range(9, 20))
    assert set(_page(control, 9, hints).indexes) == set(range(9))
    assert _page(control, 4, hints) == Page((0, 8, 7, 6), TaskType.CLUSTERED)
    later = _answered(control, (1, 2, 3, 4))
    nine = _page(later, 9, hints)
    assert set(nine.indexes[:5]) == {0, 8, 7, 6, 5}
    assert set(nine.indexes[5:]) == {31, 32, 33, 27}
    assert _page(control, 1, hints) == Page((0,), TaskType.PRELABELED)


def test_nine_of_a_class_share_a_page_and_what_is_left_over_shares_others() -> None:
    chains = [range(start, 62, 3) for start in range(3)]  # 21, 21 and 20 items of three classes
    pages = list(_pages(_control([T] * 62), cycle([9]), _grouped(*chains)))
    clustered = [page.indexes for page in pages if page.type is TaskType.CLUSTERED]
    assert [len(page.indexes) for page in pages] == [9] * 6 + [8]
    assert [len({index % 3 for index in indexes}) for indexes in clustered] == [1] * 6
    assert Counter(index % 3 for index in pages[-1].indexes) == {0: 3, 1: 3, 2: 2}
    assert pages[-1].type is TaskType.PRELABELED


def test_a_short_remainder_takes_from_other_chains_what_they_have_too_many_of() -> None:
    page = _page(_control([P] * 10), 4, _grouped((0,), range(1, 10)))
    assert page == Page((0, 1, 2, 3), TaskType.PRELABELED)
    assert _page(_control([P] * 3), 4, _grouped((0, 1), ())) == Page((0, 1, 2), TaskType.PRELABELED)


def test_likeness_does_not_give_an_audit_away() -> None:
    hints = _grouped((0, 2, 4, 6), (1, 3, 5, 7))
    assert _page(_control([A, M] * 4), 4, hints) == Page((0, 1, 2, 3), TaskType.MANUAL)
    unpredicted = replace(_control([M] * 8), trust=None)
    assert _page(unpredicted, 4, hints) == Page((0, 2, 4, 6), TaskType.CLUSTERED)
    assert _page(_answered(unpredicted, [2]), 4, hints).type is TaskType.MANUAL


def test_hints_of_other_archives_are_nothing_worth() -> None:
    hints = replace(_grouped((0, 2, 4, 6), (1, 3, 5, 7)), predictions="p", sureness={7: 0.1})
    now = replace(_control([P] * 8), predictions="p2", groups="g2")
    assert _page(now, 4, hints) == Page((0, 1, 2, 3), TaskType.PRELABELED)


def test_the_least_sure_come_first_but_neither_trusted_nor_audited_ones() -> None:
    sureness = {0: 0.9, 1: 0.1, 2: 0.2, 3: 0.0, 4: 0.5, 5: 0.3}
    hints = Hints(predictions="p", sureness=sureness)
    control = _control([P, A, P, T, P, P, P])
    assert _page(control, 4, hints) == Page((2, 5, 4, 0), TaskType.PRELABELED)
    assert _page(control, 9, hints).indexes == (2, 5, 4, 0, 6)
    assert _page(_control([T, A, T]), 4, hints) == Page((0, 2), TaskType.PRELABELED)


def test_half_of_all_tasks_begin_with_the_least_sure_whether_or_not_they_test_with_gold() -> None:
    tasks = [f"0001-{number}" for number in range(10_000)]
    unsure = [task for task in tasks if seeks_unsure(task)]
    assert len(unsure) == pytest.approx(5_000, rel=0.03)
    assert sum(is_test(task, 1, 0.5) for task in unsure) == pytest.approx(2_500, rel=0.06)


def test_a_gold_item_does_not_stand_out() -> None:
    lanes = [T, T, M, A, P, T, P]
    control = _answered(_control(lanes), (4, 5))
    assert _page(control, 3, golden=[4, 5]) == Page((2, 3, 4), TaskType.MANUAL)
    assert _page(_answered(control, (2, 3)), 3, golden=[4, 5]) == Page((0, 1, 5), TaskType.PRELABELED)
    assert _page(_answered(control, (2, 3)), 2, golden=[4]) == Page((0, 1), TaskType.PRELABELED)
    assert _page(_answered(control, range(7)), 2, golden=[5]) == Page((5,), TaskType.MANUAL)


def test_prelabels_are_seen_on_pages_that_have_them_of_items_that_may_show_them() -> None:
    control = _control([M, P, T, A])
    for kind, seen in ((TaskType.MANUAL, []), (TaskType.PRELABELED, [1, 2]), (TaskType.CLUSTERED, [1, 2])):
        lease = Lease("0000-a", "ben", (0, 1, 2, 3), NOON + timedelta(minutes=1), kind, "r.0")
        assert [index for index in range(4) if prelabels_shown(control, lease, index)] == seen


def test_what_is_taken_back_is_seen_as_before() -> None:
    control = _control([M, P, T, A])
    assert type_again(control, (1, 2)) is TaskType.PRELABELED
    assert type_again(control, (3,)) is type_again(control, (0, 2)) is TaskType.MANUAL


def test_pending_items_are_counted_by_the_type_they_come_in() -> None:
    control = _answered(_control([M, P, T, A, P]), [4])
    images, boxes = Kind.IMAGE_MULTILABEL, Kind.OBJECT_DETECTION
    manual, seen = TaskType.MANUAL, (TaskType.CLUSTERED, TaskType.PRELABELED)
    clustered, single = ({(M, manual): 1, (A, manual): 1, (P, sort): 1, (T, sort): 1} for sort in seen)
    assert pending_pages([control], images) == clustered
    assert pending_pages([control], boxes) == single
    assert pending_pages([replace(control, groups=None)], images) == single
    assert pending_pages([control, control], images)[P, TaskType.CLUSTERED] == 2
    unpredicted = replace(_control([M] * 3), trust=None)
    assert pending_pages([unpredicted], images) == {(M, TaskType.CLUSTERED): 3}


@given(
    st.lists(st.sampled_from(Lane), min_size=1, max_size=80),
    st.lists(st.integers(0, 4), min_size=80, max_size=80),
    st.lists(st.sampled_from([1, 2, 4, 6, 9]), min_size=1, max_size=12),
    st.booleans(),
)
def test_every_item_comes_once_whatever_sizes_labelers_ask_for(
    lanes: Sequence[Lane], classes: Sequence[int], sizes: Sequence[int], unsure: bool
) -> None:
    """Class 4 is of items that are newer than the groups."""
    control = _control(lanes)
    chains = [[index for index in range(len(lanes)) if classes[index] == number] for number in range(4)]
    hints = replace(_grouped(*chains), predictions="p" if unsure else None)
    pages = list(_pages(control, cycle(sizes), hints))
    assert sorted(index for page in pages for index in page.indexes) == list(range(len(lanes)))
    for page, size in zip(pages, cycle(sizes)):
        shown = {M if lanes[index] is A else lanes[index] for index in page.indexes}
        assert 1 <= len(page.indexes) <= size
        assert len(shown) == 1
        assert (page.type is TaskType.MANUAL) == (shown == {M})
        if page.type is TaskType.CLUSTERED:
            assert len(page.indexes) == size
            assert len({classes[index] for index in page.indexes}) == 1
            assert classes[page.indexes[0]] != 4
