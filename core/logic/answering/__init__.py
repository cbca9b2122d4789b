"""Whether an answer fits its project and its item. The one place where answers are checked."""

from collections.abc import Collection, Mapping, Sequence
from typing import TypeVar

from core.domain.answers import Answer, Boxes, Classes, Masks, Polygons, Region, Spans, regions
from core.domain.kinds import Kind
from core.logic.answering import boxes, classes, masks, polygons, spans
from core.logic.answering.rules import REGIONS_MAX, Rules, Subject, shown

__all__ = ["ANSWER_TYPES", "Rules", "Subject", "misfit", "misfits", "without"]

R = TypeVar("R", bound=Region)

ANSWER_TYPES: Mapping[Kind, type[Answer]] = {
    Kind.IMAGE_MULTICLASS: Classes,
    Kind.IMAGE_MULTILABEL: Classes,
    Kind.OBJECT_DETECTION: Boxes,
    Kind.INSTANCE_SEGMENTATION: Polygons,
    Kind.SEMANTIC_SEGMENTATION: Masks,
    Kind.TEXT_MULTICLASS: Classes,
    Kind.TEXT_MULTILABEL: Classes,
    Kind.TEXT_NER: Spans,
}
"""The shape of each kind's answers."""


def misfit(rules: Rules, answer: Answer, subject: Subject) -> str | None:
    """Why the answer cannot be this item's in a project of these rules, or None when it can.

    Regions are named by what they are and counted from 1: `box 3 ('Cat'): it ...`.
    """
    if reason := _other_type(rules, answer):
        return reason
    if isinstance(answer, Classes):
        return classes.misfit(answer, rules)
    found = misfits(rules, answer, subject)
    if not found:
        return None
    first = min(found)
    region = regions(answer)[first]
    return f"{type(region).__name__.lower()} {first + 1} ('{shown(region.label)}'): {found[first]}"


def misfits(rules: Rules, answer: Answer, subject: Subject) -> dict[int, str]:
    """The regions that do not fit, by index from 0, and why. The answer fits `without` them.

    Not so what has no regions, Classes and an answer of another kind's type: ask `misfit` of those.
    """
    marks = regions(answer)
    if reason := _other_type(rules, answer):
        return dict.fromkeys(range(len(marks)), reason)
    too_many = f"an item has at most {REGIONS_MAX:,} regions, and this one {len(marks):,}."
    excess = dict.fromkeys(range(REGIONS_MAX, len(marks)), too_many)
    return _family_misfits(rules, without(answer, excess), subject) | excess


def without(answer: Answer, indices: Collection[int]) -> Answer:
    """The answer without the regions of these indices, from 0."""
    match answer:
        case Boxes(marks):
            return Boxes(_without(marks, indices))
        case Polygons(marks):
            return Polygons(_without(marks, indices))
        case Masks(marks):
            return Masks(_without(marks, indices))
        case Spans(marks):
            return Spans(_without(marks, indices))
        case Classes():
            return answer


def _family_misfits(rules: Rules, answer: Answer, subject: Subject) -> dict[int, str]:
    match answer:
        case Boxes(marks):
            return boxes.misfits(marks, rules, subject)
        case Polygons(marks):
            return polygons.misfits(marks, rules, subject)
        case Masks(marks):
            return masks.misfits(marks, rules, subject)
        case Spans(marks):
            return spans.misfits(marks, rules, subject)
        case Classes():
            return {}


def _other_type(rules: Rules, answer: Answer) -> str | None:
    if isinstance(answer, ANSWER_TYPES[rules.kind]):
        return None
    return f"a project of kind '{rules.kind}' takes no answer of type '{type(answer).__name__}'."


def _without(marks: Sequence[R], indices: Collection[int]) -> tuple[R, ...]:
    return tuple(mark for index, mark in enumerate(marks) if index not in indices)
