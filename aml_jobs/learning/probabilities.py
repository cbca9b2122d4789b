"""From probabilities of classes to answers."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from learning.learner import Found
from learning.task import ONE_CLASS, Task


def found_classes(probabilities: NDArray[np.floating], task: Task) -> list[Found]:
    """The answers of rows of probabilities, by label.

    One label: the likeliest. Several: all that are likelier than not, or else the likeliest; sure is then the
    product over labels, as if they were independent.
    """
    one = task.kind in ONE_CLASS
    return [_one(row, task.labels) if one else _several(row, task.labels) for row in probabilities]


def _one(row: NDArray[np.floating], labels: Sequence[str]) -> Found:
    best = int(row.argmax())
    return Found({"labels": [labels[best]]}, _sure(row[best]), probabilities=row)


def _several(row: NDArray[np.floating], labels: Sequence[str]) -> Found:
    taken = row >= 0.5
    if not taken.any():
        taken[int(row.argmax())] = True
    names = [label for label, has in zip(labels, taken, strict=True) if has]
    sure = np.where(taken, row, 1 - row)
    return Found({"labels": names}, _sure(sure.prod()), [_sure(p) for p in row[taken]], row)


def _sure(share: float) -> float:
    return float(np.clip(share, 0.0, 1.0))
