"""A shard's counters, as the sum of what each record contributes.

Counters move by subtracting a record's old contribution and adding its new one, so they always equal a
recount of all records.
"""

import operator
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields

from core.domain.answers import Answer, Classes, Masks, regions
from core.domain.assist import Audited
from core.domain.items import ItemStatus
from core.domain.records import ItemRecord, Revision, Source
from core.domain.shards import Counts, Tally

_numbers: Callable[[Tally], tuple[int, ...]] = operator.attrgetter(*(field.name for field in fields(Tally)))
"""A tally's numbers in their order; dataclasses.astuple takes ten times as long."""


def labels_of(answer: Answer) -> set[str]:
    """The labels that occur in an answer, each once however many regions bear it."""
    if isinstance(answer, Classes):
        return set(answer.labels)
    return {region.label for region in regions(answer)}


def regions_of(answer: Answer) -> Mapping[str, int]:
    """How many regions of an answer bear each label; nothing where each label is there once."""
    if isinstance(answer, Masks):
        return {}
    return Counter(region.label for region in regions(answer))


def contribution(record: ItemRecord) -> Counts:
    """What one item adds to its shard's counters.

    Labels, days and approvals count while the item is labeled; an imported answer is no day's work, nor is a
    model's. Each labeler's tally counts what they say now, and the time that they ever spent.
    """
    standing = record.annotation
    if standing is None or standing.answer is None or record.status is not ItemStatus.LABELED:
        return Counts(labelers=_tallies(record), audits=_audits(record))
    made = standing.source not in {Source.IMPORTED, Source.MODEL}
    return Counts(
        labels=dict.fromkeys(sorted(labels_of(standing.answer)), 1),
        labelers=_tallies(record),
        days={standing.at.date().isoformat(): 1} if made else {},
        approved=int(record.approved),
        accepted=int(standing.source is Source.MODEL),
        audits=_audits(record),
        regions=regions_of(standing.answer),
    )


def audit_key(said: Audited) -> str:
    """What Counts.audits counts it under."""
    return f"{said.trust} {said.right}/{said.total}"


def audited_of(key: str) -> Audited:
    """What is counted under this key."""
    trust, _, shares = key.rpartition(" ")
    right, _, total = shares.partition("/")
    return Audited(trust, int(right), int(total))


def _audits(record: ItemRecord) -> Mapping[str, int]:
    return Counter(audit_key(made.audited) for made in record.votes.values() if made.audited)


def _tallies(record: ItemRecord) -> Mapping[str, Tally]:
    tallies: dict[str, Tally] = {}
    votes = {revision.number for revision in record.votes.values()}
    for revision in record.revisions:
        if revision.source is Source.MANUAL:
            tally = _tally(revision, votes=revision.number in votes)
            tallies[revision.user] = _add_tallies(tallies.get(revision.user, Tally()), tally)
    return {user: tally for user, tally in tallies.items() if tally != Tally()}


def _tally(revision: Revision, *, votes: bool) -> Tally:
    return Tally(
        labeled=int(votes and revision.answer is not None),
        skipped=int(votes and revision.answer is None),
        rejected=int(revision.rejected),
        corrected=int(revision.corrected),
        gold=int(votes and revision.right is not None),
        gold_right=int(votes and revision.right is True),
        milliseconds=revision.milliseconds,
    )


def moved(counts: Counts, before: ItemRecord, after: ItemRecord) -> Counts:
    """The counters once `before` has become `after`."""
    old, new = contribution(before), contribution(after)
    return add(subtract(counts, old), new)


def recount(records: Iterable[ItemRecord]) -> Counts:
    """The counters from nothing but the records."""
    return total(contribution(record) for record in records)


def total(counters: Iterable[Counts]) -> Counts:
    """The sum of many counters."""
    parts = tuple(counters)
    tallies: dict[str, Tally] = {}
    for part in parts:
        for user, tally in part.labelers.items():
            tallies[user] = _add_tallies(tallies.get(user, Tally()), tally)
    return Counts(
        labels=_add_numbers(part.labels for part in parts),
        labelers=tallies,
        days=_add_numbers(part.days for part in parts),
        approved=sum(part.approved for part in parts),
        accepted=sum(part.accepted for part in parts),
        audits=_add_numbers(part.audits for part in parts),
        regions=_add_numbers(part.regions for part in parts),
    )


def add(counts: Counts, more: Counts) -> Counts:
    """The sum of two counters."""
    return total((counts, more))


def subtract(counts: Counts, less: Counts) -> Counts:
    """The difference of two counters; what falls to nothing disappears."""
    tallies = dict(counts.labelers)
    for user, tally in less.labelers.items():
        tallies[user] = _add_tallies(tallies[user], _negative(tally))
    return Counts(
        labels=_subtract_numbers(counts.labels, less.labels),
        labelers={user: tally for user, tally in tallies.items() if tally != Tally()},
        days=_subtract_numbers(counts.days, less.days),
        approved=counts.approved - less.approved,
        accepted=counts.accepted - less.accepted,
        audits=_subtract_numbers(counts.audits, less.audits),
        regions=_subtract_numbers(counts.regions, less.regions),
    )


def _add_numbers(parts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    numbers = Counter[str]()
    for part in parts:
        numbers.update(part)
    return dict(numbers)


def _subtract_numbers(numbers: Mapping[str, int], less: Mapping[str, int]) -> dict[str, int]:
    difference = Counter(numbers)
    difference.subtract(less)
    return {name: number for name, number in difference.items() if number}


def _add_tallies(one: Tally, other: Tally) -> Tally:
    return Tally(*map(operator.add, _numbers(one), _numbers(other)))


def _negative(tally: Tally) -> Tally:
    return Tally(*(-number for number in _numbers(tally)))
