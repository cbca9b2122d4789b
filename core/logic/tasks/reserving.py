"""Which parts of a project are for some labelers alone. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.domain.items import Item
from core.domain.predictions import Prediction
from core.domain.projects import Reservation
from core.logic.paths import matches
from core.logic.records.counting import labels_of


@dataclass(frozen=True, slots=True)
class Parts:
    """By index, which of `teams` may have an item: 0 is everybody. An index beyond is not known yet."""

    owners: bytes | tuple[int, ...]
    teams: tuple[frozenset[str], ...]

    def barred(self, labeler: str) -> "Barred":
        """What this labeler may not have."""
        return Barred(self.owners, tuple(bool(team) and labeler not in team for team in self.teams))


@dataclass(frozen=True, slots=True)
class Barred:
    """The indexes of a shard that a labeler may not have."""

    owners: bytes | tuple[int, ...]
    closed: tuple[bool, ...]

    def __contains__(self, index: object) -> bool:
        if not isinstance(index, int) or index >= len(self.owners):
            return True
        return self.closed[self.owners[index]]


def parts(
    items: Sequence[Item], predictions: Mapping[int, Prediction], reservations: Sequence[Reservation]
) -> Parts:
    """How the reservations part a shard's items."""
    numbers: dict[frozenset[str], int] = {frozenset(): 0}
    owners = [
        numbers.setdefault(_team(item, predictions.get(index), reservations), len(numbers))
        for index, item in enumerate(items)
    ]
    return Parts(bytes(owners) if len(numbers) <= 256 else tuple(owners), tuple(numbers))


def _team(item: Item, prediction: Prediction | None, reservations: Sequence[Reservation]) -> frozenset[str]:
    labels = labels_of(prediction.answer) if prediction else set()
    return frozenset(
        labeler
        for reservation in reservations
        if (reservation.path is not None and matches(reservation.path, item.path))
        or not labels.isdisjoint(reservation.labels)
        for labeler in reservation.labelers
    )
