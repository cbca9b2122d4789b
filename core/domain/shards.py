"""A shard: up to 1,000 items under one control entity, which a single conditional write moves on."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum

from core.domain.assist import Trust
from core.domain.items import ItemStatus
from core.domain.records import ItemRecord
from core.domain.tasks import TaskType

STATUS_BITS = 0x0F
RECORDED = 0x10
"""Set in the state byte of an item that has a record."""

TOLD = 0x20
"""Set where whoever labels the item next is told something: a comment, or an old answer to begin with."""

LANE_BITS = 0xC0
LANE_SHIFT = 6

Indexes = Mapping[str, tuple[int, ...]]

STATUS_CODES: Mapping[ItemStatus, int] = {status: code for code, status in enumerate(ItemStatus)}
CODE_STATUSES: Mapping[int, ItemStatus] = {code: status for status, code in STATUS_CODES.items()}

_STATUS_CODE = bytes(state & STATUS_BITS for state in range(256))
_NO_LANE = 0xFF
_PENDING_LANE = bytes(
    state >> LANE_SHIFT if state & STATUS_BITS == STATUS_CODES[ItemStatus.PENDING] else _NO_LANE
    for state in range(256)
)


class Lane(IntEnum):
    """How an item goes to labelers while it is pending.

    MANUAL: without a prelabel. PRELABELED: with one that nobody vouches for. TRUSTED: with one that is.
    AUDIT: there is a trusted one, which labelers do not see. No page has items of several lanes, but that
    AUDIT looks like MANUAL.
    """

    MANUAL = 0
    PRELABELED = 1
    TRUSTED = 2
    AUDIT = 3


def pending_states(items: int) -> bytes:
    """The state bytes of items that nobody has answered."""
    return bytes([STATUS_CODES[ItemStatus.PENDING]]) * items


@dataclass(frozen=True, slots=True)
class Lease:
    """An expiring hold of one labeler on the items of one task.

    `type` is what the labeler saw, `trust` the id of the terms on which prelabels were shown or held back.
    """

    task: str
    labeler: str
    indexes: tuple[int, ...]
    expires: datetime
    type: TaskType = TaskType.MANUAL
    trust: str | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """What one labeler did in a shard, and the time they spent on it.

    `labeled` and `skipped` items are those that they answer now; of their answers, reviewers rejected or
    corrected some. `gold` counts those to items whose answer is known, `gold_right` the right ones.
    """

    labeled: int = 0
    skipped: int = 0
    rejected: int = 0
    corrected: int = 0
    gold: int = 0
    gold_right: int = 0
    milliseconds: int = 0


@dataclass(frozen=True, slots=True)
class Counts:
    """Exact counters of a shard: items per label, tallies per labeler, labeled items per UTC day, and how
    many answers are approved, and how many a model's that stand without a person.

    `regions` are boxes, polygons and spans per label; of classes and masks, no item has two of one label.
    `audits` counts blind answers by what they say of a model: `<trust> <right>/<total>`.
    """

    labels: Mapping[str, int] = field(default_factory=dict)
    labelers: Mapping[str, Tally] = field(default_factory=dict)
    days: Mapping[str, int] = field(default_factory=dict)
    approved: int = 0
    accepted: int = 0
    audits: Mapping[str, int] = field(default_factory=dict)
    regions: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Control:
    """The state of a shard.

    `states` holds a byte an item: its status code, RECORDED, TOLD, and its lane. `lapsed` are expired leases
    whose items went back to the queue; a late answer is matched against them. `manifest` names the blob of
    the items, `predictions` that of what is shown with them as prelabels, and `groups` that of which look
    alike, if there is one. `trust` is on what terms a model's predictions are shown.

    By labeler, as indexes in order: `voted` are pending items that they have had, `reserved` pending ones
    that nobody else may have, `tested` those of the `gold` items, whose answer is known, that they have had.
    `flagged` are the items that somebody should look at again.
    `labels` is the version of the label tree that all records have been brought to.
    """

    shard: int
    manifest: str
    states: bytes
    leases: tuple[Lease, ...] = ()
    lapsed: tuple[Lease, ...] = ()
    counts: Counts = Counts()
    predictions: str | None = None
    voted: Indexes = field(default_factory=dict)
    reserved: Indexes = field(default_factory=dict)
    gold: tuple[int, ...] = ()
    tested: Indexes = field(default_factory=dict)
    flagged: tuple[int, ...] = ()
    labels: int = 0
    groups: str | None = None
    trust: Trust | None = None

    def status(self, index: int) -> ItemStatus:
        """The status of one item."""
        return CODE_STATUSES[self.states[index] & STATUS_BITS]

    def recorded(self, index: int) -> bool:
        """Whether the item has a record."""
        return bool(self.states[index] & RECORDED)

    def lane(self, index: int) -> Lane:
        """How the item goes to labelers."""
        return Lane(self.states[index] >> LANE_SHIFT)

    def statuses(self) -> Counter[ItemStatus]:
        """How many items are in each status."""
        codes = self.states.translate(_STATUS_CODE)
        counts = {status: codes.count(code) for code, status in CODE_STATUSES.items()}
        return Counter({status: count for status, count in counts.items() if count})

    def has_pending(self) -> bool:
        """Whether any item is pending."""
        return STATUS_CODES[ItemStatus.PENDING] in self.states.translate(_STATUS_CODE)

    def pending(self) -> Counter[Lane]:
        """How many pending items are in each lane."""
        lanes = self.states.translate(_PENDING_LANE)
        counts = {lane: lanes.count(lane) for lane in Lane}
        return Counter({lane: count for lane, count in counts.items() if count})


@dataclass(frozen=True, slots=True)
class Outline:
    """What a shard holds, as far as somebody who looks for work has to know it of all shards.

    `pending`: there are pending items. `gold`: of some the answer is known. `labelers` are those who answered
    some, and `reserved` those for whom alone there are some.
    """

    pending: bool = True
    gold: bool = False
    labelers: frozenset[str] = frozenset()
    reserved: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Change:
    """What one conditional write does to a shard: the next control, and the records that go with it."""

    control: Control
    records: Mapping[int, ItemRecord] = field(default_factory=dict)
