from collections import Counter

import pytest

from core.domain.answers import Boxes, Classes
from core.domain.kinds import Kind
from core.domain.quality import AgreementRules, TieBreak
from core.logic.agreement import Verdict, Vote, confusions, merge, similarity, units
from core.logic.answering.rules import Rules

ORDER = ("Fox", "Cat", "Dog")
RULES = Rules(Kind.IMAGE_MULTICLASS, frozenset(ORDER))


def _merged(*labels: str, tie_break: TieBreak = TieBreak.NONE) -> Verdict:
    votes = [Vote(f"labeler {place}", Classes((label,))) for place, label in enumerate(labels)]
    return merge(RULES, AgreementRules(tie_break=tie_break), votes, ORDER)


def test_agreement_is_the_share_of_the_most_voted_label() -> None:
    assert _merged("Cat", "Dog", "Cat", "Cat", "Fox") == Verdict(3 / 5, Classes(("Cat",)))


def test_all_may_agree() -> None:
    assert _merged("Dog", "Dog", "Dog") == Verdict(1.0, Classes(("Dog",)))


@pytest.mark.parametrize(
    ("tie_break", "winner"), [(TieBreak.FIRST_VOTE, "Dog"), (TieBreak.FIRST_LABEL, "Cat")]
)
def test_a_tie_is_broken_as_named(tie_break: TieBreak, winner: str) -> None:
    #  the earliest vote is for Fox, which is no first
    verdict = _merged("Fox", "Dog", "Cat", "Cat", "Dog", tie_break=tie_break)
    assert verdict == Verdict(2 / 5, Classes((winner,)))


def test_without_a_tie_break_a_tie_is_no_answer() -> None:
    assert _merged("Dog", "Cat") == Verdict(1 / 2, None)


def test_a_label_that_the_tree_has_no_more_comes_last() -> None:
    assert _merged("Ant", "Dog", tie_break=TieBreak.FIRST_LABEL).answer == Classes(("Dog",))


def test_one_vote_agrees_with_itself() -> None:
    assert _merged("Dog") == Verdict(1.0, Classes(("Dog",)))


def test_no_votes_come_to_nothing() -> None:
    with pytest.raises(ValueError, match="no votes"):
        _merged()


def test_another_kinds_answer_is_refused() -> None:
    with pytest.raises(ValueError, match="not one label"):
        merge(RULES, AgreementRules(), [Vote("a", Boxes(())), Vote("b", Boxes(()))], ORDER)


@pytest.mark.parametrize(
    ("verdict", "settles"),
    [
        (Verdict(0.6, Classes(("Cat",))), True),
        (Verdict(0.59, Classes(("Cat",))), False),
        (Verdict(0.9, None), False),
    ],
)
def test_an_answer_settles_an_item_from_the_threshold_on(verdict: Verdict, *, settles: bool) -> None:
    assert verdict.settles(AgreementRules(threshold=0.6)) is settles


def test_answers_are_alike_or_not() -> None:
    cat, dog = Classes(("Cat",)), Classes(("Dog",))
    assert similarity(Kind.TEXT_MULTICLASS, AgreementRules(), cat, cat) == 1
    assert similarity(Kind.TEXT_MULTICLASS, AgreementRules(), cat, dog) == 0


def test_a_label_is_confused_with_what_it_should_have_been() -> None:
    found = confusions(RULES.kind, AgreementRules(), Classes(("Cat",)), Classes(("Dog",)))
    assert found == Counter({("Cat", "Dog"): 1})


def test_the_item_is_judged() -> None:
    votes = [Vote("a", Classes(("Cat",))), Vote("b", Classes(("Dog",)))]
    assert units(RULES.kind, AgreementRules(), votes) == [{"a": "Cat", "b": "Dog"}]
