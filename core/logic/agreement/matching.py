"""Which regions of two labelers mean the same thing.

Of all one-to-one matchings, the one that maximises the sum of intersections over union, where two regions may
only be matched from what the labels of both ask for on. Labels do not count, so that it can be told which are
confused; but of matchings of the same sum, the one that matches more equal labels is taken. That is the
assignment problem of the Hungarian method (Kuhn, 1955), solved for few possible pairs by shortest augmenting
paths (Jonker & Volgenant, 1987); a region may stay alone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:  # numpy takes a tenth of a second of a cold start; who labels classes never needs it
    import numpy as np
    from numpy.typing import NDArray

PAIRS_MAX = 1_000_000
"""Answers whose regions could be paired in more ways, which no honest ones have, are not matched at all."""

Ious = Callable[[Any, Any], "NDArray[np.float64]"]
"""The intersections over union of some shapes, down, and others, across."""

_SAME_LABEL = 1e-9
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
    """Two regions that are matched, by index in their answers."""

    one: int
    other: int
    iou: float


def match(one: Marks, other: Marks, ious: Ious) -> list[Pair]:
    """The matched regions of two labelers."""
    rows, columns, weights = _candidates(one, other, ious)
    if not rows.size:
        return []
    favoured = weights + _SAME_LABEL * (one.labels[rows] == other.labels[columns])
    partners = _best(rows, columns, favoured, (len(one.labels), len(other.labels)))
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
