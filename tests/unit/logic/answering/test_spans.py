import pytest

from core.domain.answers import Span, Spans
from core.domain.kinds import Kind
from core.logic.answering import Rules, Subject, misfit

RULES = Rules(Kind.TEXT_NER, frozenset({"PER", "LOC"}))
TEXT = Subject(text="Zoë 👩‍🚀 flew")
"""Twelve code points: the astronaut is three of them, and five of JavaScript's units."""


def _misfit(*spans: Span, subject: Subject = TEXT) -> str | None:
    return misfit(RULES, Spans(spans), subject)


def test_no_spans_are_a_true_negative() -> None:
    assert _misfit() is None


@pytest.mark.parametrize(
    "spans",
    [
        (Span("PER", 0, 3),),
        (Span("PER", 0, 12),),
        (Span("PER", 0, 7), Span("LOC", 3, 9)),
        (Span("PER", 0, 7), Span("LOC", 0, 7)),
        (Span("PER", 0, 7), Span("PER", 0, 8)),
    ],
)
def test_spans_in_the_text_fit_also_where_they_overlap(spans: tuple[Span, ...]) -> None:
    assert _misfit(*spans) is None


@pytest.mark.parametrize(
    ("span", "reason"),
    [
        (Span("ORG", 1, 2), "there is no label 'ORG' in this project."),
        (Span("LOC", -1, 2), "it starts at -1; the first character is at 0."),
        (Span("LOC", 4, 4), "it is empty: it starts at 4 and ends before 4."),
        (Span("LOC", 5, 4), "it is empty: it starts at 5 and ends before 4."),
        (Span("LOC", 9, 13), "it ends at 13, and the text after 12 characters (code points)."),
        (Span("PER", 0, 3), "it is the same as span 1."),
    ],
)
def test_spans_that_do_not_fit(span: Span, reason: str) -> None:
    assert _misfit(Span("PER", 0, 3), span) == f"span 2 ('{span.label}'): {reason}"


def test_where_the_text_is_not_known_a_span_may_end_anywhere() -> None:
    assert _misfit(Span("PER", 0, 1_000), subject=Subject()) is None
