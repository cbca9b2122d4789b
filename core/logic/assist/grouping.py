"""Which items of a shard look alike, so that a page of them can be answered with one key. Pure.

Greedy: the item whose eight most similar ones are most similar to it takes them as its page, then the next of
those that are left. That it has to be similar to the last page too makes a chain of them, in which neighbours
look alike, so that other pages can be cut from it: smaller ones, or when some of the items are gone. There is
a group for each class that a model predicts, or, before there is any, one of all items. Two items are as
similar as the directions of their embeddings (cosine).

Whether that helps, items whose label is known tell: pages of them must have more of one label than pages of
the same items in random order have in 19 of 20 orders.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from statistics import fmean
from typing import TYPE_CHECKING

from core.domain.predictions import Groups

if TYPE_CHECKING:  # numpy takes a tenth of a second of a cold start
    import numpy as np
    from numpy.typing import NDArray

PAGE = 9
LABELED_LEAST = 50
LABELED_MOST = 1_000
"""More would take their square in memory, and tell no more."""

_ORDERS = 200
_CERTAINTY = 0.95


@dataclass(frozen=True, slots=True)
class Purity:
    """The share of a page that has its most frequent label, 0..1, in the mean over pages: of similar items,
    and of the same ones in random order. `better`: that is no chance."""

    pages: float
    random: float
    better: bool


def group_alike(
    embeddings: "NDArray[np.floating]",
    indexes: Sequence[int],
    classes: Mapping[int, str] | None = None,
    *,
    apart: Collection[int] = (),
) -> Groups:
    """The items of these indexes, each with its row of `embeddings`, shape (items, dimensions), in groups.

    Each is in one group, of its class in `classes` if there is one, in the order of their names. Those that
    are `apart` are grouped among themselves, and come last.
    """
    aside, places = frozenset(apart), dict[tuple[bool, str], list[int]]()
    for place, index in enumerate(indexes):
        name = classes.get(index, "") if classes else ""
        places.setdefault((index in aside, name), []).append(place)
    return [[indexes[place] for place in _chain(embeddings, places[key])] for key in sorted(places)]


def purity(embeddings: "NDArray[np.floating]", labels: Sequence[Hashable], seed: int = 0) -> Purity | None:
    """How pure pages of similar items are, judged by items with these labels, each with its row.

    None of fewer than LABELED_LEAST items, which tell nothing.
    """
    if len(labels) < LABELED_LEAST:
        return None
    [chain] = group_alike(embeddings, range(len(labels)))
    pages = page_purity([labels[place] for place in chain])
    dice, shuffled = Random(seed), list(labels)  # noqa: S311  no secret
    orders = []
    for _ in range(_ORDERS):
        dice.shuffle(shuffled)
        orders.append(page_purity(shuffled))
    orders.sort()
    return Purity(pages, fmean(orders), better=pages > orders[int(_CERTAINTY * _ORDERS) - 1])


def page_purity(labels: Sequence[Hashable]) -> float:
    """The mean, over pages cut from labels in this order, of the share of the most frequent label.

    A last page that is not full is left out unless it is the only one; 0 of nothing.
    """
    full = len(labels) // PAGE * PAGE or len(labels)
    pages = [labels[start : start + PAGE] for start in range(0, full, PAGE)]
    return fmean(Counter(page).most_common(1)[0][1] / len(page) for page in pages) if pages else 0.0


def _chain(embeddings: "NDArray[np.floating]", places: Sequence[int]) -> list[int]:
    """These rows, page after page of similar ones."""
    import numpy as np

    vectors = np.asarray(embeddings[list(places)], np.float32)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors = vectors / np.maximum(lengths, np.finfo(np.float32).tiny)
    alike = vectors @ vectors.T
    count, most = len(places), min(PAGE, len(places))
    nearest, close = np.zeros((count, most), np.intp), np.zeros(count, np.float32)
    left, here = np.arange(count), np.ones(count, bool)
    stale = left
    last = np.zeros(vectors.shape[1], np.float32)
    chain: list[int] = []
    while left.size:
        if stale.size:
            among = alike[np.ix_(stale, left)]
            best = np.argpartition(-among, min(most, left.size) - 1, axis=1)[:, :most]
            nearest[stale, : best.shape[1]] = left[best]
            close[stale] = np.take_along_axis(among, best, axis=1).mean(axis=1)
        first = left[(close[left] + vectors[left] @ last).argmax()]
        like = alike[first, left]
        like[left == first] = np.inf
        page = left[np.argsort(-like, kind="stable")[:PAGE]]
        last = vectors[page].mean(axis=0)
        here[page] = False
        left = left[here[left]]
        stale = left[~here[nearest[left]].all(axis=1)]  # they have lost a neighbour
        chain += page.tolist()
    return [places[at] for at in chain]
