"""What imports and exports have in common: how far they are, and what they could not take along."""

from dataclasses import dataclass
from enum import StrEnum


class TransferStatus(StrEnum):
    """How far an import or export is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


ENDED = frozenset({TransferStatus.DONE, TransferStatus.FAILED})
"""Nothing changes any more."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A record that was left out, and why."""

    where: str
    why: str


@dataclass(frozen=True, slots=True)
class Report:
    """`read` records = `written` + `refused`; the first of the refusals are kept."""

    read: int = 0
    written: int = 0
    refused: int = 0
    refusals: tuple[Refusal, ...] = ()


NO_REPORT = Report()
