"""Figures that can be counted by hand."""

import math
from typing import Any

from learning.learner import Found
from learning.regions import kept
from learning.scores import average_precision, best_cut, scores
from learning.task import Task
from learning.tracking import numbers

CLASSES = Task("image_multiclass", ("a", "b"))
BOXES = Task("object_detection", ("a", "b"))


def box(label: str, x: float) -> dict[str, Any]:
    """Ten pixels wide and high."""
    return {"label": label, "x": x, "y": 0, "width": 10, "height": 10}


def test_classes() -> None:
    given = [{"labels": [label]} for label in "aaab"]
    found = [Found({"labels": [label]}, 1.0) for label in "aabb"]
    figures = scores(CLASSES, given, found, 0.0)
    assert figures["accuracy"] == 3 / 4
    assert figures["confusion"] == {"a": {"a": 2, "b": 1}, "b": {"b": 1}}
    assert figures["by_label"]["b"] == {
        "given": 1, "found": 2, "right": 1, "precision": 1 / 2, "recall": 1.0, "f1": 2 / 3,
    }  # fmt: skip


def test_boxes() -> None:
    """A right one, one of the other label, one that overlaps by a third; two are kept."""
    given = [{"boxes": [box("a", 0), box("b", 50), box("a", 90)]}]
    found = [Found({"boxes": [box("a", 1), box("a", 50), box("a", 95)]}, 1.0, [0.9, 0.8, 0.1])]
    figures = scores(BOXES, given, found, 0.5)
    assert (figures["given"], figures["found"], figures["right"]) == (3, 2, 1)
    assert figures["by_label"]["a"]["ap50"] == 51 / 101  # recall 0 to 0.5 of 101 steps
    assert figures["ap50"] == 51 / 202
    assert best_cut(BOXES, given, found) == 0.6  # where only the surest is kept, but no higher


def test_average_precision() -> None:
    assert average_precision([True, True], 2) == 1.0
    assert average_precision([False, True], 1) == 0.5
    assert average_precision([], 3) == 0.0


def test_what_is_kept_and_how_sure_that_is() -> None:
    found = Found({"boxes": [box("a", 0), box("b", 20), box("a", 40)]}, 1.0, [0.9, 0.5, 0.3])
    cut = kept(found, "boxes", 0.4)
    assert cut.answer == {"boxes": [box("a", 0), box("b", 20)]}
    assert cut.regions == [0.9, 0.5]
    assert cut.confidence == 0.5
    assert math.isclose(kept(found, "boxes", 0.6).confidence, 0.5)
    assert math.isclose(kept(found, "boxes", 0.95).confidence, 0.1)


def test_masks() -> None:
    size = (2, 2)
    half = {"masks": [{"label": "a", "rle": {"size": list(size), "counts": "022"}}]}
    whole = {"masks": [{"label": "a", "rle": {"size": list(size), "counts": "04"}}]}
    figures = scores(Task("semantic_segmentation", ("a", "b")), [half], [Found(whole, 1.0)], 0.0)
    assert figures["by_label"]["a"]["found"] == 4
    assert figures["miou"] == 1 / 2


def test_nested_figures_have_names() -> None:
    assert numbers({"overall": {"f1": 0.5}, "folds": [{"items": 3}], "kind": "x", "flip": True}) == [
        ("overall/f1", 0.5),
        ("folds/0/items", 3.0),
    ]
