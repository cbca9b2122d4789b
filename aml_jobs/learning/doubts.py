"""Answers that the cross-fitted models doubt.

For classes it is confident learning (Northcutt, Jiang and Chuang, 2021, "Confident Learning: Estimating
Uncertainty in Dataset Labels"), by cleanlab. For regions and spans it is disagreement: the share of regions,
given or found, that the other side lacks, found ones counting as much as they are sure.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from learning.answers import Answer
from learning.learner import Array, Found
from learning.scores import similarity
from learning.task import CLASSES, ONE_CLASS, Task


def doubts(task: Task, given: Sequence[Answer], found: Sequence[Found]) -> list[float]:
    """How doubtful each given answer is, 0..1."""
    if not given:
        return []
    if task.kind not in CLASSES:
        return [disagreement(task, answer, one) for answer, one in zip(given, found, strict=True)]
    rows = np.stack([_row(one) for one in found]).astype(np.float64)
    places = {label: index for index, label in enumerate(task.labels)}
    labels = [[places[label] for label in answer["labels"]] for answer in given]
    sound = _of_one(labels, rows) if task.kind in ONE_CLASS else _of_several(labels, rows)
    return [float(doubt) for doubt in (1 - sound).clip(0, 1)]


def disagreement(task: Task, answer: Answer, found: Found) -> float:
    """0 where every region is both given and found, 1 where none is."""
    theirs, mine = answer[task.answers], found.answer[task.answers]
    sure = np.array(found.regions if found.regions is not None else [1.0] * len(mine))
    if not theirs and not len(sure):
        return 0.0
    shared = similarity(theirs, mine)
    for row, region in enumerate(theirs):
        shared[row, [other["label"] != region["label"] for other in mine]] = 0
    agreed = (shared * sure[None]).max(1, initial=0.0)
    lacking = float((1 - agreed).sum()) + float((sure * (1 - shared.max(0, initial=0.0))).sum())
    return min(1.0, lacking / (len(theirs) + float(sure.sum())))


def _row(found: Found) -> Array:
    if found.probabilities is None:
        raise TypeError("a prediction of classes has probabilities")
    return found.probabilities


def _of_one(labels: Sequence[Sequence[int]], rows: Array) -> Any:
    """How sound labels are, 0..1: those that are off the diagonal of the confident joint come last."""
    from cleanlab.filter import find_label_issues
    from cleanlab.rank import get_label_quality_scores

    given = np.array([one[0] for one in labels])
    present, known = np.unique(given, return_inverse=True)
    if len(present) < 2:
        return np.ones(len(given))
    shares = rows[:, present].clip(1e-9)
    shares = shares / shares.sum(1, keepdims=True)
    sound = get_label_quality_scores(known, shares, method="self_confidence")
    issues = find_label_issues(known, shares, filter_by="confident_learning", n_jobs=1)
    return np.where(issues, sound / 2, 0.5 + sound / 2)


def _of_several(labels: Sequence[Sequence[int]], rows: Array) -> Any:
    from cleanlab.multilabel_classification import get_label_quality_scores

    return get_label_quality_scores([list(one) for one in labels], rows.clip(1e-9, 1 - 1e-9))
