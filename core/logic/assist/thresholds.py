"""From which confidence on a model's predictions are as right as the owner asks. Pure.

Judged are cross-fitted predictions: each of an answered item, by a model that did not learn from that answer.
The threshold is the lowest confidence above which the bound of the share that is right reaches the target.
That is looking many times for one that passes; strict is to go down from the highest confidence and to stop
at the first that fails, which finds less, and errs less often.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from core.domain.assist import CurvePoint, Judged, Threshold
from core.logic.assist.bounds import resampled, wilson

POINTS = 100


def choose_threshold(
    judged: Sequence[Judged], target: float, *, strict: bool = False, grouped: bool = False, seed: int = 0
) -> Threshold:
    """The threshold for a target of 0..1. `grouped`: items have several predictions, which go together."""
    curve = tuple(_curve(judged, grouped=grouped, seed=seed))
    passing = [point.bound >= target for point in curve]
    if True not in passing:
        return Threshold(None, curve)
    last = len(passing) - 1 - passing[::-1].index(True)
    if strict:
        first = passing.index(True)
        last = next((at for at in range(first, len(passing)) if not passing[at]), len(passing)) - 1
    return Threshold(curve[last].threshold, curve)


def _curve(judged: Sequence[Judged], *, grouped: bool, seed: int) -> Iterator[CurvePoint]:
    """What is known above each of up to POINTS confidences, from the highest down."""
    ordered = sorted(judged, key=lambda one: one.confidence, reverse=True)
    ends: list[tuple[float, int]] = []
    for confidence, same in groupby(ordered, key=lambda one: one.confidence):
        ends.append((confidence, (ends[-1][1] if ends else 0) + sum(1 for _ in same)))
    step = max(1, -(-len(ends) // POINTS))
    chosen = ends[::-1][::step][::-1]
    rights = [0]
    for one in ordered:
        rights.append(rights[-1] + one.right)
    bounds = (
        _grouped_bounds(ordered, [end for _, end in chosen], seed)
        if grouped and ordered
        else [wilson(rights[end], end) for _, end in chosen]
    )
    for (confidence, end), bound in zip(chosen, bounds, strict=True):
        yield CurvePoint(confidence, rights[end] / end, bound, end / len(ordered))


def _grouped_bounds(ordered: Sequence[Judged], ends: Sequence[int], seed: int) -> Sequence[float]:
    import numpy as np  # here, for the cold start's sake

    places = {item: place for place, item in enumerate(sorted({one.item for one in ordered}))}
    right = np.zeros((len(ends), len(places)), np.int64)
    total = np.zeros_like(right)
    start = 0
    for row, end in enumerate(ends):
        if row:
            right[row], total[row] = right[row - 1], total[row - 1]
        for one in ordered[start:end]:
            total[row, places[one.item]] += 1
            right[row, places[one.item]] += one.right
        start = end
    return resampled(right, total, seed)
