"""Which items somebody wants to see."""

from dataclasses import dataclass

from core.domain.items import ItemStatus
from core.domain.records import Source


@dataclass(frozen=True, slots=True)
class Filter:
    """Which items; None means any. Confidence is the prelabel's, agreement that of a consensus, both 0..1.

    The label is one of the answer that stands, and the source is that answer's; the labeler is one whose
    answer counts. Flagged are items that a labeler asks to look at again. The path is a part of the
    item's name, whatever its case.
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
    flagged: bool | None = None
    source: Source | None = None
    path: str | None = None
