from collections import Counter
from itertools import permutations

import pytest

from core.domain.answers import Box, Boxes, Spans
from core.domain.kinds import Kind
from core.domain.quality import AgreementRules, TieBreak
from core.logic.agreement import Verdict, Vote, confusions, merge, similarity, units
from core.logic.answering.rules import Rules

ORDER = ("Fox", "Cat", "Dog")
RULES = Rules(Kind.OBJECT_DETECTION, frozenset(ORDER))
CAT = Box("Cat", 10, 20, 40, 30)
DOG = Box("Dog", 200, 100, 50, 60)


def _verdict(*answers: list[Box], rules: AgreementRules | None = None) -> Verdict:
    votes = [Vote(f"labeler {place}", Boxes(tuple(boxes))) for place, boxes in enumerate(answers)]
    return merge(RULES, rules or AgreementRules(), votes, ORDER)


def _merged(*answers: list[Box], tie_break: TieBreak = TieBreak.NONE) -> tuple[Box, ...] | None:
    answer = _verdict(*answers, rules=AgreementRules(tie_break=tie_break)).answer
    return answer.boxes if isinstance(answer, Boxes) else None


def test_agreement_is_the_mean_f1_over_pairs_of_labelers() -> None:
    #  2 of 2 + 1, 2 of 2 + 2 regions, 2 of 1 + 2
    one, two, three = [CAT, DOG], [CAT], [CAT, Box("Fox", 200, 100, 50, 60)]
    assert _verdict(one, two, three).agreement == pytest.approx((2 / 3 + 2 / 4 + 2 / 3) / 3)


def test_nobody_sees_anything() -> None:
    assert _verdict([], [], []) == Verdict(1.0, Boxes(()))


def test_edges_are_the_mean_of_the_supporters_edges() -> None:
    left, right = Box("Cat", 9, 20, 40, 32), Box("Cat", 14, 23, 40, 28)
    #  means of 10, 9 and 14 on the left, of 50, 49 and 54 on the right; of 20, 20, 23 and of 50, 52, 51
    assert _merged([CAT], [left], [right]) == (Box("Cat", 11, 21, 40, 30),)


def test_those_who_say_otherwise_do_not_move_the_edges() -> None:
    assert _merged([CAT], [CAT], [Box("Dog", 14, 23, 40, 28)]) == (CAT,)


def test_a_region_of_a_minority_is_left_out_and_one_of_most_stands() -> None:
    assert _merged([CAT], [CAT, DOG], [DOG]) == (CAT, DOG)
    assert _merged([CAT], [CAT, DOG], [CAT]) == (CAT,)


@pytest.mark.parametrize(
    ("tie_break", "expected"),
    [(TieBreak.NONE, None), (TieBreak.FIRST_VOTE, (DOG,)), (TieBreak.FIRST_LABEL, (CAT, DOG))],
)
def test_what_half_see_is_up_to_the_tie_break(tie_break: TieBreak, expected: tuple[Box, ...] | None) -> None:
    assert _merged([DOG], [CAT], tie_break=tie_break) == expected


@pytest.mark.parametrize(
    ("tie_break", "expected"),
    [(TieBreak.NONE, None), (TieBreak.FIRST_VOTE, "Dog"), (TieBreak.FIRST_LABEL, "Fox")],
)
def test_so_is_what_a_region_is_called(tie_break: TieBreak, expected: str | None) -> None:
    place = (10, 20, 40, 30)
    merged = _merged([Box("Dog", *place)], [Box("Fox", *place)], tie_break=tie_break)
    assert merged == (None if expected is None else (Box(expected, *place),))


def test_that_there_is_nothing_takes_most_votes() -> None:
    assert _merged([], [], [CAT]) == ()
    assert _merged([], [CAT], [DOG]) is None


@pytest.mark.parametrize(
    ("tie_break", "expected"),
    [(TieBreak.NONE, None), (TieBreak.FIRST_VOTE, ()), (TieBreak.FIRST_LABEL, (CAT,))],
)
def test_half_may_see_nothing(tie_break: TieBreak, expected: tuple[Box, ...] | None) -> None:
    assert _merged([], [CAT], tie_break=tie_break) == expected


def test_the_matching_is_the_best_of_all_not_the_first_best() -> None:
    #  strips of ten: 2 shares 9 of 11 with 3 and 8 of 12 with 0; 6 shares 7 of 13 with 3 and 4 of 16 with 0
    one = Boxes((Box("Cat", 2, 0, 10, 1), Box("Cat", 6, 0, 10, 1)))
    other = Boxes((Box("Cat", 3, 0, 10, 1), Box("Cat", 0, 0, 10, 1)))
    assert similarity(RULES.kind, AgreementRules(), one, other) == 1


def test_equal_labels_are_matched_before_others_at_the_same_place() -> None:
    one = Boxes((Box("Cat", 0, 0, 9, 9), Box("Dog", 0, 0, 9, 9)))
    other = Boxes((Box("Dog", 0, 0, 9, 9), Box("Cat", 0, 0, 9, 9)))
    assert similarity(RULES.kind, AgreementRules(), one, other) == 1


def test_equal_labels_are_matched_before_closer_boxes() -> None:
    one, other = Boxes((CAT,)), Boxes((Box("Dog", 10, 20, 40, 30), Box("Cat", 11, 20, 40, 30)))
    found = confusions(RULES.kind, AgreementRules(), one, other)
    assert found == Counter({("Cat", "Cat"): 1, (None, "Dog"): 1})


@pytest.mark.parametrize(("iou", "expected"), [(0.6, 1), (0.61, 0)])
def test_regions_are_the_same_from_the_labels_threshold_on(iou: float, expected: float) -> None:
    #  12 of 20 shared
    one, other = Boxes((Box("Cat", 0, 0, 16, 1),)), Boxes((Box("Cat", 4, 0, 16, 1),))
    assert similarity(RULES.kind, AgreementRules(iou=iou), one, other) == expected
    assert similarity(RULES.kind, AgreementRules(iou=0.9, label_iou={"Cat": iou}), one, other) == expected


def test_between_two_labels_the_stricter_threshold_holds() -> None:
    one, other = Boxes((Box("Cat", 0, 0, 16, 1),)), Boxes((Box("Dog", 4, 0, 16, 1),))
    strict = AgreementRules(label_iou={"Dog": 0.7})
    assert confusions(RULES.kind, AgreementRules(), one, other) == Counter({("Cat", "Dog"): 1})
    assert confusions(RULES.kind, strict, one, other) == Counter({("Cat", None): 1, (None, "Dog"): 1})


def test_a_labeler_is_in_a_cluster_once() -> None:
    #  the second labeler's two boxes both look like CAT; the closer one is, and the other is on its own
    close, closer = Box("Cat", 12, 20, 40, 30), Box("Cat", 11, 20, 40, 30)
    seen = units(RULES.kind, AgreementRules(), [Vote("a", Boxes((CAT,))), Vote("b", Boxes((close, closer)))])
    assert sorted(seen, key=str) == [{"a": "Cat", "b": "Cat"}, {"a": None, "b": "Cat"}]


def test_the_closest_are_clustered_first() -> None:
    #  a chain of strips of ten: 1 and 2 share 9 of 11, 2 and 4, and 4 and 6, 8 of 12
    votes = [
        Vote("a", Boxes((Box("Cat", 1, 0, 10, 1), Box("Dog", 6, 0, 10, 1)))),
        Vote("b", Boxes((Box("Cat", 2, 0, 10, 1),))),
        Vote("c", Boxes((Box("Cat", 4, 0, 10, 1),))),
    ]
    assert units(RULES.kind, AgreementRules(), votes) == [
        {"a": "Cat", "b": "Cat", "c": "Cat"},
        {"a": "Dog", "b": None, "c": None},
    ]


def test_nobody_is_in_a_cluster_twice() -> None:
    #  a chain of strips of ten: 51 and 52 share 9 of 11, 52 and 54, and 54 and 56, 8 of 12
    votes = [
        Vote("a", Boxes((Box("Cat", 51, 0, 10, 1), Box("Dog", 56, 0, 10, 1)))),
        Vote("b", Boxes((Box("Fox", 0, 0, 10, 1), Box("Cat", 52, 0, 10, 1)))),
        Vote("c", Boxes((Box("Fox", 0, 0, 10, 1), Box("Cat", 54, 0, 10, 1)))),
    ]
    assert units(RULES.kind, AgreementRules(), votes) == [
        {"a": None, "b": "Fox", "c": "Fox"},
        {"a": "Cat", "b": "Cat", "c": "Cat"},
        {"a": "Dog", "b": None, "c": None},
    ]


def test_equally_good_matchings_do_not_depend_on_who_voted_first() -> None:
    #  the strip at 2 is as close to 0 as to 4
    middle, ends = [Box("Cat", 2, 0, 10, 1)], [Box("Cat", 0, 0, 10, 1), Box("Cat", 4, 0, 10, 1)]
    merged = {_merged(*some) for some in permutations([middle, ends, ends])}
    assert len(merged) == 1


def test_more_regions_than_an_answer_can_have_are_no_answer() -> None:
    left = Boxes(tuple(Box("Cat", 20 * at, 0, 10, 10) for at in range(6_000)))
    right = Boxes(tuple(Box("Cat", 20 * at, 50, 10, 10) for at in range(6_000)))
    votes = [Vote("a", left), Vote("b", right)]
    agreement = AgreementRules(threshold=0, tie_break=TieBreak.FIRST_LABEL)
    assert merge(RULES, agreement, votes, ORDER) == Verdict(0.0, None)


def test_every_cluster_is_judged_by_all_who_saw_the_item() -> None:
    votes = [
        Vote("a", Boxes((CAT,))),
        Vote("b", Boxes((Box("Fox", 11, 20, 40, 30), DOG))),
        Vote("c", Boxes(())),
    ]
    assert units(RULES.kind, AgreementRules(), votes) == [
        {"a": "Cat", "b": "Fox", "c": None},
        {"a": None, "b": "Dog", "c": None},
    ]


def test_regions_are_right_confused_missing_or_too_much() -> None:
    given = Boxes((CAT, Box("Fox", 201, 100, 50, 60), Box("Cat", 500, 0, 9, 9)))
    consensus = Boxes((Box("Cat", 12, 20, 40, 30), DOG, Box("Dog", 700, 0, 9, 9)))
    assert confusions(RULES.kind, AgreementRules(), given, consensus) == Counter(
        {("Cat", "Cat"): 1, ("Fox", "Dog"): 1, ("Cat", None): 1, (None, "Dog"): 1}
    )


def test_heaps_of_boxes_are_like_themselves_and_nothing_else() -> None:
    heap = Boxes(tuple(Box("Cat", 10, 20, 40, 30 + at / 1e6) for at in range(501)))
    assert similarity(RULES.kind, AgreementRules(), heap, heap) == 1
    assert similarity(RULES.kind, AgreementRules(), heap, Boxes(heap.boxes[:500])) == 0
    assert similarity(RULES.kind, AgreementRules(), Boxes(heap.boxes[:400]), Boxes(heap.boxes[1:401])) == 1


def test_another_kinds_answer_is_refused() -> None:
    with pytest.raises(ValueError, match="Spans"):
        merge(RULES, AgreementRules(), [Vote("a", Boxes(())), Vote("b", Spans(()))], ORDER)
