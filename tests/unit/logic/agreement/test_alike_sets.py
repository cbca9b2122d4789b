"""Both ways of summing the Jaccard index give the sum of all pairs."""

from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.logic.agreement.alike_sets import SUBSETS_MAX, alike

ELEMENTS = st.sampled_from("abcdef")
LARGE = frozenset(map(str, range(SUBSETS_MAX.bit_length())))
"""A set with more subsets than are counted."""


def _by_definition(totals: Mapping[frozenset[str], int]) -> Fraction:
    return sum(
        (
            many * more * (Fraction(len(one & other), len(one | other)) if one | other else Fraction(1))
            for one, many in totals.items()
            for other, more in totals.items()
        ),
        Fraction(0),
    )


def test_two_sets_can_be_counted() -> None:
    """Each is like itself, and they share one of three."""
    totals = {frozenset("ab"): 1, frozenset("bc"): 1}
    assert alike(totals) == pytest.approx(1 + 1 + 2 * 1 / 3)


def test_empty_sets_are_alike() -> None:
    assert alike({frozenset(): 3, frozenset("a"): 2}) == 3**2 + 2**2


@given(st.dictionaries(st.frozensets(ELEMENTS), st.integers(1, 9), max_size=12))
def test_it_is_the_sum_of_all_pairs(totals: Mapping[frozenset[str], int]) -> None:
    assert alike(totals) == pytest.approx(float(_by_definition(totals)))


@given(st.dictionaries(st.frozensets(ELEMENTS), st.integers(1, 9), max_size=5))
def test_large_sets_are_compared_pair_by_pair(totals: Mapping[frozenset[str], int]) -> None:
    large = {elements | LARGE: count for elements, count in totals.items()}
    assert alike(large) == pytest.approx(float(_by_definition(large)))


def test_very_many_small_sets_take_no_square_of_time() -> None:
    """Of 40,000 sets {i, i + 1}, in a circle, each shares one of three with two others."""
    around = 40_000
    totals = {frozenset((str(at), str((at + 1) % around))): 1 for at in range(around)}
    assert alike(totals) == pytest.approx(around * (1 + 2 / 3))


@given(st.frozensets(st.integers(1, 9).map(str), min_size=1), st.integers(1, 10**6))
def test_a_set_is_exactly_like_itself(elements: frozenset[str], count: int) -> None:
    """Else alpha would be something where it is not defined."""
    assert alike({elements: count}) == count**2
