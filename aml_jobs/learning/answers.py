"""Answers as JSON objects, in the shapes of answer.schema.json: the only place that judges them.

Coordinates are pixels of the upright (EXIF applied) image; spans are half-open and count code points.
"""

import math
from collections.abc import Callable, Mapping
from typing import Any

from learning.errors import Unusable
from learning.task import ONE_CLASS, Task

Answer = Mapping[str, Any]


def check(answer: Any, task: Task, text: str | None = None) -> None:
    """Raises Unusable unless it is an answer to an item of the task; `text` is the item's, where known."""
    if not isinstance(answer, dict) or set(answer) != {task.answers}:
        raise Unusable(f"an answer of kind {task.kind} is an object with `{task.answers}` and nothing else.")
    found = answer[task.answers]
    if not isinstance(found, list):
        raise Unusable(f"`{task.answers}` is no list.")
    if task.answers == "labels":
        _check_labels(found, task)
        return
    for number, region in enumerate(found, 1):
        try:
            _check_region(region, task, text)
        except (Unusable, KeyError, TypeError, ValueError) as why:
            reason = f"{why} is missing" if isinstance(why, KeyError) else str(why)
            raise Unusable(f"number {number} of `{task.answers}`: {reason}") from None


def _check_labels(labels: list[Any], task: Task) -> None:
    if not labels or (task.kind in ONE_CLASS and len(labels) > 1):
        raise Unusable(f"{len(labels)} labels are not what kind {task.kind} has.")
    if len(set(map(str, labels))) < len(labels):
        raise Unusable("a label is given twice.")
    for label in labels:
        _check_label(label, task)


def _check_label(label: Any, task: Task) -> None:
    if label not in task.labels:
        raise Unusable(f"the label {label!r} is not among the task's {len(task.labels)}.")


def _check_region(region: Any, task: Task, text: str | None) -> None:
    if not isinstance(region, dict):
        raise Unusable("it is no object.")
    _check_label(region["label"], task)
    _CHECKS[task.answers](region, text)


def _check_box(box: dict[str, Any], _: str | None) -> None:
    numbers = [_finite(box[side]) for side in ("x", "y", "width", "height")]
    if min(numbers[2:]) <= 0:
        raise Unusable("its width and height have to be more than 0 pixels.")


def _check_polygon(polygon: dict[str, Any], _: str | None) -> None:
    if not polygon["parts"]:
        raise Unusable("it has no parts.")
    for ring in (*polygon["parts"], *polygon.get("holes", ())):
        if len([_finite(number) for number in ring]) < 6 or len(ring) % 2:
            raise Unusable("a ring is x1, y1, x2, y2, ... of at least three points.")


def _check_mask(mask: dict[str, Any], _: str | None) -> None:
    from learning.raster import runs

    height, width = (_whole(side) for side in mask["rle"]["size"])
    lengths = runs(str(mask["rle"]["counts"]))
    if min(height, width) < 1 or min(lengths, default=-1) < 0 or sum(lengths) != height * width:
        raise Unusable(f"its counts are no run-length encoding of {height} x {width} pixels.")


def _check_span(span: dict[str, Any], text: str | None) -> None:
    start, end = _whole(span["start"]), _whole(span["end"])
    if not 0 <= start < end or (text is not None and end > len(text)):
        raise Unusable(f"{start} to {end} are no code points of its text.")


_CHECKS: Mapping[str, Callable[[dict[str, Any], str | None], None]] = {
    "boxes": _check_box,
    "polygons": _check_polygon,
    "masks": _check_mask,
    "spans": _check_span,
}


def _finite(number: Any) -> float:
    if isinstance(number, bool) or not isinstance(number, int | float) or not math.isfinite(number):
        raise Unusable(f"{number!r} is no number of pixels.")
    return float(number)


def _whole(number: Any) -> int:
    if isinstance(number, bool) or not isinstance(number, int):
        raise Unusable(f"{number!r} is no whole number.")
    return number
