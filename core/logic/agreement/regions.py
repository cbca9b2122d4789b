"""Kinds whose answer is regions. How their agreement is measured, and what a cluster is: see `comparison`.

A cluster stands if more than half of the votes are in it, or half and the tie-break. Its label is the one of
the most votes in it; if several have as many and the tie-break names none, it does not stand. Its place is
merged from the regions that bear this label, as the module of their family says. Masks are merged pixel by
pixel instead.

Where nothing stands, the answer is that there is nothing if more than half of the votes, or half and the
tie-break, say so; else there is no answer. Nor is there one where the merged regions are more than an answer
can have.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from core.domain.answers import Answer, Boxes, Masks, Polygons, Region, Spans, regions
from core.domain.kinds import Kind
from core.domain.quality import AgreementRules
from core.logic.agreement import boxes, masks, polygons, spans
from core.logic.agreement.comparison import Cluster, compare, in_order_of_place
from core.logic.agreement.votes import Value, Verdict, Vote, is_most, most_voted
from core.logic.answering import misfit
from core.logic.answering.rules import Rules, Subject

Votes = Sequence[Vote]
Order = Sequence[str]

_MERGES: Mapping[Kind, Callable[[str, Sequence[Any]], Region | None]] = {
    Kind.OBJECT_DETECTION: boxes.merged,
    Kind.INSTANCE_SEGMENTATION: polygons.merged,
    Kind.TEXT_NER: spans.merged,
}
_ANSWERS: Mapping[Kind, Callable[[tuple[Any, ...]], Answer]] = {
    Kind.OBJECT_DETECTION: Boxes,
    Kind.INSTANCE_SEGMENTATION: Polygons,
    Kind.TEXT_NER: Spans,
}


def merge(rules: Rules, agreement: AgreementRules, votes: Votes, order: Order) -> Verdict:
    """What two votes or more come to."""
    compared = compare(rules.kind, agreement, [vote.answer for vote in votes])
    if rules.kind is Kind.SEMANTIC_SEGMENTATION:
        answer = _by_pixel(rules, agreement, votes, order)
    else:
        answer = _by_cluster(rules.kind, agreement, len(votes), order, compared.clusters())
    return Verdict(compared.agreement(), answer if _stands(answer, rules, agreement, votes) else None)


def similarity(kind: Kind, agreement: AgreementRules, one: Answer, other: Answer) -> float:
    """The F1 of their regions."""
    return compare(kind, agreement, [one, other]).agreement()


def confusions(
    kind: Kind, agreement: AgreementRules, given: Answer, consensus: Answer
) -> Counter[tuple[str | None, str | None]]:
    """The labels of matched regions, and of those that are missing or too much."""
    found = compare(kind, agreement, [given, consensus]).clusters()
    return Counter((_label(cluster, 0), _label(cluster, 1)) for cluster in found)


def units(kind: Kind, agreement: AgreementRules, votes: Votes) -> list[Mapping[str, Value]]:
    """Every cluster: what each labeler called it, and that the others saw nothing there."""
    found = compare(kind, agreement, [vote.answer for vote in votes]).clusters()
    return [{vote.labeler: _label(cluster, at) for at, vote in enumerate(votes)} for cluster in found]


def _by_pixel(rules: Rules, agreement: AgreementRules, votes: Votes, order: Order) -> Answer:
    marks = [vote.answer.masks for vote in votes if isinstance(vote.answer, Masks)]
    return Masks(tuple(masks.merged_by_pixel(marks, agreement.tie_break, order, overlap=rules.overlap)))


def _by_cluster(
    kind: Kind, agreement: AgreementRules, votes: int, order: Order, clusters: Sequence[Cluster]
) -> Answer:
    standing = [cluster for cluster in clusters if is_most(cluster, votes, agreement.tie_break)]
    merged = [_merged(kind, cluster, agreement, order) for cluster in standing]
    found = in_order_of_place(kind, {region for region in merged if region})
    return _ANSWERS[kind](tuple(found))


def _merged(kind: Kind, cluster: Cluster, agreement: AgreementRules, order: Order) -> Region | None:
    label = most_voted({at: region.label for at, region in cluster.items()}, agreement.tie_break, order)
    if label is None:
        return None
    return _MERGES[kind](label, [region for region in cluster.values() if region.label == label])


def _stands(answer: Answer, rules: Rules, agreement: AgreementRules, votes: Votes) -> bool:
    found = regions(answer)
    if not found:
        empty = [at for at, vote in enumerate(votes) if not regions(vote.answer)]
        return is_most(empty, len(votes), agreement.tie_break)
    theirs = replace(rules, labels=frozenset(region.label for region in found))
    return misfit(theirs, answer, Subject()) is None


def _label(cluster: Cluster, at: int) -> str | None:
    return cluster[at].label if at in cluster else None
