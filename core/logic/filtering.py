"""Which items are meant by a filter. Pure."""

from core.domain.filters import Filter
from core.domain.items import Item
from core.domain.predictions import Prediction
from core.domain.records import ItemRecord, Source
from core.domain.shards import Control
from core.logic.records.counting import labels_of


def asks_records(wanted: Filter) -> bool:
    """Whether it takes an item's record to tell."""
    return any(
        value is not None
        for value in (
            wanted.label,
            wanted.labeler,
            wanted.approved,
            wanted.min_agreement,
            wanted.max_agreement,
            wanted.source,
        )
    )


def asks_prelabels(wanted: Filter) -> bool:
    """Whether it takes an item's prelabel to tell."""
    return any(
        value is not None for value in (wanted.prelabeled, wanted.min_confidence, wanted.max_confidence)
    )


def may_match(wanted: Filter, control: Control) -> bool:
    """Whether the shard's counters leave room for a match."""
    prelabels = wanted.prelabeled or wanted.min_confidence is not None or wanted.max_confidence is not None
    return (
        (wanted.status is None or control.statuses()[wanted.status] > 0)
        and (wanted.label is None or wanted.label in control.counts.labels)
        and (wanted.labeler is None or wanted.labeler in control.counts.labelers)
        and (not wanted.approved or control.counts.approved > 0)
        and (not wanted.gold or bool(control.gold))
        and (not wanted.flagged or bool(control.flagged))
        and (wanted.source is not Source.MODEL or control.counts.accepted + control.counts.approved > 0)
        and (not prelabels or control.predictions is not None)
    )


def may_match_item(wanted: Filter, control: Control, index: int) -> bool:
    """Whether the control entity leaves room for this item."""
    return (
        (wanted.status is None or control.status(index) is wanted.status)
        and (wanted.gold is None or (index in control.gold) is wanted.gold)
        and (wanted.flagged is None or (index in control.flagged) is wanted.flagged)
    )


def is_named(wanted: Filter, item: Item) -> bool:
    """Whether the item's name has what is searched for in it."""
    return wanted.path is None or wanted.path.casefold() in item.name.casefold()


def matches(wanted: Filter, record: ItemRecord, prelabel: Prediction | None) -> bool:
    """Whether an item that may match is meant."""
    standing = record.annotation
    answer = standing.answer if standing else None
    confidence = prelabel.confidence if prelabel else None
    return (
        (wanted.label is None or (answer is not None and wanted.label in labels_of(answer)))
        and (wanted.labeler is None or wanted.labeler in record.votes)
        and (wanted.source is None or (standing is not None and standing.source is wanted.source))
        and (wanted.approved is None or record.approved is wanted.approved)
        and (wanted.prelabeled is None or (prelabel is not None) is wanted.prelabeled)
        and _within(confidence, wanted.min_confidence, wanted.max_confidence)
        and _within(standing.agreement if standing else None, wanted.min_agreement, wanted.max_agreement)
    )


def _within(value: float | None, least: float | None, most: float | None) -> bool:
    if least is None and most is None:
        return True
    return value is not None and (least is None or value >= least) and (most is None or value <= most)
