from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.answers import Answer, Box, Boxes, Classes, regions
from core.domain.kinds import Kind
from core.domain.quality import AgreementRules, TieBreak
from core.logic.agreement import Vote, confusions, merge, similarity, units
from core.logic.answering import misfit
from tests.unit.logic.agreement.votes import ANSWERS, ORDER, agreements, ballots, rules, subject

every_kind = pytest.mark.parametrize("kind", ANSWERS)


def _parts(answer: Answer | None) -> object:
    """What an answer says, in whatever order."""
    if answer is None:
        return None
    return set(answer.labels) if isinstance(answer, Classes) else set(regions(answer))


def _labels(answer: Answer) -> list[str]:
    return list(answer.labels) if isinstance(answer, Classes) else [mark.label for mark in regions(answer)]


@every_kind
@given(data=st.data(), agreement=agreements)
def test_a_merged_answer_fits_its_item(kind: Kind, data: st.DataObject, agreement: AgreementRules) -> None:
    votes = data.draw(ballots(kind))
    verdict = merge(rules(kind), agreement, votes, ORDER)
    assert 0 <= verdict.agreement <= 1
    assert verdict.answer is None or misfit(rules(kind), verdict.answer, subject(kind)) is None


@every_kind
@given(data=st.data(), agreement=agreements, seed=st.integers())
def test_who_voted_and_when_makes_no_difference(
    kind: Kind, data: st.DataObject, agreement: AgreementRules, seed: int
) -> None:
    votes = data.draw(ballots(kind, least=2))
    names = [vote.labeler for vote in votes]
    others = [
        Vote(name, vote.answer)
        for name, vote in zip(names, Random(seed).sample(votes, len(votes)), strict=True)
    ]
    verdict, other = (merge(rules(kind), agreement, some, ORDER) for some in (votes, others))
    assert verdict.agreement == other.agreement
    if agreement.tie_break is not TieBreak.FIRST_VOTE:
        assert verdict.answer == other.answer


@every_kind
@given(data=st.data(), agreement=agreements, count=st.integers(1, 5))
def test_labelers_who_say_the_same_are_taken_at_their_word(
    kind: Kind, data: st.DataObject, agreement: AgreementRules, count: int
) -> None:
    answer = data.draw(ANSWERS[kind])
    verdict = merge(rules(kind), agreement, [Vote(str(by), answer) for by in range(count)], ORDER)
    assert verdict.agreement == 1
    assert _parts(verdict.answer) == _parts(answer)


@every_kind
@given(data=st.data(), agreement=agreements)
def test_similarity_is_the_same_both_ways_and_1_to_itself(
    kind: Kind, data: st.DataObject, agreement: AgreementRules
) -> None:
    one, other = data.draw(ANSWERS[kind]), data.draw(ANSWERS[kind])
    assert 0 <= similarity(kind, agreement, one, other) <= 1
    assert similarity(kind, agreement, one, other) == similarity(kind, agreement, other, one)
    assert similarity(kind, agreement, one, one) == 1


@every_kind
@given(data=st.data(), agreement=agreements)
def test_every_label_is_counted_once_in_confusions_and_units(
    kind: Kind, data: st.DataObject, agreement: AgreementRules
) -> None:
    given_answer, consensus = data.draw(ANSWERS[kind]), data.draw(ANSWERS[kind])
    found = confusions(kind, agreement, given_answer, consensus)
    turned = confusions(kind, agreement, consensus, given_answer)
    assert turned == Counter({(due, had): count for (had, due), count in found.items()})
    for side, answer in enumerate((given_answer, consensus)):
        counted = Counter(pair[side] for pair in found.elements() if pair[side] is not None)
        assert counted == Counter(_labels(answer))


@given(votes=ballots(Kind.OBJECT_DETECTION, least=2), agreement=agreements)
def test_a_merged_box_is_within_what_labelers_marked_of_its_label(
    votes: list[Vote], agreement: AgreementRules
) -> None:
    merged = merge(rules(Kind.OBJECT_DETECTION), agreement, votes, ORDER).answer
    for box in merged.boxes if isinstance(merged, Boxes) else ():
        marks = [
            m for vote in votes for m in regions(vote.answer) if isinstance(m, Box) and m.label == box.label
        ]
        assert min(mark.x for mark in marks) <= box.x
        assert min(mark.y for mark in marks) <= box.y
        assert box.x + box.width <= max(mark.x + mark.width for mark in marks) + 1e-9
        assert box.y + box.height <= max(mark.y + mark.height for mark in marks) + 1e-9


@given(votes=ballots(Kind.OBJECT_DETECTION, least=2), agreement=agreements)
def test_every_region_is_in_one_unit_and_every_labeler_in_all(
    votes: list[Vote], agreement: AgreementRules
) -> None:
    found = units(Kind.OBJECT_DETECTION, agreement, votes)
    for vote in votes:
        said = [unit[vote.labeler] for unit in found]
        assert Counter(label for label in said if label) == Counter(_labels(vote.answer))
