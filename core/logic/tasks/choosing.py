"""In which shards a labeler looks for work first, by what is said of all of them. Pure.

What is said (an Outline) may be a minute old, or wrong after a crash: it decides where to look, never what is
there, and nobody is told that nothing is left before all shards have been looked at.
"""

from collections.abc import Mapping, Sequence
from hashlib import blake2b

from core.domain.shards import Control, Outline
from core.logic.tasks.sharding import rank_shards

NEAR = 32
"""Shards that are looked at together for what others have begun: as many as are read at once."""

_UNSAID = Outline()

Outlines = Mapping[int, Outline]


def outline(control: Control) -> Outline:
    """What is to be said of a shard. It changes a few times in the life of a shard, not with each answer."""
    return Outline(
        pending=bool(control.pending()),
        gold=bool(control.gold),
        labelers=frozenset(control.counts.labelers),
        reserved=frozenset(control.reserved),
    )


def open_shards(outlines: Outlines, labeler: str, shards: int) -> Sequence[int]:
    """Those with pending items, the labeler's home first."""
    return [shard for shard, said in _ranked(outlines, labeler, shards) if said.pending]


def urgent_shards(
    outlines: Outlines, labeler: str, shards: int, task: str, *, consensus: bool
) -> Sequence[int]:
    """Those with items for this labeler alone, and with consensus those that labelers have begun.

    Of more than `NEAR` of a sort, each task has others among them.
    """
    ranked = _ranked(outlines, labeler, shards)
    own = [shard for shard, said in ranked if labeler in said.reserved]
    begun = [shard for shard, said in ranked if consensus and said.labelers and said.pending]
    return [*dict.fromkeys((*_some(own, task), *_some(begun, task)))]


def past_shards(outlines: Outlines, labeler: str) -> Sequence[int]:
    """Those in which the labeler has answered."""
    return [shard for shard, said in outlines.items() if labeler in said.labelers]


def gold_shards(outlines: Outlines, labeler: str, shards: int, task: str) -> Sequence[int]:
    """Those with items whose answer is known."""
    return _some([shard for shard, said in _ranked(outlines, labeler, shards) if said.gold], task)


def _ranked(outlines: Outlines, labeler: str, shards: int) -> Sequence[tuple[int, Outline]]:
    return [(shard, outlines.get(shard, _UNSAID)) for shard in rank_shards(labeler, shards)]


def _some(shards: Sequence[int], task: str) -> Sequence[int]:
    """Up to `NEAR` of them, the first of which depends on the task where there are more."""
    if len(shards) <= NEAR:
        return shards
    start = int.from_bytes(blake2b(task.encode(), digest_size=8).digest()) % len(shards)
    return [*shards[start:], *shards[:start]][:NEAR]
