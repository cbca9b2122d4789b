from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.logic.agreement.alpha import alpha
from core.logic.agreement.votes import Value

Units = list[Mapping[str, Value]]

BINARY = ("0100000010", "1110010000")
"""Krippendorff (2011), section A: two observers, ten units."""

TWO_OBSERVERS = ("aabbdcccedda", "babbbccceddd")
"""Section B: two observers, twelve units, five values."""

FOUR_OBSERVERS = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
"""Section C: four observers, twelve units; a dot is no value. The last unit has one value only."""

THREE_CODERS = (".....34121133.3", "1.213343.......", "..21344.21133.4")
"""The computational example of Wikipedia's article on the coefficient, fifteen units."""


def _units(rows: Sequence[str]) -> Units:
    columns = zip(*rows, strict=True)
    return [{str(by): value for by, value in enumerate(column) if value != "."} for column in columns]


def _sets(*units: Sequence[str]) -> Units:
    return [{str(by): frozenset(labels.split()) for by, labels in enumerate(unit)} for unit in units]


def _by_definition(units: Units) -> Fraction | None:
    """Every pair counted, one by one."""
    values = [list(unit.values()) for unit in units if len(unit) > 1]
    pairs = [(Fraction(1, len(unit) - 1), pair) for unit in values for pair in permutations(unit, 2)]
    everything = [value for unit in values for value in unit]
    chance = [_delta(*pair) for pair in permutations(everything, 2)]
    if not sum(chance):
        return None
    observed = sum(weight * _delta(*pair) for weight, pair in pairs) / Fraction(len(everything))
    return 1 - observed / (sum(chance, Fraction(0)) / len(chance))


def _delta(one: Value, other: Value) -> Fraction:
    if isinstance(one, frozenset) and isinstance(other, frozenset):
        return 1 - Fraction(len(one & other), len(one | other))
    return Fraction(one != other)


@pytest.mark.parametrize(
    ("rows", "published"),
    [(BINARY, 0.095), (TWO_OBSERVERS, 0.692), (FOUR_OBSERVERS, 0.743), (THREE_CODERS, 0.691)],
)
def test_alpha_is_as_published(rows: Sequence[str], published: float) -> None:
    found, counted = alpha(_units(rows)), _by_definition(_units(rows))
    assert found is not None
    assert counted is not None
    assert round(found, 3) == round(float(counted), 3) == published


def test_sets_that_share_labels_disagree_in_part() -> None:
    #  observed: 4 ordered pairs, 1/2 1/2 0 0, over 4 values: 1/4
    #  expected: Cat Dog, Cat, Fox, Fox: 12 ordered pairs, 2 of 1/2, 2 of 0, 8 of 1: 9/12
    found = alpha(_sets(("Cat Dog", "Cat"), ("Fox", "Fox")))
    assert found == pytest.approx(1 - (1 / 4) / (9 / 12))


def test_perfect_agreement_is_1() -> None:
    assert alpha(_units(("aabb", "aabb", "aabb"))) == 1


def test_seeing_nothing_is_a_value() -> None:
    #  observed 2 of 4, expected: 3 and 1 of 4 values, 6 of 12 ordered pairs
    assert alpha([{"a": "Cat", "b": None}, {"a": "Cat", "b": "Cat"}]) == pytest.approx(1 - (2 / 4) / (6 / 12))


@pytest.mark.parametrize(
    "rows",
    [(), ("ab", ".."), ("a", "."), ("aaa", "aaa")],
    ids=["no units", "one labeler", "one value", "all equal"],
)
def test_without_two_values_or_with_one_for_all_there_is_none(rows: Sequence[str]) -> None:
    assert alpha(_units(rows) if rows else []) is None


def test_all_equal_sets_have_none() -> None:
    assert alpha(_sets(("Cat Dog", "Dog Cat"), ("Cat Dog", "Cat Dog"))) is None


labels = st.sampled_from(["Cat", "Dog", "Fox", None])
label_sets = st.frozensets(st.sampled_from(["Cat", "Dog", "Fox", "Ant"]), min_size=1)


@given(st.lists(st.dictionaries(st.sampled_from("abcd"), labels | label_sets, min_size=1), max_size=8))
def test_alpha_is_what_its_definition_counts(units: Units) -> None:
    counted = _by_definition(units)
    assert alpha(units) == (None if counted is None else pytest.approx(float(counted)))
