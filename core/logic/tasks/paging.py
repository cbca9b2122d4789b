"""Which of the free items make a page, and what its labeler sees of them. Pure.

The first free item begins the page, and all others look like it: they come without a prelabel, with one that
nobody vouches for, or with a trusted one. Since items are free in random order, each sort comes as often as
there is of it. What is audited looks like what has no prelabel, and comes with it.

Where it is known which images look alike, a page has those that are most like the first one. Of what is to be
audited nobody may guess the prelabel, so as soon as a model predicts, pages without are never made so.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from heapq import nsmallest
from itertools import chain, islice
from math import inf

from core.domain.kinds import Kind
from core.domain.predictions import Groups
from core.domain.shards import LANE_SHIFT, Control, Lane, Lease
from core.domain.tasks import TaskType
from core.logic.assist.policy import shows_alike

GROUP = 9
"""Neighbours in a chain that are most alike: the largest page."""

Places = Mapping[int, tuple[int, int]]
"""By index, the number of an item's chain, and its place there."""

_SHOWN_AS = bytes(
    Lane.MANUAL if state >> LANE_SHIFT == Lane.AUDIT else state >> LANE_SHIFT for state in range(256)
)


@dataclass(frozen=True, slots=True)
class Hints:
    """What the archives say that a control entity names; where it names others, hints are nothing worth.

    `places` are those of `groups`. `sureness`, 0 to 1 by index, is that of `predictions`; it is given where
    what is least sure is to come first.
    """

    groups: str | None = None
    places: Places = field(default_factory=dict)
    predictions: str | None = None
    sureness: Mapping[int, float] = field(default_factory=dict)


NO_HINTS = Hints()


@dataclass(frozen=True, slots=True)
class Page:
    """Items by index, and what is known of them before a labeler sees them."""

    indexes: tuple[int, ...]
    type: TaskType


def places_of(groups: Groups) -> Places:
    """Where each item is."""
    return {
        index: (number, place) for number, members in enumerate(groups) for place, index in enumerate(members)
    }


def seeks_unsure(task: str) -> bool:
    """Whether a task is of the half that begins with what is least sure, where a project wants that.

    It depends on nothing but the task's id, so that a claim that is repeated decides the same.
    """
    return blake2b(f"unsure {task}".encode(), digest_size=1).digest()[0] < 128


def make_page(
    control: Control, free: Iterator[int], size: int, hints: Hints = NO_HINTS, golden: Sequence[int] = ()
) -> Page | None:
    """A page of up to `size` of the items that are free, which come in the order to hand them out in.

    One of the `golden` items is among them if there are any; then neither likeness nor sureness counts. None
    when nothing is free.
    """
    lanes = control.states.translate(_SHOWN_AS)
    if golden:
        return _with_gold(lanes, tuple(free), golden, size)
    if hints.predictions is not None and hints.predictions == control.predictions:
        known = tuple(free)
        unsure = (index for index in known if lanes[index] == Lane.PRELABELED)
        if found := nsmallest(size, unsure, key=lambda index: hints.sureness.get(index, inf)):
            return Page(tuple(found), TaskType.PRELABELED)
        free = iter(known)
    seed = next(free, None)
    if seed is None:
        return None
    lane = Lane(lanes[seed])
    alike = chain((seed,), (index for index in free if lanes[index] == lane))
    if size > 1 and hints.groups == control.groups and _page_type(control, lane) is TaskType.CLUSTERED:
        return _similar(tuple(alike), hints.places, size, lane)
    return Page(tuple(islice(alike, size)), _plain_type(lane))


def prelabels_shown(control: Control, lease: Lease, index: int) -> bool:
    """Whether the holder of a lease sees what is predicted of an item, now."""
    return lease.type is not TaskType.MANUAL and control.lane(index) in {Lane.PRELABELED, Lane.TRUSTED}


def type_again(control: Control, indexes: Sequence[int]) -> TaskType:
    """What is seen of items that their labeler takes back."""
    blind = any(_SHOWN_AS[control.states[index]] == Lane.MANUAL for index in indexes)
    return TaskType.MANUAL if blind else TaskType.PRELABELED


def pending_pages(controls: Iterable[Control], kind: Kind) -> Counter[tuple[Lane, TaskType]]:
    """How many pending items of each lane come in which type of task, to those who ask for several."""
    type_of = _page_type if shows_alike(kind) else lambda _control, lane: _plain_type(lane)
    found: Counter[tuple[Lane, TaskType]] = Counter()
    for control in controls:
        for lane, count in control.pending().items():
            found[lane, type_of(control, lane)] += count
    return found


def _plain_type(lane: Lane) -> TaskType:
    return TaskType.MANUAL if lane in {Lane.MANUAL, Lane.AUDIT} else TaskType.PRELABELED


def _page_type(control: Control, lane: Lane) -> TaskType:
    """What a page can be where it is known which images look alike."""
    plain = _plain_type(lane)
    if control.groups is None or (plain is TaskType.MANUAL and control.trust is not None):
        return plain
    return TaskType.CLUSTERED


def _with_gold(lanes: bytes, free: Sequence[int], golden: Sequence[int], size: int) -> Page:
    """A page without prelabels if it can be, and none on which the gold item would stand out."""
    manual = not free or any(lanes[index] == Lane.MANUAL for index in free)
    lane = Lane.MANUAL if manual else Lane(lanes[free[0]])
    tested = tuple(islice((index for index in golden if manual or lanes[index] == lane), 1))
    others = islice((index for index in free if lanes[index] == lane), size - len(tested))
    return Page(tuple(sorted((*others, *tested))), _plain_type(lane))


def _similar(alike: Sequence[int], places: Places, size: int, lane: Lane) -> Page:
    """The first item and those most like it, if its chain has enough; else what other chains have left over.

    Small remainders share pages: each by itself would make a short one.
    """
    left = Counter(places[index][0] for index in alike if index in places)
    seed = alike[0]
    number, place = places.get(seed, (None, 0))

    def distance(index: int) -> tuple[int, int]:
        other = places[index][1]
        return abs(other // GROUP - place // GROUP), abs(other - place)

    if number is not None and left[number] >= size:
        near = (index for index in alike if index in places and places[index][0] == number)
        return Page(tuple(nsmallest(size, near, key=distance)), TaskType.CLUSTERED)
    over = [index for index in alike if index not in places or left[places[index][0]] < size]
    rest = (index for index in alike if index not in over) if len(over) < size else ()
    return Page(tuple(islice(chain(over, rest), size)), _plain_type(lane))
