"""Spans: inside the text, and none twice. They may overlap."""

from collections.abc import Sequence

from core.domain.answers import Span
from core.logic.answering.rules import Rules, Subject, shown, unknown


def misfits(spans: Sequence[Span], rules: Rules, subject: Subject) -> dict[int, str]:
    """Why spans do not fit, by index."""
    found: dict[int, str] = {}
    fitting: dict[Span, int] = {}
    for index, span in enumerate(spans):
        if span in fitting:
            found[index] = f"it is the same as span {fitting[span] + 1}."
        elif reason := _misfit(span, rules, subject):
            found[index] = reason
        else:
            fitting[span] = index
    return found


def _misfit(span: Span, rules: Rules, subject: Subject) -> str | None:
    if reason := unknown(rules, span.label):
        return reason
    start, end = shown(span.start), shown(span.end)
    if span.start < 0:
        return f"it starts at {start}; the first character is at 0."
    if span.end <= span.start:
        return f"it is empty: it starts at {start} and ends before {end}."
    if subject.text is not None and span.end > len(subject.text):
        return f"it ends at {end}, and the text after {len(subject.text)} characters (code points)."
    return None
