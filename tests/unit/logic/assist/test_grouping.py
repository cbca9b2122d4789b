import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.logic.assist.grouping import LABELED_LEAST, PAGE, group_alike, page_purity, purity


def _clusters(sizes: list[int], seed: int = 0) -> tuple[NDArray[np.float32], list[str]]:
    """Points around the corners of a room, shuffled, and which corner each is of."""
    dice = np.random.default_rng(seed)
    corners = np.repeat(np.arange(len(sizes)), sizes)
    dice.shuffle(corners)
    points = np.eye(len(sizes))[corners] + dice.normal(scale=0.05, size=(len(corners), len(sizes)))
    return points.astype(np.float32), [str(corner) for corner in corners]


def test_pages_of_clusters_have_one_label() -> None:
    points, labels = _clusters([PAGE] * 5)
    [chain] = group_alike(points, range(len(labels)))
    assert page_purity([labels[index] for index in chain]) == 1


def test_neighbours_in_the_chain_look_alike_beyond_the_page() -> None:
    """Three clusters of four pages, of which every tenth item is gone: only pages at a border are mixed."""
    points, labels = _clusters([4 * PAGE] * 3)
    [chain] = group_alike(points, range(len(labels)))
    left = [labels[index] for at, index in enumerate(chain) if at % 10]
    pages = [set(left[start : start + PAGE]) for start in range(0, len(left), PAGE)]
    assert sum(len(page) > 1 for page in pages) <= 2


def test_there_is_a_group_for_each_class_and_those_apart_come_last() -> None:
    points = np.ones((6, 2), np.float16)
    classes = {10: "Dog", 11: "Cat", 12: "Dog", 13: "Cat", 14: "Cat"}
    found = group_alike(points, [10, 11, 12, 13, 14, 15], classes, apart={12, 13})
    assert [sorted(group) for group in found] == [[15], [11, 14], [10], [13], [12]]


@given(
    st.lists(st.tuples(*[st.floats(-9, 9, width=16)] * 2), max_size=40),
    st.integers(1, 3),
)
def test_every_item_is_in_one_group(points: list[tuple[float, float]], classes: int) -> None:
    indexes = [7 * at for at in range(len(points))]
    names = {index: str(index % classes) for index in indexes}
    array = np.array(points, np.float16).reshape(-1, 2)
    groups = group_alike(array, indexes, names)
    assert sorted(index for group in groups for index in group) == indexes
    assert all(len({names[index] for index in group}) == 1 for group in groups)
    assert groups == group_alike(array, indexes, names)


@pytest.mark.parametrize(
    ("labels", "share"),
    [
        ("", 0),
        ("a", 1),
        ("aab", 2 / 3),
        ("aaaaaaaaabbbbbbbbc", (9 + 8) / 18),
        ("aaaaaabbbxyz", 6 / 9),
        ("abcdefghi", 1 / 9),
    ],
)
def test_the_purity_of_a_page_is_the_share_of_its_most_frequent_label(labels: str, share: float) -> None:
    assert page_purity(labels) == pytest.approx(share)


def test_pages_of_clusters_are_purer_than_random_ones() -> None:
    points, labels = _clusters([27] * 4)
    found = purity(points, labels)
    assert found is not None
    assert found.better
    assert found.pages > 0.95 > 0.5 > found.random > 0.25


def test_pages_of_noise_are_seldom_found_to_be_purer() -> None:
    dice = np.random.default_rng(0)
    found = [purity(dice.normal(size=(60, 3)), dice.integers(0, 3, 60).tolist(), seed) for seed in range(40)]
    assert sum(one is not None and one.better for one in found) <= 5


def test_too_few_labels_say_nothing() -> None:
    points, labels = _clusters([LABELED_LEAST])
    assert purity(points[:-1], labels[:-1]) is None
    assert purity(points, labels) is not None
