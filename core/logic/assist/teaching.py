"""Which items a model is asked about, and which answers it learns from. Pure."""

from collections.abc import Set

from core.domain.answers import Answer
from core.domain.items import ItemStatus
from core.domain.records import ItemRecord, Source
from core.logic.records.counting import labels_of

LEFT_OUT = frozenset({ItemStatus.SKIPPED, ItemStatus.REMOVED, ItemStatus.MISSING, ItemStatus.UNREADABLE})
"""Nobody asks about items of these any more."""


def answer_to_learn(record: ItemRecord, labels: Set[str]) -> Answer | None:
    """What stands of an item, if somebody said it and it bears none but these labels.

    What a model said alone teaches nothing, and an answer without one of its regions would teach that there
    is nothing.
    """
    standing = record.annotation
    if record.status is not ItemStatus.LABELED or standing is None or standing.source is Source.MODEL:
        return None
    answer = standing.answer
    return answer if answer is not None and labels_of(answer) <= labels else None
