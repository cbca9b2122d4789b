import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.logic.tasks.sharding import rank_shards, shard_sizes, shuffled


@pytest.mark.parametrize(
    ("items", "sizes"),
    [
        (1, [1]),
        (249, [249]),
        (500, [250, 250]),
        (2_062, [258] * 6 + [257] * 2),
        (32_000, [1_000] * 32),
        (32_001, [970] * 24 + [969] * 9),
        (500_000, [1_000] * 500),
    ],
)
def test_shard_sizes(items: int, sizes: list[int]) -> None:
    assert shard_sizes(items) == sizes


@given(st.integers(1, 600_000))
def test_shards_hold_every_item_and_none_too_many(items: int) -> None:
    sizes = shard_sizes(items)
    assert sum(sizes) == items
    assert max(sizes) <= 1_000
    assert max(sizes) - min(sizes) <= 1
    assert items < 500 or min(sizes) >= 250


def test_the_shuffle_depends_on_the_seed_and_the_paths_alone() -> None:
    items = [f"photos/{number}.jpg".encode() for number in range(100)]
    other_order = random.Random(1).sample(items, len(items))
    assert shuffled(items, 7) == shuffled(other_order, 7)
    assert shuffled(items, 7) != shuffled(items, 8)
    assert set(shuffled(items, 7)) == set(items)


def test_labelers_have_different_homes() -> None:
    homes = {rank_shards(f"labeler{number}", 32)[0] for number in range(32)}
    assert len(homes) > 15


def test_a_new_shard_moves_only_the_labelers_whose_home_it_becomes() -> None:
    for number in range(100):
        before, after = rank_shards(f"l{number}", 8), rank_shards(f"l{number}", 9)
        assert tuple(shard for shard in after if shard != 8) == before
