from collections import Counter
from statistics import fmean

import pytest

from core.domain.answers import Boxes, Classes
from core.domain.kinds import Kind
from core.domain.quality import AgreementRules, TieBreak
from core.logic.agreement import Verdict, Vote, confusions, merge, similarity, units
from core.logic.answering.rules import Rules

ORDER = ("Fox", "Cat", "Dog")
RULES = Rules(Kind.TEXT_MULTILABEL, frozenset(ORDER))


def _votes(*sets: str) -> list[Vote]:
    return [Vote(f"labeler {place}", Classes(tuple(labels.split()))) for place, labels in enumerate(sets)]


def _merged(*sets: str, tie_break: TieBreak = TieBreak.NONE) -> Verdict:
    return merge(RULES, AgreementRules(tie_break=tie_break), _votes(*sets), ORDER)


def test_the_answer_has_what_more_than_half_have_and_agreement_is_the_mean_jaccard_index() -> None:
    #  Dog Cat | Dog: 1/2,  Dog Cat | Cat Dog Fox: 2/3,  Dog | Cat Dog Fox: 1/3
    verdict = _merged("Dog Cat", "Dog", "Cat Dog Fox")
    assert verdict.answer == Classes(("Cat", "Dog"))
    assert verdict.agreement == pytest.approx((1 / 2 + 2 / 3 + 1 / 3) / 3)


@pytest.mark.parametrize(
    ("tie_break", "expected"),
    [
        (TieBreak.NONE, ("Cat",)),
        (TieBreak.FIRST_VOTE, ("Cat", "Dog")),
        (TieBreak.FIRST_LABEL, ("Fox", "Cat", "Dog")),
    ],
)
def test_what_half_have_is_up_to_the_tie_break(tie_break: TieBreak, expected: tuple[str, ...]) -> None:
    assert _merged("Cat Dog", "Fox Cat", tie_break=tie_break) == Verdict(1 / 3, Classes(expected))


def test_a_threshold_is_reached_whatever_rounding_does() -> None:
    verdict = Verdict(fmean([0, 3 / 5, 3 / 5]), Classes(("Cat",)))
    assert verdict.agreement < 0.4
    assert verdict.settles(AgreementRules(threshold=0.4))
    assert not verdict.settles(AgreementRules(threshold=0.400001))


def test_where_no_label_has_more_than_half_there_is_no_answer() -> None:
    assert _merged("Cat", "Dog", "Fox") == Verdict(0.0, None)


def test_the_order_of_labels_makes_no_difference() -> None:
    one, other = Classes(("Cat", "Dog")), Classes(("Dog", "Cat"))
    assert similarity(RULES.kind, AgreementRules(), one, other) == 1


def test_labels_are_right_missing_or_too_much() -> None:
    given, consensus = Classes(("Cat", "Dog")), Classes(("Dog", "Fox"))
    found = confusions(RULES.kind, AgreementRules(), given, consensus)
    assert found == Counter({("Dog", "Dog"): 1, ("Cat", None): 1, (None, "Fox"): 1})


def test_the_set_is_judged_as_a_whole() -> None:
    assert units(RULES.kind, AgreementRules(), _votes("Cat Dog", "Fox")) == [
        {"labeler 0": frozenset({"Cat", "Dog"}), "labeler 1": frozenset({"Fox"})}
    ]


def test_another_kinds_answer_is_refused() -> None:
    with pytest.raises(ValueError, match="not labels"):
        merge(RULES, AgreementRules(), [Vote("a", Boxes(())), Vote("b", Boxes(()))], ORDER)
