"""Boxes: of some size, and inside the image."""

from collections.abc import Sequence

from core.domain.answers import Box
from core.logic.answering.rules import Rules, Subject, is_coordinate, outside, shown, unknown
from core.logic.geometry.bounds import Bounds


def misfits(boxes: Sequence[Box], rules: Rules, subject: Subject) -> dict[int, str]:
    """Why boxes do not fit, by index."""
    reasons = ((index, _misfit(box, rules, subject)) for index, box in enumerate(boxes))
    return {index: reason for index, reason in reasons if reason}


def _misfit(box: Box, rules: Rules, subject: Subject) -> str | None:
    reason = unknown(rules, box.label)
    if reason:
        return reason
    bounds = Bounds(box.x, box.y, box.width, box.height)
    for name, value in bounds._asdict().items():
        if not is_coordinate(value):
            return f"its {name} is {shown(value)}, which is no number of pixels."
    if box.width <= 0 or box.height <= 0:
        return f"it is {box.width:g} wide and {box.height:g} high; both must be more than 0 pixels."
    reason = outside(bounds, subject)
    return f"it {reason}" if reason else None
