"""Kinds whose answer is a set of labels.

Agreement is the mean, over all pairs of labelers, of the Jaccard index of their sets A and B: the size of
A & B / the size of A | B (Jaccard, 1912). The answer has the labels of more than half of the votes, and by
the tie-break those of exactly half; where that is no label, there is no answer.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from statistics import fmean

from core.domain.answers import Answer, Classes
from core.domain.kinds import Kind
from core.domain.quality import AgreementRules
from core.logic.agreement.votes import Value, Verdict, Vote, in_order, is_most
from core.logic.answering.rules import Rules


def merge(_rules: Rules, agreement: AgreementRules, votes: Sequence[Vote], order: Sequence[str]) -> Verdict:
    """What two votes or more come to."""
    sets = [_labels(vote.answer) for vote in votes]
    supporters = {
        label: [place for place, labels in enumerate(sets) if label in labels]
        for label in frozenset[str]().union(*sets)
    }
    taken = [label for label, by in supporters.items() if is_most(by, len(votes), agreement.tie_break)]
    share = fmean(jaccard(one, other) for one, other in combinations(sets, 2))
    return Verdict(share, Classes(tuple(in_order(taken, order))) if taken else None)


def similarity(_kind: Kind, _agreement: AgreementRules, one: Answer, other: Answer) -> float:
    """The Jaccard index."""
    return jaccard(_labels(one), _labels(other))


def confusions(
    _kind: Kind, _agreement: AgreementRules, given: Answer, consensus: Answer
) -> Counter[tuple[str | None, str | None]]:
    """Each label that is in both, is missing, or is too much. None of them stands for another."""
    had, due = _labels(given), _labels(consensus)
    return Counter((label if label in had else None, label if label in due else None) for label in had | due)


def units(_kind: Kind, _agreement: AgreementRules, votes: Sequence[Vote]) -> list[Mapping[str, Value]]:
    """The item."""
    return [{vote.labeler: _labels(vote.answer) for vote in votes}]


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """How much two sets have in common, 0 to 1; two empty sets all."""
    return len(one & other) / len(one | other) if one or other else 1.0


def _labels(answer: Answer) -> frozenset[str]:
    if isinstance(answer, Classes):
        return frozenset(answer.labels)
    raise ValueError(f"not labels: {answer}")
