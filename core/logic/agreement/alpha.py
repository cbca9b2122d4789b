"""Krippendorff's alpha: how far labelers agree beyond what chance would make them.

After Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011):

    alpha = 1 - observed disagreement / expected disagreement

Of m values of a unit, m >= 2, each ordered pair weighs 1 / (m - 1); n is how many values units of two or more
have together. The observed disagreement is the mean of delta over these pairs, by weight, n in all; the
expected, the mean over all n (n - 1) ordered pairs of values, whatever their units. delta is 0 for equal
values, else 1 (nominal, his section C); between two sets of labels it is 1 - their Jaccard index, so sets
that share labels disagree in part (the distance of Passonneau, 2006, without her factor for monotonicity).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import combinations

from core.domain.agreement import Value, Values
from core.logic.agreement import alike_sets
from core.logic.agreement.label_sets import jaccard


def alpha(units: Iterable[Mapping[str, Value]]) -> float | None:
    """Krippendorff's alpha of units, each the values that labelers gave it, by labeler.

    1 is perfect agreement, 0 that of chance, below 0 labelers disagree systematically. None where it is not
    defined: no unit has two values, or all values are equal. With nothing to tell apart, chance would make
    labelers agree as well (0 / 0), and the data say nothing about them.
    """
    return alpha_of(judged(units))


def judged(units: Iterable[Mapping[str, Value]]) -> Counter[Values]:
    """Units of two values or more, without who gave which: all that alpha depends on. They can be added."""
    return Counter(frozenset(Counter(unit.values()).items()) for unit in units if len(unit) > 1)


def alpha_of(units: Mapping[Values, int]) -> float | None:
    """The same of units as `judged` counts them."""
    totals: Counter[Value] = Counter()
    observed = 0.0
    for counts, times in units.items():
        size = sum(count for _, count in counts)
        for value, count in counts:
            totals[value] += count * times
        apart = sum(a * b * _delta(one, other) for (one, a), (other, b) in combinations(counts, 2))
        observed += times * 2 * apart / (size - 1)
    expected = _expected(totals)
    return 1 - (totals.total() - 1) * observed / expected if expected else None


def _delta(one: Value, other: Value) -> float:
    if isinstance(one, frozenset) and isinstance(other, frozenset):
        return 1 - jaccard(one, other)
    return float(one != other)


def _expected(totals: Mapping[Value, int]) -> float:
    """The sum of delta over all ordered pairs of values."""
    sets = {value: count for value, count in totals.items() if isinstance(value, frozenset)}
    alike: float = sum(count**2 for value, count in totals.items() if value not in sets)
    if sets:
        alike += alike_sets.alike(sets)
    return sum(totals.values()) ** 2 - alike
