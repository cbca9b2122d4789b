"""What a change of the labels does to answers, records and prelabels. Pure.

A record says which version of the label tree its answers are in, and so does its shard; the newer of the two
holds. Whoever is about to change a record brings it up first, and the change itself goes through the shards
bringing up what is left: so it can be broken off and done twice, and people may answer meanwhile.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from core.domain.answers import (
    Answer,
    Box,
    Boxes,
    Classes,
    Mask,
    Masks,
    Polygon,
    Polygons,
    Span,
    Spans,
    regions,
)
from core.domain.assist import Trust
from core.domain.labels import Relabel, RelabelMode
from core.domain.predictions import Prediction
from core.domain.records import ItemAction, ItemEvent, ItemRecord
from core.logic.answering import without
from core.logic.geometry.masks import merged
from core.logic.records.counting import labels_of
from core.logic.records.reviewing import emptied
from core.logic.records.settling import Terms, settle

R = TypeVar("R", Box, Polygon, Mask, Span)


def brought_up(record: ItemRecord, shard_version: int, terms: Terms) -> ItemRecord:
    """The record with its answers in the project's labels of now, and marked so."""
    change = terms.relabel
    if change is None or max(record.labels, shard_version) >= terms.version:
        return record
    moved = _moved(record, change)
    if change.mode is not RelabelMode.CONTINUE:
        moved = _restarted(moved, change)
    elif moved != record:
        moved = settle(moved, terms, change.at)
    return replace(moved, labels=terms.version)


def is_changed_by(record: ItemRecord, change: Relabel | None) -> bool:
    """Whether this change has changed what was said of the item."""
    actions = {ItemAction.RELABELED, ItemAction.RESTARTED}
    return change is not None and any(
        event.action in actions and (event.at, event.user) == (change.at, change.user)
        for event in record.events
    )


def relabeled(answer: Answer, moves: Mapping[str, str]) -> Answer:
    """The answer in the new labels. What becomes twice the same is there once; masks of one label unite."""
    if labels_of(answer).isdisjoint(moves):
        return answer
    match answer:
        case Classes(labels):
            return Classes(tuple(dict.fromkeys(moves.get(label, label) for label in labels)))
        case Boxes(boxes):
            return Boxes(_renamed(boxes, moves))
        case Polygons(polygons):
            return Polygons(_renamed(polygons, moves))
        case Spans(spans):
            return Spans(_renamed(spans, moves))
        case Masks(masks):
            return Masks(_united(_renamed(masks, moves)))


def moved_on(answer: Answer, labels: Collection[str], change: Relabel | None) -> Answer:
    """An answer from a page that was opened before the last change of the labels, in the labels of now."""
    if change is None:
        return answer
    return relabeled(answer, {old: new for old, new in change.moves.items() if old not in labels})


def choosable(answer: Answer, labels: Collection[str]) -> Answer | None:
    """The answer without labels that are not offered; None when that leaves no class."""
    if isinstance(answer, Classes):
        left = tuple(label for label in answer.labels if label in labels)
        return Classes(left) if left else None
    gone = [index for index, region in enumerate(regions(answer)) if region.label not in labels]
    return without(answer, gone)


def relabeled_predictions(
    predictions: Mapping[int, Prediction], change: Relabel, labels: Collection[str]
) -> Mapping[int, Prediction]:
    """The prelabels in the new labels, without those that are offered no more."""
    moved = {
        index: (choosable(relabeled(prediction.answer, change.moves), labels), prediction)
        for index, prediction in predictions.items()
    }
    return {
        index: _reworded(prediction, answer)
        for index, (answer, prediction) in moved.items()
        if answer is not None
    }


def relabeled_trust(trust: Trust, moves: Mapping[str, str]) -> Trust:
    """The terms in the new labels: of labels that become one, the strictest holds."""
    if not trust.labels or not moves:
        return trust
    thresholds: dict[str, float | None] = {}
    for label in sorted({*trust.labels, *moves}):
        own, to = trust.threshold_of(label), moves.get(label, label)
        known = thresholds.get(to, own)
        thresholds[to] = None if own is None or known is None else max(own, known)
    return replace(trust, labels=thresholds)


def _reworded(prediction: Prediction, answer: Answer) -> Prediction:
    """What was made of a prediction; if it has fewer parts now, nobody vouches for it any more."""
    whole = len(_parts(answer)) == len(_parts(prediction.answer))
    return replace(prediction, answer=answer) if whole else Prediction(answer, prediction.confidence)


def _parts(answer: Answer) -> Sequence[object]:
    return answer.labels if isinstance(answer, Classes) else regions(answer)


def _renamed(marks: Sequence[R], moves: Mapping[str, str]) -> tuple[R, ...]:
    return tuple(dict.fromkeys(replace(mark, label=moves.get(mark.label, mark.label)) for mark in marks))


def _united(masks: Sequence[Mask]) -> tuple[Mask, ...]:
    by_label: dict[str, list[Mask]] = {}
    for mask in masks:
        by_label.setdefault(mask.label, []).append(mask)
    return tuple(
        some[0] if len(some) == 1 else Mask(label, merged([mask.rle for mask in some]))
        for label, some in by_label.items()
    )


def _moved(record: ItemRecord, change: Relabel) -> ItemRecord:
    revisions = tuple(
        revision
        if revision.answer is None
        else replace(revision, answer=relabeled(revision.answer, change.moves))
        for revision in record.revisions
    )
    if revisions == record.revisions:
        return record
    borne = {label for made in record.revisions if made.answer for label in labels_of(made.answer)}
    moves = "; ".join(f"{old} → {new}" for old, new in sorted(change.moves.items()) if old in borne)
    event = _event(record, change, ItemAction.RELABELED, moves)
    return replace(record, revisions=revisions, events=(*record.events, event))


def _restarted(record: ItemRecord, change: Relabel) -> ItemRecord:
    if record.gold is not None or record.removed:
        return record
    standing = record.annotation
    if standing is None and not record.votes:
        return record
    answered = standing is not None and standing.answer is not None
    keeps = change.mode is RelabelMode.RESTART_KEEP and answered and not record.by_model
    event = _event(record, change, ItemAction.RESTARTED)
    return replace(emptied(record), kept=record.standing if keeps else None, events=(*record.events, event))


def _event(record: ItemRecord, change: Relabel, action: ItemAction, detail: str | None = None) -> ItemEvent:
    return ItemEvent(change.at, change.user, action, record.standing, detail=detail)
