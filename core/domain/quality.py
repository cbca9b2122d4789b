"""How the answers of several labelers become one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class TieBreak(StrEnum):
    """What decides between as many votes for one thing as for another.

    `none`: nothing does, a tie is no agreement. `first_label`: the label that comes first in the tree.
    `first_vote`: the earliest vote.
    """

    NONE = "none"
    FIRST_LABEL = "first_label"
    FIRST_VOTE = "first_vote"


class SpanMatch(StrEnum):
    """When two spans are taken for the same: `exact`, start and end are; `overlap`, half of both is."""

    EXACT = "exact"
    OVERLAP = "overlap"


@dataclass(frozen=True, slots=True)
class AgreementRules:
    """What labelers have to agree on, and how closely.

    An item's agreement, 0 to 1, must reach `threshold`. Regions are taken for the same from an intersection
    over union of `iou` on, 0 to 1, or `label_iou` of their label's path.
    """

    threshold: float = 0.6
    iou: float = 0.5
    label_iou: Mapping[str, float] = field(default_factory=dict)
    spans: SpanMatch = SpanMatch.EXACT
    tie_break: TieBreak = TieBreak.NONE


@dataclass(frozen=True, slots=True)
class Quality:
    """How many labelers answer each item, and how often they are given one whose answer is known.

    Without `consensus` an item has one labeler. `gold_rate`, 0 to 1, is the share of gold items among those
    handed out.
    """

    consensus: bool = False
    min_labelers: int = 1
    max_labelers: int = 1
    agreement: AgreementRules = AgreementRules()
    gold_rate: float = 0.05
