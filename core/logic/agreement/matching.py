"""Which regions of two labelers mean the same thing.

Of all one-to-one matchings, the one that maximises the sum of intersections over union, where two regions may
only be matched from what the labels of both ask for on. Equal labels are matched first: where a rider and a
horse overlap, it is not the closer edges that tell which is which. What is left is matched whatever its
label, so that it can be told what is confused. This is the assignment problem of the Hungarian method (Kuhn,
1955), solved for few possible pairs by shortest augmenting paths (Jonker & Volgenant, 1987); a region may
stay alone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:  # numpy takes a tenth of a second of a cold start; who labels classes never needs it
    import numpy as np
    from numpy.typing import NDArray

PAIRS_MAX = 250_000
"""Of answers that differ and whose regions could be paired in more ways, as in no honest ones, none match."""

Ious = Callable[[Any, Any], "NDArray[np.float64]"]
"""The intersections over union of some shapes, down, and others, across."""

EQUAL_LABELS = 1e3
"""What equal labels add to an intersection over union: so much that as many as can be are matched."""

_ROWS = 256


@dataclass(frozen=True, slots=True)
class Marks:
    """A labeler's regions. Those with the same number in `places` are at the very same place.

    `needed` is the intersection over union from which each can be matched; `shapes` are as `Ious` takes them.
    """

    labels: "NDArray[np.str_]"
    needed: "NDArray[np.float64]"
    places: "NDArray[np.int64]"
    shapes: Sequence[Any]


class Pair(NamedTuple):
    """Two regions that are matched, by index in their answers, and what that added to the sum."""

    one: int
    other: int
    weight: float


def match(one: Marks, other: Marks, ious: Ious) -> list[Pair]:
    """The matched regions of two labelers.

    The regions of each are in the order of their places and labels, so equal answers need no search.
    """
    import numpy as np  # here, for the cold start's sake

    if np.array_equal(one.places, other.places) and np.array_equal(one.labels, other.labels):
        return [Pair(at, at, 1 + EQUAL_LABELS) for at in range(len(one.labels))]
    rows, columns, weights = _candidates(one, other, ious)
    if not rows.size:
        return []
    weights += EQUAL_LABELS * (one.labels[rows] == other.labels[columns])
    partners = _best(rows, columns, weights, (len(one.labels), len(other.labels)))
    matched = partners[rows] == columns
    found = zip(rows[matched].tolist(), columns[matched].tolist(), weights[matched].tolist(), strict=True)
    return [Pair(*pair) for pair in found]


def _candidates(
    one: Marks, other: Marks, ious: Ious
) -> "tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]":
    """The pairs that may be matched, and how well: rows, columns, intersections over union."""
    import numpy as np

    none = np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0)
    found, count = [none], 0
    for start in range(0, len(one.labels) if len(other.labels) else 0, _ROWS):
        some = slice(start, start + _ROWS)
        same = one.places[some, np.newaxis] == other.places
        values = np.where(same, 1.0, ious(one.shapes[some], other.shapes))
        allowed = (values >= np.maximum(one.needed[some, np.newaxis], other.needed)) & (values > 0)
        rows, columns = np.nonzero(allowed)
        found.append((rows + start, columns, values[rows, columns]))
        count += rows.size
        if count > PAIRS_MAX:
            return none
    rows, columns, weights = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return rows, columns, weights


def _best(
    rows: "NDArray[np.int64]",
    columns: "NDArray[np.int64]",
    weights: "NDArray[np.float64]",
    size: tuple[int, int],
) -> "NDArray[np.int64]":
    """The column of each row, or one beyond the last where the row is better left alone.

    Each row gets a column of its own to be alone in, of weight 0. A weight of 0 means no edge to scipy, and
    as all rows have one edge in the end, 1 more on each changes nothing.
    """
    import numpy as np
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    height, width = size
    alone = np.arange(height)
    edges = (np.concatenate([rows, alone]), np.concatenate([columns, width + alone]))
    graph = csr_array((np.concatenate([1 + weights, np.ones(height)]), edges), shape=(height, width + height))
    matched, partners = min_weight_full_bipartite_matching(graph, maximize=True)
    best = np.empty(height, np.int64)
    best[matched] = partners
    return best
