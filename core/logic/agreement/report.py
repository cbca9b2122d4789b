"""How far labelers agree, from the records of shards to a report. Pure.

An item counts from two votes that have an answer; its agreement is what `agreement.merge` says, settled or
not. Where an answer stands that is no labeler's own (merged from the votes, or decided by a reviewer), each
vote is held against it. A consensus has the labeler's own vote in it, so they are more alike than strangers.

Sums of parts add up to the sum of the whole; nothing is lost for alpha.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, TypeVar

from core.domain.agreement import (
    AgreementReport,
    AgreementSums,
    Confusion,
    Judged,
    LabelAgreement,
    LabelerAgreement,
    LabelerSums,
    Values,
)
from core.domain.answers import Answer
from core.domain.records import ItemRecord, Revision, Source
from core.domain.shards import Tally
from core.logic.agreement import Vote, confusions, similarity, units
from core.logic.agreement.alpha import alpha_of, judged
from core.logic.records.settling import Terms, verdict

CONFUSIONS_MAX = 1_000
"""A report has so many pairs of labels, those that are confused most often."""

_SETTLED = frozenset({Source.CONSENSUS, Source.REVIEW, Source.GOLD})
"""What stands is no labeler's own answer."""

Pair = tuple[str | None, str | None]
K = TypeVar("K")


class _ItemSums(NamedTuple):
    """What one item adds."""

    agreement: float
    judged: Counter[Values]
    confusions: Counter[Pair]
    similarities: Mapping[str, float | None]


def summed(records: Iterable[ItemRecord], tallies: Mapping[str, Tally], terms: Terms) -> AgreementSums:
    """What a shard's records, in the labels of now, and its labelers' tallies add to the report."""
    items = [_item_sums(record, terms) for record in records]
    counted = [item for item in items if item is not None]
    gold = {
        user: LabelerSums(gold=tally.gold, gold_right=tally.gold_right)
        for user, tally in tallies.items()
        if tally.gold
    }
    theirs = [_labeler_sums(item) for item in counted]
    return AgreementSums(
        items=len(counted),
        votes=sum(len(item.similarities) for item in counted),
        agreement=sum(item.agreement for item in counted),
        judged=_as_judged(item.judged for item in counted),
        confusions=_as_confusions(item.confusions for item in counted),
        labelers=_all_labelers([*theirs, gold]),
    )


def total(parts: Sequence[AgreementSums]) -> AgreementSums:
    """The sum of sums."""
    return AgreementSums(
        items=sum(part.items for part in parts),
        votes=sum(part.votes for part in parts),
        agreement=sum(part.agreement for part in parts),
        judged=_as_judged({each.values: each.count for each in part.judged} for part in parts),
        confusions=_as_confusions(
            {(each.given, each.consensus): each.count for each in part.confusions} for part in parts
        ),
        labelers=_all_labelers(part.labelers for part in parts),
    )


def report(sums: AgreementSums, at: datetime) -> AgreementReport:
    """The figures that sums come to. `mean` is None without an item, `alpha` where it is not defined."""
    return AgreementReport(
        at=at,
        items=sums.items,
        votes=sums.votes,
        mean=sums.agreement / sums.items if sums.items else None,
        alpha=alpha_of({each.values: each.count for each in sums.judged}),
        labels=tuple(_labels(sums.confusions)),
        confusion=sums.confusions[:CONFUSIONS_MAX],
        labelers={
            user: LabelerAgreement(
                votes=labeler.votes,
                agreement=labeler.similarity / labeler.compared if labeler.compared else None,
                gold=labeler.gold,
                gold_right=labeler.gold_right,
            )
            for user, labeler in sums.labelers.items()
        },
    )


def _item_sums(record: ItemRecord, terms: Terms) -> _ItemSums | None:
    votes = {user: made for user, made in record.votes.items() if made.answer is not None}
    found = verdict(votes, terms) if len(votes) > 1 else None
    if found is None:
        return None
    kind, rules = terms.rules.kind, terms.quality.agreement
    answers = {user: made.answer for user, made in votes.items() if made.answer is not None}
    said = judged(units(kind, rules, [Vote(user, answer) for user, answer in answers.items()]))
    settled = _settled(record.annotation)
    if settled is None:
        return _ItemSums(found.agreement, said, Counter(), dict.fromkeys(answers))
    apart: Counter[Pair] = Counter()
    for answer in answers.values():
        apart += confusions(kind, rules, answer, settled)
    alike = {user: similarity(kind, rules, answer, settled) for user, answer in answers.items()}
    return _ItemSums(found.agreement, said, apart, alike)


def _settled(standing: Revision | None) -> Answer | None:
    """The answer that votes are held against."""
    return standing.answer if standing is not None and standing.source in _SETTLED else None


def _labeler_sums(item: _ItemSums) -> Mapping[str, LabelerSums]:
    return {
        user: LabelerSums(1) if alike is None else LabelerSums(1, 1, alike)
        for user, alike in item.similarities.items()
    }


def _as_judged(counts: Iterable[Mapping[Values, int]]) -> tuple[Judged, ...]:
    return tuple(Judged(values, count) for values, count in _added(counts).items())


def _as_confusions(counts: Iterable[Mapping[Pair, int]]) -> tuple[Confusion, ...]:
    """The most frequent first, then by name; nothing comes before everything."""
    found = [Confusion(given, due, count) for (given, due), count in _added(counts).items()]
    return tuple(sorted(found, key=lambda each: (-each.count, each.given or "", each.consensus or "")))


def _added(counts: Iterable[Mapping[K, int]]) -> Counter[K]:
    together: Counter[K] = Counter()
    for some in counts:
        together.update(some)
    return together


def _all_labelers(parts: Iterable[Mapping[str, LabelerSums]]) -> Mapping[str, LabelerSums]:
    together: dict[str, LabelerSums] = {}
    for part in parts:
        for user, more in part.items():
            known = together.get(user, LabelerSums())
            together[user] = LabelerSums(
                known.votes + more.votes,
                known.compared + more.compared,
                known.similarity + more.similarity,
                known.gold + more.gold,
                known.gold_right + more.gold_right,
            )
    return dict(sorted(together.items()))


def _labels(found: Iterable[Confusion]) -> Iterator[LabelAgreement]:
    """Every label that was given, by name."""
    votes, agreed = Counter[str](), Counter[str]()
    for each in found:
        if each.given is not None:
            votes[each.given] += each.count
            agreed[each.given] += each.count * (each.given == each.consensus)
    yield from (LabelAgreement(label, votes[label], agreed[label]) for label in sorted(votes))
