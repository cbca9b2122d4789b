"""What the answers of several labelers to one item come to, and how far they agree.

Each kind has a method; its module states the formula. All answers are of the kind, and `misfit` passed them.
Neither the order of the votes nor the labelers' names change anything, but for TieBreak.FIRST_VOTE.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Protocol

from core.domain.answers import Answer
from core.domain.kinds import Kind
from core.domain.quality import AgreementRules
from core.logic.agreement import label_sets, one_label, regions
from core.logic.agreement.votes import Value, Verdict, Vote
from core.logic.answering.rules import Rules

__all__ = ["Value", "Verdict", "Vote", "confusions", "merge", "similarity", "units"]


def merge(rules: Rules, agreement: AgreementRules, votes: Sequence[Vote], order: Sequence[str]) -> Verdict:
    """What the votes come to. They are in order of arrival, each of another labeler.

    `order` lists the label paths as the tree has them. One vote alone agrees with itself. Raises ValueError
    for no votes.
    """
    if not votes:
        raise ValueError("no votes")
    if len(votes) == 1:
        return Verdict(1.0, votes[0].answer)
    return _METHODS[rules.kind].merge(rules, agreement, votes, order)


def similarity(kind: Kind, agreement: AgreementRules, one: Answer, other: Answer) -> float:
    """How far two answers agree, 0 to 1: 1 for equal answers, and the same both ways."""
    return _METHODS[kind].similarity(kind, agreement, one, other)


def confusions(
    kind: Kind, agreement: AgreementRules, given: Answer, consensus: Answer
) -> Counter[tuple[str | None, str | None]]:
    """How often a label was given where the consensus has which. None is where there is nothing."""
    return _METHODS[kind].confusions(kind, agreement, given, consensus)


def units(kind: Kind, agreement: AgreementRules, votes: Sequence[Vote]) -> list[Mapping[str, Value]]:
    """What an item adds to `alpha.alpha`: for each thing to be judged, every labeler's value."""
    return _METHODS[kind].units(kind, agreement, votes)


class _Method(Protocol):
    """A module with these functions."""

    def merge(
        self, rules: Rules, agreement: AgreementRules, votes: Sequence[Vote], order: Sequence[str], /
    ) -> Verdict: ...

    def similarity(self, kind: Kind, agreement: AgreementRules, one: Answer, other: Answer, /) -> float: ...

    def confusions(
        self, kind: Kind, agreement: AgreementRules, given: Answer, consensus: Answer, /
    ) -> Counter[tuple[str | None, str | None]]: ...

    def units(
        self, kind: Kind, agreement: AgreementRules, votes: Sequence[Vote], /
    ) -> list[Mapping[str, Value]]: ...


_METHODS: Mapping[Kind, _Method] = {
    Kind.IMAGE_MULTICLASS: one_label,
    Kind.IMAGE_MULTILABEL: label_sets,
    Kind.OBJECT_DETECTION: regions,
    Kind.INSTANCE_SEGMENTATION: regions,
    Kind.SEMANTIC_SEGMENTATION: regions,
    Kind.TEXT_MULTICLASS: one_label,
    Kind.TEXT_MULTILABEL: label_sets,
    Kind.TEXT_NER: regions,
}
