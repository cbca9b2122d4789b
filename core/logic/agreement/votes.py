"""Votes, what they come to, and what decides between as many votes for one thing as for another."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from core.domain.agreement import Value
from core.domain.answers import Answer
from core.domain.quality import AgreementRules, TieBreak

__all__ = ["Value", "Verdict", "Vote", "in_order", "is_most", "most_voted"]

_ROUNDING = 1e-9
"""The mean of 0, 0.6 and 0.6 comes out a little below 0.4."""


@dataclass(frozen=True, slots=True)
class Vote:
    """What one labeler says of an item."""

    labeler: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Verdict:
    """How far the votes agree, 0 to 1, and the answer they come to: None if they come to none."""

    agreement: float
    answer: Answer | None

    def settles(self, rules: AgreementRules) -> bool:
        """Whether the item needs no more votes."""
        return self.answer is not None and self.agreement >= rules.threshold - _ROUNDING


def is_most(supporters: Collection[int], votes: int, tie_break: TieBreak) -> bool:
    """Whether more than half of the votes have something. `supporters` are those, by place of arrival from 0.

    Of what exactly half have, NONE takes nothing, FIRST_VOTE what the earliest vote has, FIRST_LABEL all.
    """
    if 2 * len(supporters) != votes:
        return 2 * len(supporters) > votes
    return tie_break is TieBreak.FIRST_LABEL or (tie_break is TieBreak.FIRST_VOTE and 0 in supporters)


def most_voted(labels: Mapping[int, str], tie_break: TieBreak, order: Sequence[str]) -> str | None:
    """The label of the most votes, given by place of arrival; None if several have as many and none wins.

    `order` is that of the label tree.
    """
    counts = Counter(labels.values())
    most = max(counts.values())
    tied = [label for label, count in counts.items() if count == most]
    if len(tied) == 1:
        return tied[0]
    match tie_break:
        case TieBreak.NONE:
            return None
        case TieBreak.FIRST_LABEL:
            return in_order(tied, order)[0]
        case TieBreak.FIRST_VOTE:
            return next(labels[place] for place in sorted(labels) if labels[place] in tied)


def in_order(labels: Collection[str], order: Sequence[str]) -> list[str]:
    """The labels as the tree has them; those it has no more come last, by name."""
    places = {label: place for place, label in enumerate(order)}
    return sorted(labels, key=lambda label: (places.get(label, len(places)), label))
