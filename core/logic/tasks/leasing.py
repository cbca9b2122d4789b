"""Who holds which items of a shard: claim, renew, give back, reopen. Pure: a new Control comes out.

Expired leases are reclaimed by the next claim, so nothing has to sweep. What was reclaimed stays on the
shard's list of lapsed leases, so that a late answer can be matched to the labeler who was handed the item.
"""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain

from core.domain.errors import Conflict, TaskGone
from core.domain.items import ItemStatus
from core.domain.quality import Quality
from core.domain.records import ItemRecord
from core.domain.shards import CODE_STATUSES, STATUS_BITS, Control, Lane, Lease
from core.logic.tasks.paging import NO_HINTS, Hints, make_page, type_again

LAPSED_KEPT = 100
"""Lapsed leases that a shard remembers; an answer later than that many others is refused."""

_PENDING = bytes(
    1 if CODE_STATUSES.get(state & STATUS_BITS) is ItemStatus.PENDING else 0 for state in range(256)
)


@dataclass(frozen=True, slots=True)
class Ask:
    """Who asks for how many items, for how many minutes. `gold`: one of them is to have a known answer.

    `hints` say which items go well together.
    """

    task: str
    labeler: str
    size: int
    minutes: int
    quality: Quality
    barred: Container[int] = ()
    gold: bool = False
    hints: Hints = NO_HINTS


def wants(quality: Quality, votes: int, held: int) -> bool:
    """Whether an item with so many votes, in the hands of so many others, should go to one more labeler.

    Up to `min_labelers` work at once. Those who are asked because they disagreed come one by one.
    """
    if votes < quality.min_labelers:
        return votes + held < quality.min_labelers
    return votes < quality.max_labelers and not held


def free_indexes(
    control: Control, labeler: str, quality: Quality, now: datetime, barred: Container[int] = ()
) -> Iterator[int]:
    """The items that this labeler may have, in the order they are handed out.

    Those that only they may have come first, then those that others have begun. `barred` are items that the
    project reserves for others.
    """
    held = _held(control, now)
    if not (control.voted or control.reserved or quality.consensus):
        yield from (index for index in _pending(control) if index not in held and index not in barred)
        return
    had = {*control.voted.get(labeler, ()), *_held_by(control, labeler, now)}
    yield from (index for index in control.reserved.get(labeler, ()) if index not in had and not held[index])
    closed = had.union(*control.reserved.values())
    votes = Counter(index for indexes in control.voted.values() for index in indexes)
    fresh = (index for index in _pending(control) if index not in votes)
    yield from (
        index
        for index in chain(sorted(votes), fresh)
        if index not in closed and index not in barred and wants(quality, votes[index], held[index])
    )


def has_free(control: Control, labeler: str, quality: Quality, now: datetime) -> bool:
    """Whether a claim would find anything, but for what the project reserves."""
    return next(free_indexes(control, labeler, quality, now), None) is not None


def has_begun(control: Control, labeler: str, quality: Quality, now: datetime) -> bool:
    """Whether a claim would find what is for this labeler alone, or what others have begun."""
    if not (control.voted or control.reserved):
        return False
    others = [indexes for other, indexes in control.voted.items() if other != labeler]
    mine = control.voted.get(labeler, ())
    begun = set(control.reserved.get(labeler, ())).union(*others).difference(mine)
    if not begun:
        return False
    first = next(free_indexes(control, labeler, quality, now), None)
    return first in begun


def has_room(control: Control, labeler: str, quality: Quality, index: int) -> bool:
    """Whether an answer to this item that comes too late may still count."""
    if control.status(index) is not ItemStatus.PENDING or index in control.voted.get(labeler, ()):
        return False
    if any(index in indexes for other, indexes in control.reserved.items() if other != labeler):
        return False
    votes = sum(index in indexes for indexes in control.voted.values())
    return wants(quality, votes, sum(index in lease.indexes for lease in control.leases))


def gold_indexes(control: Control, labeler: str, now: datetime) -> Sequence[int]:
    """The gold items that this labeler has not had."""
    if not control.gold:
        return ()
    had = {*control.tested.get(labeler, ()), *_held_by(control, labeler, now)}
    return tuple(index for index in control.gold if index not in had)


def _pending(control: Control) -> Iterator[int]:
    pending = control.states.translate(_PENDING)
    index = pending.find(1)
    while index >= 0:
        yield index
        index = pending.find(1, index + 1)


def _held(control: Control, now: datetime) -> Counter[int]:
    """How many hold each item who have not answered it yet."""
    return Counter(
        index
        for lease in control.leases
        if lease.expires > now
        for index in lease.indexes
        if index not in control.voted.get(lease.labeler, ())
    )


def _held_by(control: Control, labeler: str, now: datetime) -> set[int]:
    leases = (lease for lease in control.leases if lease.labeler == labeler and lease.expires > now)
    return {index for lease in leases for index in lease.indexes}


def held_count(control: Control, now: datetime) -> int:
    """How many pending items are under an unexpired lease."""
    held = {index for lease in control.leases if lease.expires > now for index in lease.indexes}
    return sum(control.status(index) is ItemStatus.PENDING for index in held)


def claim(control: Control, asked: Ask, now: datetime) -> tuple[Control, Lease] | None:
    """Hand out up to `size` free items as a task, or None when there are none.

    Claiming the same task again returns the lease it has: a write whose reply was lost is not repeated.
    """
    granted = find_lease(control.leases, asked.task, asked.labeler)
    if granted is not None:
        return control, granted
    golden = gold_indexes(control, asked.labeler, now) if asked.gold else ()
    free = free_indexes(control, asked.labeler, asked.quality, now, asked.barred)
    page = make_page(control, free, asked.size, asked.hints, golden)
    if page is None:
        return None
    expires = now + timedelta(minutes=asked.minutes)
    lease = Lease(asked.task, asked.labeler, page.indexes, expires, page.type, _trust(control))
    reclaimed = reclaim(control, now)
    return replace(reclaimed, leases=(*reclaimed.leases, lease)), lease


def reclaim(control: Control, now: datetime) -> Control:
    """Move expired leases to the lapsed ones, of which the newest are kept."""
    expired = tuple(lease for lease in control.leases if lease.expires <= now)
    return replace(
        control,
        leases=tuple(lease for lease in control.leases if lease.expires > now),
        lapsed=(*control.lapsed, *expired)[-LAPSED_KEPT:],
    )


def find_lease(leases: Iterable[Lease], task: str, labeler: str) -> Lease | None:
    """The labeler's own lease on the task, if it is among these."""
    return next((lease for lease in leases if lease.task == task and lease.labeler == labeler), None)


def indexes_of(leases: Iterable[Lease], task: str, labeler: str) -> set[int]:
    """What these leases hold of the labeler's own task."""
    own = (lease for lease in leases if (lease.task, lease.labeler) == (task, labeler))
    return {index for lease in own for index in lease.indexes}


def without(leases: Iterable[Lease], task: str) -> tuple[Lease, ...]:
    """The leases but for the task's."""
    return tuple(lease for lease in leases if lease.task != task)


def released(control: Control, handed: Mapping[int, str]) -> Control:
    """The control entity once items were handed to somebody: for everybody else they have lapsed."""

    def parted(lease: Lease, *, lost: bool) -> Lease:
        own = (handed.get(index, lease.labeler) == lease.labeler for index in lease.indexes)
        pairs = zip(lease.indexes, own, strict=True)
        return replace(lease, indexes=tuple(index for index, is_own in pairs if is_own is not lost))

    lost = tuple(part for lease in control.leases if (part := parted(lease, lost=True)).indexes)
    if not lost:
        return control
    leases = tuple(part for lease in control.leases if (part := parted(lease, lost=False)).indexes)
    return replace(control, leases=leases, lapsed=(*control.lapsed, *lost)[-LAPSED_KEPT:])


def renew(control: Control, task: str, labeler: str, now: datetime, minutes: int) -> tuple[Control, Lease]:
    """Extend a lease, even an expired one that nobody has reclaimed. Raises TaskGone."""
    lease = find_lease(control.leases, task, labeler)
    if lease is None:
        raise TaskGone(task)
    renewed = replace(lease, expires=now + timedelta(minutes=minutes))
    return replace(control, leases=(*without(control.leases, task), renewed)), renewed


def give_back(control: Control, task: str, labeler: str) -> Control:
    """End a lease; its items are free at once. A task that is gone already stays gone. Raises TaskGone."""
    if find_lease(control.leases, task, labeler):
        return replace(control, leases=without(control.leases, task))
    if find_lease(control.lapsed, task, labeler) is None:
        raise TaskGone(task)
    return control


def reopen(
    control: Control,
    records: Mapping[int, ItemRecord],
    task: str,
    labeler: str,
    indexes: tuple[int, ...],
    now: datetime,
    minutes: int,
) -> tuple[Control, Lease]:
    """Lease a labeler's own answers that count back to them, to be replaced. Raises Conflict.

    They count until the new submission replaces them.
    """
    held = _held_by(control, labeler, now)
    for index in indexes:
        record = records.get(index, ItemRecord())
        counts = labeler in record.votes and (record.gold is not None or not record.decided)
        if index in held or not counts or record.defect is not None:
            raise Conflict(
                "These items cannot be taken back: your answer to one of them counts no more, or you are "
                "working on it already."
            )
    trust = _trust(control) if _blind_before(control, records, labeler, indexes) else None
    lease = Lease(
        task, labeler, indexes, now + timedelta(minutes=minutes), type_again(control, indexes), trust
    )
    return replace(control, leases=(*control.leases, lease)), lease


def _trust(control: Control) -> str | None:
    return control.trust.id if control.trust else None


def _blind_before(
    control: Control, records: Mapping[int, ItemRecord], labeler: str, indexes: Sequence[int]
) -> bool:
    """Whether the labeler's answers to what is audited now were given blind, so that others still are."""
    audited = (records[index] for index in indexes if control.lane(index) is Lane.AUDIT)
    said = (record.votes[labeler].audited for record in audited)
    return all(found is not None and found.trust == _trust(control) for found in said)
