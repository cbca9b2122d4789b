"""Which items somebody wants to see. Pure."""

from dataclasses import dataclass

from core.domain.items import ItemStatus
from core.domain.predictions import Prediction
from core.domain.records import ItemRecord
from core.domain.shards import Control
from core.logic.counting import labels_of


@dataclass(frozen=True, slots=True)
class Filter:
    """Which items; None means any. Confidence is the prelabel's, agreement that of a consensus, both 0..1.

    The label is one of the answer that stands; the labeler is one whose answer counts, or made what stands.
    """

    status: ItemStatus | None = None
    label: str | None = None
    labeler: str | None = None
    prelabeled: bool | None = None
    min_confidence: float | None = None
    max_confidence: float | None = None
    approved: bool | None = None
    min_agreement: float | None = None
    max_agreement: float | None = None
    gold: bool | None = None

    @property
    def asks_records(self) -> bool:
        """Whether it takes an item's record to tell."""
        return any(
            wanted is not None
            for wanted in (self.label, self.labeler, self.approved, self.min_agreement, self.max_agreement)
        )

    @property
    def asks_prelabels(self) -> bool:
        """Whether it takes an item's prelabel to tell."""
        return any(
            wanted is not None for wanted in (self.prelabeled, self.min_confidence, self.max_confidence)
        )

    def may_match(self, control: Control) -> bool:
        """Whether the shard's counters leave room for a match."""
        prelabels = self.prelabeled or self.min_confidence is not None or self.max_confidence is not None
        return (
            (self.status is None or control.statuses()[self.status] > 0)
            and (self.label is None or self.label in control.counts.labels)
            and (not self.approved or control.counts.approved > 0)
            and (not self.gold or bool(control.gold))
            and (not prelabels or control.predictions is not None)
        )

    def may_match_item(self, control: Control, index: int) -> bool:
        """Whether the control entity leaves room for this item."""
        return (self.status is None or control.status(index) is self.status) and (
            self.gold is None or (index in control.gold) is self.gold
        )

    def matches(self, record: ItemRecord, prelabel: Prediction | None) -> bool:
        """Whether an item that may match is meant."""
        standing = record.annotation
        answer = standing.answer if standing else None
        labelers = {*record.votes, standing.user} if standing else set(record.votes)
        confidence = prelabel.confidence if prelabel else None
        return (
            (self.label is None or (answer is not None and self.label in labels_of(answer)))
            and (self.labeler is None or self.labeler in labelers)
            and (self.approved is None or record.approved is self.approved)
            and (self.prelabeled is None or (prelabel is not None) is self.prelabeled)
            and _within(confidence, self.min_confidence, self.max_confidence)
            and _within(standing.agreement if standing else None, self.min_agreement, self.max_agreement)
        )


def _within(value: float | None, least: float | None, most: float | None) -> bool:
    if least is None and most is None:
        return True
    return value is not None and (least is None or value >= least) and (most is None or value <= most)
