"""How far the regions of several labelers agree, and which of them mean the same thing.

The agreement of two labelers is the F1 of their regions: 2m / (a + b), where one has a regions, the other b,
and m are matched (see `matching`) and bear the same label; 1 where neither has any. That of several is the
mean over all pairs of them.

Regions of several labelers that mean the same thing are a cluster. All matched pairs are taken in turn, those
that match best first. A pair joins the clusters that its two regions are in so far, unless a labeler would be
in the result twice.

Answers are compared in the order of what they say, so ties come out the same whoever voted when.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean
from typing import Any, Protocol

from core.domain.answers import Answer, Region, regions
from core.domain.kinds import Kind
from core.domain.quality import AgreementRules, SpanMatch
from core.logic.agreement import boxes, masks, polygons, spans
from core.logic.agreement.matching import Ious, Marks, Pair, match
from core.logic.answering import ANSWER_TYPES

OVERLAP = 0.5
"""The intersection over union, in code points, from which SpanMatch.OVERLAP takes spans for the same."""

EXACT = 1.0

Cluster = Mapping[int, Region]
"""A region of each labeler in the cluster, by the place of the labeler's answer."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Answers in the order of what they say: places, regions, matched pairs of each two."""

    places: Sequence[int]
    marks: Sequence[Sequence[Region]]
    pairs: Mapping[tuple[int, int], Sequence[Pair]]

    def agreement(self) -> float:
        """The mean F1 over all pairs of labelers, of whom there must be two, 0 to 1."""
        return fmean(self._f1(one, other) for one, other in self.pairs)

    def clusters(self) -> list[Cluster]:
        """All regions, each with those that mean the same thing."""
        groups = {(vote, at): {vote: at} for vote, marks in enumerate(self.marks) for at in range(len(marks))}
        for _, one, other in sorted(self._edges()):
            if groups[one].keys().isdisjoint(groups[other]):
                both = groups[one] | groups[other]
                groups |= dict.fromkeys(both.items(), both)
        distinct = {id(group): group for group in groups.values()}.values()
        return [{self.places[vote]: self.marks[vote][at] for vote, at in group.items()} for group in distinct]

    def _f1(self, one: int, other: int) -> float:
        count = len(self.marks[one]) + len(self.marks[other])
        same = sum(self._same_label(one, other, pair) for pair in self.pairs[one, other])
        return 2 * same / count if count else 1.0

    def _edges(self) -> "list[tuple[float, tuple[int, int], tuple[int, int]]]":
        return [
            (-pair.weight, (one, pair.one), (other, pair.other))
            for (one, other), pairs in self.pairs.items()
            for pair in pairs
        ]

    def _same_label(self, one: int, other: int, pair: Pair) -> bool:
        return self.marks[one][pair.one].label == self.marks[other][pair.other].label


def compare(kind: Kind, rules: AgreementRules, answers: Sequence[Answer]) -> Comparison:
    """Match the regions of each two answers. Raises ValueError for answers of another kind."""
    for answer in answers:
        if not isinstance(answer, ANSWER_TYPES[kind]):
            raise ValueError(f"no answer of kind {kind}: {type(answer).__name__}")
    sorted_marks = [in_order_of_place(kind, regions(answer)) for answer in answers]
    place = _FAMILIES[kind].place
    said = [[(place(mark), mark.label) for mark in marks] for marks in sorted_marks]
    places = sorted(range(len(answers)), key=said.__getitem__)
    in_turn = [sorted_marks[at] for at in places]
    ready = _ready(kind, rules, in_turn)
    ious = _FAMILIES[kind].ious
    twos = combinations(range(len(answers)), 2)
    pairs = {(one, other): match(ready[one], ready[other], ious) for one, other in twos}
    return Comparison(places, in_turn, pairs)


def in_order_of_place(kind: Kind, marks: Iterable[Region]) -> list[Region]:
    """The regions by where they are, those at the same place by label."""
    place = _FAMILIES[kind].place
    return sorted(marks, key=lambda mark: (place(mark), mark.label))


class _Family(Protocol):
    """What is particular to boxes, polygons, masks or spans: a module with these functions."""

    @property
    def ious(self) -> Ious: ...

    def place(self, mark: Any, /) -> Any: ...

    def shapes(self, answers: Any, /) -> Sequence[Any]: ...


_FAMILIES: Mapping[Kind, _Family] = {
    Kind.OBJECT_DETECTION: boxes,
    Kind.INSTANCE_SEGMENTATION: polygons,
    Kind.SEMANTIC_SEGMENTATION: masks,
    Kind.TEXT_NER: spans,
}


def _ready(kind: Kind, rules: AgreementRules, answers: Sequence[Sequence[Region]]) -> list[Marks]:
    import numpy as np  # here, for the cold start's sake

    family = _FAMILIES[kind]
    numbers: dict[Any, int] = {}
    return [
        Marks(
            np.array([mark.label for mark in marks], str),
            np.array([_needed(kind, rules, mark.label) for mark in marks], float),
            np.array([numbers.setdefault(family.place(mark), len(numbers)) for mark in marks], np.int64),
            shapes,
        )
        for marks, shapes in zip(answers, family.shapes(answers), strict=True)
    ]


def _needed(kind: Kind, rules: AgreementRules, label: str) -> float:
    if kind is Kind.TEXT_NER:
        return EXACT if rules.spans is SpanMatch.EXACT else OVERLAP
    return rules.label_iou.get(label, rules.iou)
