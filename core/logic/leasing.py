"""Who holds which items of a shard: claim, renew, give back, reopen. Pure: a new Control comes out.

Expired leases are reclaimed by the next claim, so nothing has to sweep. What was reclaimed stays on the
shard's list of lapsed leases, so that a late answer can be matched to the labeler who was handed the item.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from core.domain.errors import Conflict, TaskGone
from core.domain.items import ItemRecord, ItemStatus
from core.domain.shards import CODE_STATUSES, STATUS_BITS, Control, Lease

LAPSED_KEPT = 100
"""Lapsed leases that a shard remembers; an answer later than that many others is refused."""

_PENDING = bytes(
    1 if CODE_STATUSES.get(state & STATUS_BITS) is ItemStatus.PENDING else 0 for state in range(256)
)


def free_indexes(control: Control, now: datetime) -> Iterable[int]:
    """The pending items that nobody holds, in the order they are handed out."""
    held = {index for lease in control.leases if lease.expires > now for index in lease.indexes}
    pending = control.states.translate(_PENDING)
    index = pending.find(1)
    while index >= 0:
        if index not in held:
            yield index
        index = pending.find(1, index + 1)


def has_free(control: Control, now: datetime) -> bool:
    """Whether a claim would find anything."""
    return next(iter(free_indexes(control, now)), None) is not None


def held_count(control: Control, now: datetime) -> int:
    """How many pending items are under an unexpired lease."""
    return sum(
        control.status(index) is ItemStatus.PENDING
        for lease in control.leases
        if lease.expires > now
        for index in lease.indexes
    )


def claim(
    control: Control, task: str, labeler: str, size: int, now: datetime, minutes: int
) -> tuple[Control, Lease] | None:
    """Hand out up to `size` free items as `task`, or None when there are none.

    Claiming the same task again returns the lease it has: a write whose reply was lost is not repeated.
    """
    granted = find_lease(control.leases, task, labeler)
    if granted is not None:
        return control, granted
    free = iter(free_indexes(control, now))
    indexes = tuple(index for index, _ in zip(free, range(size), strict=False))
    if not indexes:
        return None
    lease = Lease(task, labeler, indexes, now + timedelta(minutes=minutes))
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


def without(leases: Iterable[Lease], task: str) -> tuple[Lease, ...]:
    """The leases but for the task's."""
    return tuple(lease for lease in leases if lease.task != task)


def renew(control: Control, task: str, labeler: str, now: datetime, minutes: int) -> tuple[Control, Lease]:
    """Extend a lease, even an expired one that nobody has reclaimed. Raises TaskGone."""
    lease = find_lease(control.leases, task, labeler)
    if lease is None:
        raise TaskGone(task)
    renewed = replace(lease, expires=now + timedelta(minutes=minutes))
    return replace(control, leases=(*without(control.leases, task), renewed)), renewed


def give_back(control: Control, task: str, labeler: str) -> Control:
    """End a lease; its items are free at once. A task that is gone already stays gone. Raises TaskGone."""
    if find_lease(control.lapsed, task, labeler):
        return control
    if find_lease(control.leases, task, labeler) is None:
        raise TaskGone(task)
    return replace(control, leases=without(control.leases, task))


def reopen(
    control: Control,
    records: Mapping[int, ItemRecord],
    task: str,
    labeler: str,
    indexes: tuple[int, ...],
    now: datetime,
    minutes: int,
) -> tuple[Control, Lease]:
    """Lease a labeler's own standing answers back to them, to be replaced. Raises Conflict.

    The answers stand, and count, until the new submission replaces them.
    """
    held = {index for lease in control.leases if lease.expires > now for index in lease.indexes}
    for index in indexes:
        standing = records[index].annotation if index in records else None
        if index in held or standing is None or standing.user != labeler:
            raise Conflict(
                "These items cannot be taken back: your answer to one of them is no longer the one that "
                "stands, or somebody else is working on it."
            )
    lease = Lease(task, labeler, indexes, now + timedelta(minutes=minutes))
    return replace(control, leases=(*control.leases, lease)), lease
