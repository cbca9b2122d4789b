"""Which doubts are still worth a look, and what the model would say instead."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.answers import Box, Boxes, Classes
from core.domain.items import ItemStatus
from core.domain.labels import Relabel, RelabelMode
from core.domain.records import Approval, Defect, ItemRecord
from core.logic.assist.doubting import is_open, suggestion
from tests.examples import NOON, a_record

ROSE = a_record(label="Rose")
"""Answered at noon."""

LABELS = {"Animal", "Animal/Cat", "Rose"}


@pytest.mark.parametrize(
    ("record", "open_"),
    [
        (ROSE, True),
        (ItemRecord(), False),
        (replace(ROSE, standing=None), False),
        (replace(ROSE, approval=Approval(1, "ana", NOON)), False),
        (replace(ROSE, removed=True), False),
        (replace(ROSE, defect=Defect(ItemStatus.MISSING, "gone")), False),
    ],
)
def test_an_answer_that_stands_and_nobody_approved_is_worth_a_look(record: ItemRecord, open_: bool) -> None:
    assert is_open(record, NOON) is open_


def test_an_answer_that_is_newer_than_the_doubt_is_not() -> None:
    assert not is_open(ROSE, NOON - timedelta(seconds=1))
    assert is_open(ROSE, NOON + timedelta(seconds=1))


def test_the_suggestion_is_in_the_labels_of_now() -> None:
    moved = Relabel("o", RelabelMode.CONTINUE, {"Cat": "Animal/Cat"}, (), "ana", NOON)
    assert suggestion(Classes(("Cat",)), ROSE, LABELS, moved) == Classes(("Animal/Cat",))
    assert suggestion(Classes(("Cat",)), ROSE, LABELS, None) is None
    assert suggestion(Classes(("Rose",)), ROSE, LABELS, None) is None


def test_regions_of_labels_that_are_not_offered_are_left_out() -> None:
    boxes = Boxes((Box("Rose", 1, 2, 3, 4), Box("Tulip", 5, 6, 7, 8)))
    assert suggestion(boxes, ROSE, LABELS, None) == Boxes(boxes.boxes[:1])
