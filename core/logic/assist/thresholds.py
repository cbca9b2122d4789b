"""From which confidence on a model's predictions are as right as the owner asks. Pure.

Judged are cross-fitted predictions: each of an answered item, by a model that did not learn from that answer.
The threshold is the lowest confidence above which the bound of the share that is right reaches the target.
What goes together is never surer than if each stood alone, as the bootstrap is of a few that are all right.
That is looking many times for one that passes; strict is to go down from the highest confidence and to stop
at the first that fails, which finds less, and errs less often.

A label with enough predictions of its own gets its own threshold, if one reaches the target. All other labels
share one, chosen from their predictions alone: else they would be carried by labels that they are not. So
each prediction belongs to one threshold, and what that lets through was shown to be right enough.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from core.domain.assist import Assist, CurvePoint, Judged, Threshold, Trust
from core.domain.kinds import Kind
from core.logic.assist.bounds import resampled, wilson
from core.logic.assist.judging import is_grouped

POINTS = 100
PER_LABEL = 60
"""In so many items a label must have been predicted for a threshold of its own."""


def choose_trust(
    kind: Kind, assist: Assist, judged: Sequence[Judged], *, trust_id: str, run: str
) -> tuple[Trust, Threshold]:
    """The terms on which the predictions of a run are shown, as the owner wants them, and the threshold of
    all labels together, which is also that of an item with regions and of labels that were never predicted.
    """
    whole = _threshold(kind, assist, judged)
    trust = Trust(
        id=trust_id,
        run=run,
        threshold=whole.value,
        labels=_of_labels(kind, assist, judged),
        unsure=assist.unsure,
        accept=assist.accept,
        audit_rate=assist.audit_rate,
    )
    return trust, whole


def _of_labels(kind: Kind, assist: Assist, judged: Sequence[Judged]) -> dict[str, float | None]:
    """The thresholds of labels, unless all have the same."""
    counts = Counter(label for _, label in {(one.item, one.label) for one in judged if one.label})
    many = [label for label in sorted(counts) if counts[label] >= PER_LABEL]
    chosen = {
        label: _threshold(kind, assist, [one for one in judged if one.label == label]) for label in many
    }
    own = {label: found.value for label, found in chosen.items() if found.value is not None}
    if not own:
        return {}
    others = [one for one in judged if one.label not in own]
    shared = _threshold(kind, assist, others).value
    return own | {label: shared for label in counts if label not in own}


def _threshold(kind: Kind, assist: Assist, judged: Sequence[Judged]) -> Threshold:
    return choose_threshold(judged, assist.target, strict=assist.strict, grouped=is_grouped(kind))


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
    bounds = [wilson(rights[end], end) for _, end in chosen]
    if grouped and ordered:
        together = _grouped_bounds(ordered, [end for _, end in chosen], seed)
        bounds = list(map(min, bounds, together))
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
