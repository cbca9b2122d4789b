"""Which doubts of a model are still worth a look. Pure."""

from collections.abc import Collection
from datetime import datetime

from core.domain.answers import Answer
from core.domain.items import ItemStatus
from core.domain.labels import Relabel
from core.domain.records import ItemRecord
from core.logic.records.relabeling import choosable, moved_on


def is_open(record: ItemRecord, since: datetime) -> bool:
    """Whether the answer that was doubted at a time still stands, and nobody has found it good."""
    standing = record.annotation
    return (
        record.status is ItemStatus.LABELED
        and standing is not None
        and standing.at <= since
        and not record.approved
    )


def suggestion(
    suggested: Answer, record: ItemRecord, labels: Collection[str], change: Relabel | None
) -> Answer | None:
    """What the model would say instead, in the labels of now; None if they leave nothing of it, or nothing
    that differs from the answer that stands."""
    standing = record.annotation
    offered = choosable(moved_on(suggested, labels, change), labels)
    return None if standing is not None and offered == standing.answer else offered
