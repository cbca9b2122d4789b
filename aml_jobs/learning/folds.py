"""Cross-fitting: every answered item is predicted by the one model that did not learn from it."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence

from learning.errors import Unusable
from learning.items import Item


def assign(items: Sequence[Item], folds: int, seed: int) -> list[int]:
    """The fold of each answered item: the one it asks for, else dealt by a hash of its id within its labels.

    Raises Unusable if a fold would have none.
    """
    if len(items) < max(2, folds):
        raise Unusable(f"{len(items)} answered items are too few for {folds} folds.")
    dealt: dict[str, int] = {}
    turn = 0
    strata: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        strata[_stratum(item)].append(item)
    for name in sorted(strata):
        for item in sorted(strata[name], key=lambda one: _hash(one.id, seed)):
            if item.fold is None:
                dealt[item.id] = turn % folds
                turn += 1
            elif item.fold >= folds:
                raise Unusable(f"item {item.id!r} wants fold {item.fold}, and there are {folds}, from 0.")
            else:
                dealt[item.id] = item.fold
    if len(set(dealt.values())) < folds:
        raise Unusable(f"not every one of the {folds} folds has an answered item.")
    return [dealt[item.id] for item in items]


def _stratum(item: Item) -> str:
    labels = (item.answer or {}).get("labels", ())
    return str(labels[0]) if labels else ""


def _hash(name: str, seed: int) -> bytes:
    return hashlib.sha256(f"{seed}:{name}".encode()).digest()
