from dataclasses import replace

import pytest

from core.logic.records.relabeling import relabeled_trust
from tests.examples import a_trust

Labels = dict[str, float | None]


@pytest.mark.parametrize(
    ("labels", "moves", "after"),
    [
        ({"Rose": 0.8}, {"Rose": "Flower"}, {"Flower": 0.8}),
        ({"Rose": 0.8, "Animal": 0.7}, {"Rose": "Flower"}, {"Flower": 0.8, "Animal": 0.7}),
        ({"Rose": 0.8, "Lily": 0.7}, {"Rose": "Flower", "Lily": "Flower"}, {"Flower": 0.8}),
        ({"Rose": 0.8}, {"Rose": "Flower", "Lily": "Flower"}, {"Flower": 0.9}),
        ({"Rose": 0.8, "Lily": None}, {"Rose": "Lily"}, {"Lily": None}),
        ({"Rose": 0.8, "Lily": 0.7}, {"Rose": "Lily", "Lily": "Rose"}, {"Lily": 0.8, "Rose": 0.7}),
        ({"Rose": 0.8}, {}, {"Rose": 0.8}),
        ({}, {"Rose": "Flower"}, {}),
    ],
    ids=["renamed", "others", "merged", "with the rest", "never", "swapped", "nothing moves", "no own"],
)
def test_of_labels_that_become_one_the_strictest_threshold_holds(
    labels: Labels, moves: dict[str, str], after: Labels
) -> None:
    """0.9 is that of all labels without one of their own."""
    trust = replace(a_trust(0.9), labels=labels)
    assert relabeled_trust(trust, moves) == replace(trust, labels=after)
