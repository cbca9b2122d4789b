"""Regions found by several models, made one set; and which of them an answer keeps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from learning.learner import Array, Found

LEAST = 0.05
"""Regions of less confidence are no candidates."""

MOST = 300
"""An item has at most so many candidates."""


@dataclass(frozen=True)
class Boxed:
    """Boxes as arrays: `corners` x1, y1, x2, y2 of shape (n, 4); `labels` by index; `scores` 0..1."""

    corners: Array
    labels: Array
    scores: Array

    def take(self, which: Array) -> "Boxed":
        """Some of them."""
        return Boxed(self.corners[which], self.labels[which], self.scores[which])


def overlaps(ones: Array, others: Array) -> Array:
    """Intersection over union of boxes: shape (ones, others)."""
    low = np.maximum(ones[:, None, :2], others[None, :, :2])
    high = np.minimum(ones[:, None, 2:], others[None, :, 2:])
    shared = (high - low).clip(0).prod(-1)
    areas = [(boxes[:, 2:] - boxes[:, :2]).clip(0).prod(-1) for boxes in (ones, others)]
    return np.asarray(shared / np.maximum(areas[0][:, None] + areas[1][None] - shared, 1e-9))


def separate(boxes: Boxed, most: float = 0.6) -> Array:
    """The indices of boxes, surest first, that no surer one of their label overlaps by more than `most`."""
    order = np.argsort(-boxes.scores, kind="stable")[: MOST * 2]
    shared = overlaps(boxes.corners[order], boxes.corners[order])
    same = boxes.labels[order][:, None] == boxes.labels[order][None]
    kept: list[int] = []
    for index in range(len(order)):
        if not kept or not (shared[index, kept] * same[index, kept] > most).any():
            kept.append(index)
    return order[kept[:MOST]]


def clusters(boxes: Boxed, models: Sequence[int], least: float = 0.5) -> list[list[int]]:
    """Boxes that several models mean alike: one of each model at most, overlapping the surest of them."""
    order = [int(index) for index in np.argsort(-boxes.scores, kind="stable")]
    shared = overlaps(boxes.corners, boxes.corners)
    found: list[list[int]] = []
    for index in order:
        fitting = [
            (shared[index, members[0]], -place)
            for place, members in enumerate(found)
            if boxes.labels[members[0]] == boxes.labels[index]
            and shared[index, members[0]] >= least
            and models[index] not in {models[member] for member in members}
        ]
        if fitting:
            found[-max(fitting)[1]].append(index)
        else:
            found.append([index])
    return found


def fused(models: Sequence[Boxed]) -> Boxed:
    """The boxes of several models as one set: weighted boxes fusion (Solovyev, Wang and Gabruseva, 2021).

    A box that only some found is as much less sure.
    """
    if len(models) == 1:
        return models[0]
    boxes = Boxed(*(np.concatenate([getattr(one, name) for one in models]) for name in _FIELDS))
    whose = [number for number, one in enumerate(models) for _ in range(len(one.scores))]
    groups = clusters(boxes, whose)
    if not groups:
        return boxes
    weights = [boxes.scores[group] / boxes.scores[group].sum() for group in groups]
    return Boxed(
        np.stack([weight @ boxes.corners[group] for weight, group in zip(weights, groups, strict=True)]),
        np.array([boxes.labels[group[0]] for group in groups]),
        np.array([boxes.scores[group].sum() / len(models) for group in groups]),
    )


def as_boxes(boxes: Boxed, size: tuple[int, int], labels: Sequence[str]) -> Found:
    """Boxes in pixels of an image of `size` (width, height) as candidates; none smaller than a pixel."""
    edge = np.array([*size, *size], np.float64)
    corners = boxes.corners.clip(0, edge)
    large = (corners[:, 2] - corners[:, 0] >= 1) & (corners[:, 3] - corners[:, 1] >= 1)
    found, scores = [], []
    for (x1, y1, x2, y2), label, score in zip(corners, boxes.labels, boxes.scores, strict=True):
        left, top, right, bottom = (round(float(side), 1) for side in (x1, y1, x2, y2))
        box = {"x": left, "y": top, "width": round(right - left, 1), "height": round(bottom - top, 1)}
        found.append({"label": labels[int(label)], **box})
        scores.append(float(score))
    keep = np.flatnonzero(large & (boxes.scores >= LEAST))
    order = sorted(keep.tolist(), key=lambda index: -scores[index])[:MOST]
    return candidates("boxes", [found[index] for index in order], [scores[index] for index in order])


def candidates(name: str, regions: Sequence[Any], scores: Sequence[float]) -> Found:
    """All that might be kept; `kept` decides, and how sure the answer is."""
    return Found({name: list(regions)}, 1.0, [min(1.0, max(0.0, score)) for score in scores])


def kept(found: Found, name: str, least: float) -> Found:
    """The answer with regions of at least that confidence.

    It is as sure as the least sure of them, and as it is that the surest of the others is none.
    """
    if found.regions is None:
        return found
    pairs = list(zip(found.answer[name], found.regions, strict=True))
    inside = [(region, score) for region, score in pairs if score >= least]
    outside = [score for _, score in pairs if score < least]
    sure = min([found.confidence, *(score for _, score in inside), *(1 - score for score in outside)])
    answer: Mapping[str, Any] = {name: [region for region, _ in inside]}
    return Found(answer, max(0.0, sure), [score for _, score in inside], found.probabilities)


_FIELDS = ("corners", "labels", "scores")
