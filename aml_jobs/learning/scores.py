"""How right predictions are, by kind, from the answers that people gave."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from learning import raster
from learning.answers import Answer
from learning.learner import Array, Found
from learning.regions import overlaps
from learning.task import CLASSES, ONE_CLASS, Task

RECALLS = 101
"""COCO's average precision is the mean over so many recalls."""


def scores(task: Task, given: Sequence[Answer], found: Sequence[Found], least: float) -> dict[str, Any]:
    """The figures of metrics.schema.json that are about answers. `least` is where regions are kept."""
    if task.kind in CLASSES:
        return _classes(
            task, [set(one["labels"]) for one in given], [set(one.answer["labels"]) for one in found]
        )
    if task.kind == "semantic_segmentation":
        return _pixels(task, given, found)
    matched = [match(task, answer, one) for answer, one in zip(given, found, strict=True)]
    by_label = {label: _region_figures(matched, label, least) for label in task.labels}
    whole = {name: _total(by_label, name) for name in ("given", "found", "right")}
    figures: dict[str, Any] = {**_f1(**whole), "by_label": by_label}
    if task.kind != "text_ner":
        counted = [one["ap50"] for one in by_label.values() if one["given"]]
        figures["ap50"] = float(np.mean(counted)) if counted else 0.0
    return figures


def best_cut(task: Task, given: Sequence[Answer], found: Sequence[Found]) -> float:
    """The confidence from which keeping regions gives the best F1; 0 for kinds that have no candidates."""
    if task.kind not in ("object_detection", "instance_segmentation"):
        return 0.0
    matched = [match(task, answer, one) for answer, one in zip(given, found, strict=True)]
    total = sum(len(answer[task.answers]) for answer in given)
    pairs = sorted(((score, hit) for one in matched for _, score, hit in one.found), reverse=True)
    hits = np.cumsum([hit for _, hit in pairs])
    if not total or not len(hits) or not hits[-1]:
        return 0.5
    best = int((2 * hits / (total + np.arange(1, len(hits) + 1))).argmax())
    return round(min(max(pairs[best][0], 0.05), 0.6), 4)


class Matched:
    """Regions of an item: how many were `given` by label; `found`, with confidence and whether right."""

    def __init__(self, given: Mapping[str, int], found: Sequence[tuple[str, float, bool]]) -> None:
        self.given, self.found = given, found


def match(task: Task, answer: Answer, found: Found) -> Matched:
    """Regions that mean the same: one another's, of one label, surest first, sharing half (spans: all)."""
    theirs, mine = answer[task.answers], found.answer[task.answers]
    sure = found.regions or [1.0] * len(mine)
    shared = similarity(theirs, mine)
    taken: set[int] = set()
    rows = []
    for index in sorted(range(len(mine)), key=lambda one: -sure[one]):
        label = mine[index]["label"]
        fitting = [
            (shared[other, index], other)
            for other in range(len(theirs))
            if other not in taken and theirs[other]["label"] == label and shared[other, index] >= 0.5
        ]
        if fitting:
            taken.add(max(fitting)[1])
        rows.append((label, float(sure[index]), bool(fitting)))
    return Matched(Counter(region["label"] for region in theirs), rows)


def similarity(ones: Sequence[Any], others: Sequence[Any]) -> Array:
    """Intersection over union of regions, of spans whether they are equal: shape (ones, others)."""
    if not ones or not others:
        return np.zeros((len(ones), len(others)))
    if "start" in ones[0]:
        return np.array(
            [[float((a["start"], a["end"]) == (b["start"], b["end"])) for b in others] for a in ones]
        )
    if "width" in ones[0]:
        return overlaps(_corners(ones), _corners(others))
    left, right = _bitmaps(ones, others)
    shared = left @ right.T
    return np.asarray(shared / np.maximum(left.sum(1)[:, None] + right.sum(1)[None] - shared, 1e-9))


def _corners(boxes: Sequence[Any]) -> Array:
    return np.array([[b["x"], b["y"], b["x"] + b["width"], b["y"] + b["height"]] for b in boxes])


def _bitmaps(ones: Sequence[Any], others: Sequence[Any]) -> tuple[Array, Array]:
    """Regions as rows of 0 and 1, polygons at most 256 pixels a side."""
    if "rle" in ones[0]:
        size = ones[0]["rle"]["size"]
        sides = [
            [raster.decode(one["rle"]) for one in part if one["rle"]["size"] == size]
            for part in (ones, others)
        ]
    else:
        far = max(max(ring) for one in (*ones, *others) for ring in one["parts"])
        scale = min(1.0, 256 / max(far, 1.0))
        side = int(far * scale) + 2
        sides = [[raster.draw(one, side, side, scale) for one in part] for part in (ones, others)]
    left, right = (np.stack(side).reshape(len(side), -1).astype(np.float32) for side in sides)
    return left, right


def _classes(task: Task, given: Sequence[set[str]], found: Sequence[set[str]]) -> dict[str, Any]:
    by_label = {}
    for label in task.labels:
        right = sum(label in one and label in other for one, other in zip(given, found, strict=True))
        by_label[label] = _f1(sum(label in one for one in given), sum(label in one for one in found), right)
    equal = sum(one == other for one, other in zip(given, found, strict=True))
    figures: dict[str, Any] = {"accuracy": equal / max(1, len(given)), "by_label": by_label}
    figures["f1"] = _f1(*(_total(by_label, name) for name in ("given", "found", "right")))["f1"]
    if task.kind in ONE_CLASS:
        confusion: dict[str, Counter[str]] = defaultdict(Counter)
        for one, other in zip(given, found, strict=True):
            confusion[min(one)][min(other)] += 1
        figures["confusion"] = {label: dict(row) for label, row in sorted(confusion.items())}
    return figures


def _pixels(task: Task, given: Sequence[Answer], found: Sequence[Found]) -> dict[str, Any]:
    """Intersection over union of each label's pixels, over all images (Everingham et al., 2010)."""
    counts: dict[str, list[int]] = {label: [0, 0, 0] for label in task.labels}
    for answer, one in zip(given, found, strict=True):
        sides = [
            {mask["label"]: raster.decode(mask["rle"]) for mask in side["masks"]}
            for side in (answer, one.answer)
        ]
        for label in sides[0].keys() | sides[1].keys():
            theirs, mine = sides[0].get(label), sides[1].get(label)
            fits = theirs is not None and mine is not None and theirs.shape == mine.shape
            shared = int((theirs & mine).sum()) if fits and theirs is not None and mine is not None else 0
            sizes = [0 if side is None else int(side.sum()) for side in (theirs, mine)]
            counts[label] = [a + b for a, b in zip(counts[label], (*sizes, shared), strict=True)]
    by_label = {
        label: {**_f1(*three), "iou": three[2] / max(1, three[0] + three[1] - three[2])}
        for label, three in counts.items()
    }
    ious = [one["iou"] for one in by_label.values() if one["given"]]
    return {"miou": float(np.mean(ious)) if ious else 0.0, "by_label": by_label}


def _region_figures(matched: Sequence[Matched], label: str, least: float) -> dict[str, float]:
    given = sum(one.given.get(label, 0) for one in matched)
    pairs = sorted(((s, hit) for one in matched for name, s, hit in one.found if name == label), reverse=True)
    sure = [hit for score, hit in pairs if score >= least]
    return {**_f1(given, len(sure), sum(sure)), "ap50": average_precision([hit for _, hit in pairs], given)}


def average_precision(hits: Sequence[bool], given: int) -> float:
    """COCO's, of regions from the surest on: the best precision at or beyond each recall, in the mean."""
    if not hits or not given:
        return 0.0
    right = np.cumsum(hits)
    precision = np.maximum.accumulate((right / np.arange(1, len(hits) + 1))[::-1])[::-1]
    places = np.searchsorted(right / given, np.linspace(0, 1, RECALLS) - 1e-12)
    return float(np.append(precision, 0.0)[places.clip(max=len(hits))].mean())


def _f1(given: float, found: float, right: float) -> dict[str, float]:
    return {
        "given": given,
        "found": found,
        "right": right,
        "precision": right / max(1, found),
        "recall": right / max(1, given),
        "f1": 2 * right / max(1, given + found),
    }


def _total(by_label: Mapping[str, Mapping[str, float]], name: str) -> float:
    return sum(one[name] for one in by_label.values())
