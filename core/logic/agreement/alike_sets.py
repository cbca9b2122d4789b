"""How alike sets are on the whole: the sum of the Jaccard index over all ordered pairs of very many sets.

Pair by pair that takes the square of their number. Small sets are counted by what they contain instead. With
N(T, m) sets of size m that contain T, the pairs of sizes m and n have C(s, t) subsets of size t in common for
each that shares s elements; so by inclusion and exclusion the number of pairs that share exactly s is

    P(s, m, n) = sum over t >= s of (-1)^(t - s) C(t, s) * sum over all T of size t of N(T, m) N(T, n)

and each of them has the index s / (m + n - s).
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import combinations, product
from math import comb

SUBSETS_MAX = 10_000_000
"""Sets that contain more subsets together, which have many elements each, are compared pair by pair."""


def alike(totals: Mapping[frozenset[str], int]) -> float:
    """The sum over all ordered pairs, with themselves too, of sets that are there so many times each.

    Two empty sets are alike.
    """
    subsets = sum(2 ** len(elements) for elements in totals)
    return _by_subset(totals) if subsets <= SUBSETS_MAX else _by_pair(totals)


def _by_subset(totals: Mapping[frozenset[str], int]) -> float:
    containing: defaultdict[tuple[str, ...], Counter[int]] = defaultdict(Counter)
    for elements, count in totals.items():
        ordered = sorted(elements)
        for size in range(1, len(ordered) + 1):
            for subset in combinations(ordered, size):
                containing[subset][len(ordered)] += count
    sharing: Counter[tuple[int, int, int]] = Counter()
    for subset, sizes in containing.items():
        for (one, many), (other, more) in product(sizes.items(), repeat=2):
            for size in range(1, len(subset) + 1):
                sign = -1 if (len(subset) - size) % 2 else 1
                sharing[size, one, other] += sign * comb(len(subset), size) * many * more
    index = (pairs * size / (one + other - size) for (size, one, other), pairs in sharing.items())
    return totals.get(frozenset(), 0) ** 2 + sum(index)


def _by_pair(totals: Mapping[frozenset[str], int]) -> float:
    import numpy as np  # here, for the cold start's sake

    columns = {element: at for at, element in enumerate(frozenset[str]().union(*totals))}
    has = np.zeros((len(totals), len(columns)), np.bool_)
    for row, elements in zip(has, totals, strict=True):
        row[[columns[element] for element in elements]] = True
    sizes, counts = has.sum(axis=1), np.array(list(totals.values()))
    found = 0.0
    for row, size, count in zip(has, sizes, counts, strict=True):
        shared = has[:, row].sum(axis=1)
        union = sizes + size - shared
        found += count * float(counts @ np.divide(shared, union, out=np.ones(len(sizes)), where=union > 0))
    return found
