from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.items import ImageInfo, Item, ItemStatus
from core.domain.records import Approval, Defect, ItemAction, ItemEvent, ItemRecord
from core.logic.records.following_blobs import GONE, ROW_GONE, etag_at, follow, updated
from tests.examples import NOON, a_record

LATER = NOON + timedelta(hours=1)
OLD = Item("photos/a.jpg", "v1", 11, image=ImageInfo(640, 480))
NEW = Item("photos/a.jpg", "v2", 22)
ROW = Item("news.csv", "t1", 5, 3, {"title": "Fears"})
UNKNOWN = Item("photos/a.jpg", "", 0, image=ImageInfo(640, 480))


def _actions(record: ItemRecord) -> list[ItemAction]:
    return [event.action for event in record.events]


def test_a_labeled_item_whose_blob_goes_keeps_its_answer_and_its_approval() -> None:
    before = replace(a_record(), approval=Approval(1, "ana", NOON))
    gone = follow(before, OLD, None, LATER)
    assert (gone.status, gone.defect) == (ItemStatus.MISSING, Defect(ItemStatus.MISSING, GONE))
    assert gone.annotation == before.annotation
    assert gone.events == (ItemEvent(LATER, "", ItemAction.WENT_MISSING, 1),)
    back = follow(gone, OLD, OLD, LATER)
    assert (back.status, back.defect, back.approved) == (ItemStatus.LABELED, None, True)
    assert _actions(back) == [ItemAction.WENT_MISSING, ItemAction.CAME_BACK]


def test_what_is_so_already_is_not_noted_again() -> None:
    gone = follow(a_record(), OLD, None, LATER)
    assert follow(gone, OLD, None, LATER) == gone
    assert follow(a_record(), OLD, OLD, LATER) == a_record()


def test_a_removed_item_stays_removed() -> None:
    removed = replace(a_record(), removed=True)
    assert follow(removed, OLD, None, LATER) == removed


def test_a_new_version_leaves_the_label_and_ends_what_was_wrong_with_the_old_one() -> None:
    before = replace(a_record(), defect=Defect(ItemStatus.UNREADABLE, "It is cut off."))
    after = follow(before, OLD, NEW, LATER)
    assert after.status is ItemStatus.LABELED
    assert after.events == (ItemEvent(LATER, "", ItemAction.BLOB_CHANGED, 1, detail="v1 → v2"),)
    assert updated(OLD, NEW) == Item("photos/a.jpg", "v2", 22)


def test_a_blob_that_comes_back_otherwise_is_both() -> None:
    gone = follow(a_record(), OLD, None, LATER)
    assert _actions(follow(gone, OLD, NEW, LATER))[1:] == [ItemAction.CAME_BACK, ItemAction.BLOB_CHANGED]


def test_a_version_that_was_never_known_is_filled_in_and_the_look_at_it_stands() -> None:
    assert follow(a_record(), UNKNOWN, NEW, LATER) == a_record()
    assert updated(UNKNOWN, NEW) == replace(UNKNOWN, etag="v2", size=22)


@pytest.mark.parametrize(
    ("now", "action"),
    [
        (replace(ROW, etag="t2"), None),
        (replace(ROW, etag="t2", columns={"title": "Hopes"}), ItemAction.BLOB_CHANGED),
        (replace(ROW, etag="t2", columns={"head": "Fears"}), ItemAction.BLOB_CHANGED),
        (None, ItemAction.WENT_MISSING),
    ],
)
def test_a_row_changes_with_its_cells(now: Item | None, action: ItemAction | None) -> None:
    after = follow(a_record(), ROW, now, LATER)
    assert _actions(after) == ([action] if action else [])
    if action is None:
        assert updated(ROW, now) == ROW
    if now is None:
        assert after.defect == Defect(ItemStatus.MISSING, ROW_GONE)


def test_a_revision_was_made_on_the_version_of_its_time() -> None:
    first, second = NOON + timedelta(hours=1), NOON + timedelta(hours=2)
    third = Item("photos/a.jpg", "v3", 33)
    record = follow(follow(a_record(), OLD, NEW, first), NEW, third, second)
    times = [NOON, first - timedelta(seconds=1), first, second - timedelta(seconds=1), second]
    assert [etag_at(record, third, at) for at in times] == ["v1", "v1", "v2", "v2", "v3"]


def test_what_a_reviewer_said_is_told_whatever_becomes_of_the_blob() -> None:
    rejected = ItemEvent(NOON, "ana", ItemAction.REJECTED, comment="Look again.")
    record = follow(ItemRecord(events=(rejected,)), OLD, None, LATER)
    assert follow(record, OLD, NEW, LATER).comment == "Look again."
