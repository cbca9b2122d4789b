"""Which items share a shard, and which shard a labeler works on."""

import random
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b

SHARD_ITEMS_MIN = 250
SHARD_ITEMS_MAX = 1_000
SHARDS_AIMED_AT = 32


def shard_sizes(items: int) -> list[int]:
    """Even sizes: about a thirty-second of a small project each, 250 to 1,000 items where that divides."""
    size = min(max(items // SHARDS_AIMED_AT, SHARD_ITEMS_MIN), SHARD_ITEMS_MAX)
    shards = max(1, -(-items // size) if size == SHARD_ITEMS_MAX else items // size)
    smaller, bigger = divmod(items, shards)
    return [smaller + 1] * bigger + [smaller] * (shards - bigger)


def shuffled(values: Iterable[bytes], seed: int) -> list[bytes]:
    """The values in an order that depends on nothing but the seed and what they are."""
    ordered = sorted(values)
    random.Random(seed).shuffle(ordered)  # noqa: S311  an even spread, not a secret
    return ordered


@lru_cache(maxsize=4_096)
def rank_shards(labeler: str, shards: int) -> tuple[int, ...]:
    """Every shard, the labeler's home first: rendezvous hashing (Thaler and Ravishankar, 1998).

    A shard that is added moves only the labelers whose new home it is.
    """
    return tuple(sorted(range(shards), key=lambda shard: _weight(labeler, shard), reverse=True))


def _weight(labeler: str, shard: int) -> bytes:
    return blake2b(f"{shard}:{labeler}".encode(), digest_size=8).digest()
