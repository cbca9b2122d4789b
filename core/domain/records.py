"""Everything that was ever said of an item, and done to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.domain.answers import Answer
from core.domain.assist import Audited
from core.domain.items import ItemStatus


class Source(StrEnum):
    """How an answer came about: a labeler's, a file's, merged from votes, a reviewer's, the known one, or a
    model's that stands without a person."""

    MANUAL = "manual"
    IMPORTED = "imported"
    CONSENSUS = "consensus"
    REVIEW = "review"
    GOLD = "gold"
    MODEL = "model"


DECIDED = frozenset({Source.REVIEW, Source.GOLD})
"""What a person who may do so has settled: votes do not move it."""


@dataclass(frozen=True, slots=True)
class Revision:
    """Something that was said of an item: an answer, or a reason for skipping it.

    `late` marks an answer whose lease had expired and whose item had moved on: kept, but never counted.
    `width` and `height` are pixels of the upright image, as the page that showed it measured them.
    `agreement`, 0..1, is that of the votes behind a CONSENSUS; `right` says whether an answer to a gold item
    agrees with the known one; `rejected` and `corrected` what a reviewer thought of it; `audited` what it
    says, given blind, of a model. `flag` is why its labeler asks for another look at the item.
    """

    number: int
    user: str
    at: datetime
    task: str
    submission: str
    answer: Answer | None = None
    skipped: str | None = None
    late: bool = False
    source: Source = Source.MANUAL
    width: int | None = None
    height: int | None = None
    milliseconds: int = 0
    agreement: float | None = None
    right: bool | None = None
    rejected: bool = False
    corrected: bool = False
    audited: Audited | None = None
    flag: str | None = None

    @property
    def run(self) -> str | None:
        """The run whose model gave the answer, if one did."""
        return self.task if self.source is Source.MODEL else None


@dataclass(frozen=True, slots=True)
class Approval:
    """Somebody looked at a revision, by number, and found it good."""

    revision: int
    user: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Defect:
    """What is wrong with an item's blob: it is MISSING or UNREADABLE, and why, for a person to read."""

    status: ItemStatus
    reason: str


class ItemAction(StrEnum):
    """What was done to an item, beside answering it."""

    APPROVED = "approved"
    UNAPPROVED = "unapproved"
    CORRECTED = "corrected"
    REJECTED = "rejected"
    SKIP_ACCEPTED = "skip_accepted"
    ASSIGNED = "assigned"
    RELABELED = "relabeled"
    RESTARTED = "restarted"
    MARKED_GOLD = "marked_gold"
    UNMARKED_GOLD = "unmarked_gold"
    WITHDRAWN = "withdrawn"
    BLOB_CHANGED = "blob_changed"
    WENT_MISSING = "went_missing"
    CAME_BACK = "came_back"


BLOB_ACTIONS = frozenset({ItemAction.BLOB_CHANGED, ItemAction.WENT_MISSING, ItemAction.CAME_BACK})
"""What happens to an item's blob. Nobody who labels the item has to know."""


@dataclass(frozen=True, slots=True)
class ItemEvent:
    """Who did what, and when. `revision` stood before; `to` is the labeler an item was handed to."""

    at: datetime
    user: str
    action: ItemAction
    revision: int | None = None
    comment: str | None = None
    to: str | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class ItemRecord:
    """An item's revisions, oldest first, the number of the one that stands (None: none does), and its events.

    Revisions up to number `since` count no more: they were rejected, or labeling began anew. `contested`:
    its labelers disagree, and there are no more to ask. `removed`: a reviewer accepted that it cannot be
    labeled. `gold` numbers the revision with the known answer, `kept` the old answer that labelers begin
    with. `reserved_for` names the one labeler who may have it, and whose answer settles it. `labels` is the
    version of the label tree that its answers are in, unless its shard's is newer.
    """

    revisions: tuple[Revision, ...] = ()
    standing: int | None = None
    since: int = 0
    defect: Defect | None = None
    approval: Approval | None = None
    contested: bool = False
    removed: bool = False
    gold: int | None = None
    kept: int | None = None
    reserved_for: str | None = None
    labels: int = 0
    events: tuple[ItemEvent, ...] = ()

    @property
    def status(self) -> ItemStatus:
        """Where the item stands; nothing else decides it."""
        standing = self.annotation
        if self.defect is not None:
            return self.defect.status
        if self.removed:
            return ItemStatus.REMOVED
        if standing is not None:
            return ItemStatus.SKIPPED if standing.answer is None else ItemStatus.LABELED
        return ItemStatus.NEEDS_REVIEW if self.contested else ItemStatus.PENDING

    @property
    def version(self) -> int:
        """How often it has changed."""
        return len(self.revisions) + len(self.events)

    @property
    def annotation(self) -> Revision | None:
        """The revision that stands, an answer or a skip."""
        return None if self.standing is None else self.revisions[self.standing - 1]

    @property
    def votes(self) -> Mapping[str, Revision]:
        """What each labeler says now, in the order in which they first said something."""
        counting = self.revisions[self.since :]
        return {made.user: made for made in counting if made.source is Source.MANUAL and not made.late}

    @property
    def approved(self) -> bool:
        """Whether the revision that stands is approved."""
        return self.approval is not None and self.approval.revision == self.standing

    @property
    def decided(self) -> bool:
        """Whether what stands was settled by somebody who may, so that votes do not move it."""
        standing = self.annotation
        return standing is not None and standing.source in DECIDED

    @property
    def by_model(self) -> bool:
        """Whether a model's answer stands that nobody has approved."""
        standing = self.annotation
        return standing is not None and standing.source is Source.MODEL and not self.approved

    @property
    def comment(self) -> str | None:
        """What whoever labels it next should know."""
        told = (event.comment for event in reversed(self.events) if event.action not in BLOB_ACTIONS)
        return next(told, None)

    def revision(self, number: int | None) -> Revision | None:
        """The revision of a number, None of none."""
        return None if number is None else self.revisions[number - 1]
