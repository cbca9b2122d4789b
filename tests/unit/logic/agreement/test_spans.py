from collections import Counter

import pytest

from core.domain.answers import Span, Spans
from core.domain.kinds import Kind
from core.domain.quality import AgreementRules, SpanMatch, TieBreak
from core.logic.agreement import Verdict, Vote, confusions, merge, similarity
from core.logic.answering.rules import Rules

ORDER = ("Person", "Place")
RULES = Rules(Kind.TEXT_NER, frozenset(ORDER))
OVERLAP = AgreementRules(spans=SpanMatch.OVERLAP)


def _verdict(*answers: list[Span], rules: AgreementRules = OVERLAP) -> Verdict:
    votes = [Vote(f"labeler {place}", Spans(tuple(spans))) for place, spans in enumerate(answers)]
    return merge(RULES, rules, votes, ORDER)


def test_exact_spans_begin_and_end_at_the_same_places() -> None:
    one = Spans((Span("Person", 3, 9), Span("Place", 20, 30)))
    other = Spans((Span("Person", 3, 9), Span("Place", 20, 31)))
    assert similarity(RULES.kind, AgreementRules(), one, other) == 2 / 4
    assert similarity(RULES.kind, OVERLAP, one, other) == 1


@pytest.mark.parametrize(("end", "expected"), [(10, 1), (11, 0)])
def test_overlapping_spans_share_half_of_both(end: int, expected: float) -> None:
    one, other = Spans((Span("Person", 0, 5),)), Spans((Span("Person", 0, end),))
    assert similarity(RULES.kind, OVERLAP, one, other) == expected


def test_label_thresholds_are_none_of_theirs() -> None:
    one, other = Spans((Span("Person", 0, 5),)), Spans((Span("Person", 0, 6),))
    rules = AgreementRules(spans=SpanMatch.OVERLAP, iou=1.0, label_iou={"Person": 1.0})
    assert similarity(RULES.kind, rules, one, other) == 1


def test_starts_and_ends_are_the_medians_of_the_supporters() -> None:
    spans = Span("Person", 10, 20), Span("Person", 11, 25), Span("Person", 13, 21)
    assert _verdict(*([span] for span in spans)).answer == Spans((Span("Person", 11, 21),))


def test_of_an_even_number_the_lower_middle_one() -> None:
    assert _verdict([Span("Person", 10, 20)], [Span("Person", 12, 23)]).answer == Spans(
        (Span("Person", 10, 20),)
    )


def test_exact_votes_at_other_places_are_other_spans() -> None:
    verdict = _verdict([Span("Person", 3, 9)], [Span("Person", 3, 10)], rules=AgreementRules())
    assert verdict == Verdict(0.0, None)


def test_spans_may_be_nested() -> None:
    nested = [Span("Person", 0, 8), Span("Place", 0, 8), Span("Place", 4, 8)]
    assert _verdict(nested, nested[::-1]) == Verdict(1.0, Spans(tuple(nested)))


def test_equal_labels_are_matched_before_closer_spans() -> None:
    #  the labelers agree on both labels; but each span is closer to the other one's of the other label
    one = Spans((Span("Person", 0, 10), Span("Place", 0, 12)))
    other = Spans((Span("Person", 0, 12), Span("Place", 0, 10)))
    assert similarity(RULES.kind, OVERLAP, one, other) == 1


def test_no_span_comes_out_twice() -> None:
    #  two clusters, of (0, 10) and (1, 9), whose labels and medians come out the same
    one = [Span("Person", 0, 10), Span("Place", 0, 10)]
    two = [Span("Person", 0, 10), Span("Person", 0, 11)]
    rules = AgreementRules(spans=SpanMatch.OVERLAP, tie_break=TieBreak.FIRST_LABEL)
    assert _verdict(one, two, rules=rules).answer == Spans((Span("Person", 0, 10), Span("Person", 0, 11)))


def test_labels_at_a_place_are_confused() -> None:
    found = confusions(
        RULES.kind, AgreementRules(), Spans((Span("Person", 3, 9),)), Spans((Span("Place", 3, 9),))
    )
    assert found == Counter({("Person", "Place"): 1})
