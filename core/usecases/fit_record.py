"""Fit what an imported file says of an item to the item: its size, its orientation, its project's rules."""

from dataclasses import dataclass

from core.domain.answers import Answer, Boxes, Masks, Polygons
from core.domain.items import ImageInfo
from core.domain.transfers import Refusal
from core.formats.import_records import Record
from core.logic.answering import Rules, Subject, misfit, misfits, without
from core.logic.geometry.moves import ON_ITS_SIDE, clipped, scaled, upright

STICKS_OUT_MAX = 1.0
"""Pixels by which a region may leave its image and is clipped: other tools round, or count from 1."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """What is left of a record: an answer, unless nothing is, and what was refused of it."""

    answer: Answer | None
    refusals: tuple[Refusal, ...] = ()


def fit_record(record: Record, rules: Rules, image: ImageInfo | None, text: str | None) -> Fitted:
    """The record's answer in pixels of the upright image, checked.

    Regions that are records of their own are refused one by one; otherwise all is taken or nothing.
    """
    answer = record.answer
    if isinstance(answer, Boxes | Polygons | Masks):
        moved = _onto(image, record)
        if isinstance(moved, str):
            return refused(record, moved)
        answer = moved
    subject = Subject(image.width if image else None, image.height if image else None, text)
    if record.regions:
        return _one_by_one(record, answer, rules, subject)
    reason = misfit(rules, answer, subject)
    return refused(record, reason) if reason else Fitted(answer)


def refused(record: Record, why: str) -> Fitted:
    """Nothing of the record, which may stand for several of the file."""
    return Fitted(None, tuple(Refusal(where, why) for where in record.parts))


def _one_by_one(record: Record, answer: Answer, rules: Rules, subject: Subject) -> Fitted:
    reasons = misfits(rules, answer, subject)
    refusals = tuple(Refusal(record.regions[index], why) for index, why in sorted(reasons.items()))
    if len(refusals) == len(record.regions):
        return Fitted(None, refusals)
    left = without(answer, reasons)
    reason = misfit(rules, left, subject)
    return refused(record, reason) if reason else Fitted(left, refusals)


def _onto(image: ImageInfo | None, record: Record) -> Answer | str:
    """The answer on the upright image's pixels, or why it cannot be brought there."""
    if image is None:
        return "the image cannot be read, so whether it fits is not known."
    width, height, answer = image.width, image.height, record.answer
    if record.normalized:
        answer = scaled(answer, width, height)
    elif record.size is not None and not _alike(record.size, (width, height)):
        on_its_side = image.orientation in ON_ITS_SIDE and _alike(record.size, (height, width))
        if not on_its_side:
            claimed = f"{record.size[0]} x {record.size[1]}"
            return f"it is for an image of {claimed} pixels, but this one has {width} x {height}."
        answer = upright(answer, height, width, image.orientation)
    return clipped(answer, width, height, STICKS_OUT_MAX)


def _alike(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return abs(one[0] - other[0]) <= 1 and abs(one[1] - other[1]) <= 1
