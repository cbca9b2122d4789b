"""In which shards a labeler looks for work first, by what is said of all of them. Pure.

What is said (an Outline) may be a minute old, or wrong after a crash: it decides where to look, never what is
there, and nobody is told that nothing is left before all shards have been looked at.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from hashlib import blake2b
from itertools import chain

from core.domain.shards import Control, Outline
from core.logic.tasks.sharding import rank_shards

NEAR = 32
"""Shards that are looked at together for what others have begun: as many as are read at once."""

_UNSAID = Outline()

Outlines = Mapping[int, Outline]


def outline(control: Control) -> Outline:
    """What is to be said of a shard. It changes a few times in the life of a shard, not with each answer."""
    return Outline(
        pending=control.has_pending(),
        gold=bool(control.gold),
        labelers=frozenset(control.counts.labelers),
        reserved=frozenset(control.reserved),
    )


def open_shards(outlines: Outlines, labeler: str, shards: int) -> Iterator[int]:
    """Those with pending items, the labeler's home first."""
    return (shard for shard in rank_shards(labeler, shards) if outlines.get(shard, _UNSAID).pending)


def urgent_shards(
    outlines: Outlines, labeler: str, shards: int, task: str, *, consensus: bool
) -> Sequence[int]:
    """Those with items for this labeler alone, and with consensus those that labelers have begun.

    Of more than `NEAR` of a sort, each task has others among them.
    """
    own = {shard for shard, said in outlines.items() if labeler in said.reserved}
    begun = {shard for shard, said in outlines.items() if consensus and said.labelers and said.pending}
    some = (_some(found, labeler, shards, task) for found in (own, begun))
    return [*dict.fromkeys(chain.from_iterable(some))]


def past_shards(outlines: Outlines, labeler: str) -> Sequence[int]:
    """Those in which the labeler has answered."""
    return [shard for shard, said in outlines.items() if labeler in said.labelers]


def gold_shards(outlines: Outlines, labeler: str, shards: int, task: str) -> Sequence[int]:
    """Those with items whose answer is known."""
    golden = {shard for shard, said in outlines.items() if said.gold}
    return _some(golden, labeler, shards, task)


def _some(found: Set[int], labeler: str, shards: int, task: str) -> Sequence[int]:
    """Up to `NEAR` of them, the nearest first; of more than that, from one on that depends on the task."""
    ranked = [shard for shard in rank_shards(labeler, shards) if shard in found] if found else []
    if len(ranked) <= NEAR:
        return ranked
    start = int.from_bytes(blake2b(task.encode(), digest_size=8).digest()) % len(ranked)
    return [*ranked[start:], *ranked[:start]][:NEAR]
