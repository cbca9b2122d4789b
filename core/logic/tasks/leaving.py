"""What is left when somebody labels here no more. Pure."""

from collections.abc import Iterable
from dataclasses import replace

from core.domain.projects import Reservation
from core.domain.shards import Control


def without_leases(control: Control, labeler: str) -> Control:
    """The control entity without the labeler's leases; their items are free."""
    return replace(control, leases=tuple(lease for lease in control.leases if lease.labeler != labeler))


def without_labeler(reservations: Iterable[Reservation], labeler: str) -> tuple[Reservation, ...]:
    """The reservations without the labeler. What was theirs alone is everybody's."""
    left = (
        replace(reservation, labelers=tuple(other for other in reservation.labelers if other != labeler))
        for reservation in reservations
    )
    return tuple(reservation for reservation in left if reservation.labelers)
