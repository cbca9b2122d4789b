"""How right predictions are at least, judged by a sample: one-sided bounds of 95 % certainty.

How right they are at most follows: it is what is left by the least that is wrong.

Predictions of one item each are independent: their bound is Wilson's score interval (Wilson, 1927; the lower
end of Brown, Cai, DasGupta, 2001, section 3.1.1), of which only one side is asked for. Regions of one image
are not: theirs is the bootstrap's (Efron, 1979), in which images are drawn anew, and not their regions.
"""

from collections.abc import Sequence
from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CERTAINTY = 0.95
RESAMPLES = 1_000
_COUNTS = 2_000_000  # are in memory at a time
_Z = 1.6448536269514722  # the 95th percentile of the normal distribution


def wilson(right: int, total: int) -> float:
    """The least share that is right, given that `right` of `total` were; 0 of nothing."""
    if total == 0:
        return 0.0
    share, spread = right / total, _Z * _Z / total
    middle = share + spread / 2
    half = _Z * sqrt((share * (1 - share) + spread / 4) / total)
    return min(share, max(0.0, (middle - half) / (1 + spread)))  # rounding may lead a hair beyond


def resampled(
    right: "NDArray[np.int64]",
    total: "NDArray[np.int64]",
    seed: int,
    times: "NDArray[np.int64] | None" = None,
) -> Sequence[float]:
    """The same for predictions that come in groups: counts of shape (thresholds, groups).

    `times`, of shape (groups,), is how often each group occurs; None: once.
    """
    import numpy as np

    weights = np.ones(right.shape[1], np.int64) if times is None else times
    groups = int(weights.sum())
    dice, odds = np.random.default_rng(seed), weights / groups
    rights, totals = right.T.astype(float), total.T.astype(float)
    parts = []
    for start in range(0, RESAMPLES, step := max(1, _COUNTS // len(weights))):
        draws = dice.multinomial(groups, odds, min(step, RESAMPLES - start)).astype(float)
        drawn = draws @ totals
        parts.append(np.divide(draws @ rights, drawn, out=np.zeros(drawn.shape), where=drawn > 0))
    shares = np.concatenate(parts)
    bounds: list[float] = np.quantile(shares, 1 - CERTAINTY, axis=0, method="lower").tolist()
    return bounds
