"""Kinds whose answer is one label.

Agreement is the share of the most voted label: votes for it / votes. That label is the answer; of several
with as many votes the tie-break's, and by TieBreak.NONE there is no answer.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from core.domain.answers import Answer, Classes
from core.domain.kinds import Kind
from core.domain.quality import AgreementRules
from core.logic.agreement.votes import Value, Verdict, Vote, most_voted
from core.logic.answering.rules import Rules


def merge(_rules: Rules, agreement: AgreementRules, votes: Sequence[Vote], order: Sequence[str]) -> Verdict:
    """What two votes or more come to."""
    labels = {place: _label(vote.answer) for place, vote in enumerate(votes)}
    label = most_voted(labels, agreement.tie_break, order)
    share = max(Counter(labels.values()).values()) / len(votes)
    return Verdict(share, None if label is None else Classes((label,)))


def similarity(_kind: Kind, _agreement: AgreementRules, one: Answer, other: Answer) -> float:
    """1 for the same label, else 0."""
    return float(_label(one) == _label(other))


def confusions(
    _kind: Kind, _agreement: AgreementRules, given: Answer, consensus: Answer
) -> Counter[tuple[str | None, str | None]]:
    """The one label, and what it should have been."""
    return Counter({(_label(given), _label(consensus)): 1})


def units(_kind: Kind, _agreement: AgreementRules, votes: Sequence[Vote]) -> list[Mapping[str, Value]]:
    """The item."""
    return [{vote.labeler: _label(vote.answer) for vote in votes}]


def _label(answer: Answer) -> str:
    if isinstance(answer, Classes) and len(answer.labels) == 1:
        return answer.labels[0]
    raise ValueError(f"not one label: {answer}")
