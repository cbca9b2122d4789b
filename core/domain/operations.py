"""Something that goes through all shards of a project in the background, and how far it is."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.domain.transfers import TransferStatus


class OperationType(StrEnum):
    """What goes through the shards."""

    RELABEL = "relabel"
    MEASURE_AGREEMENT = "measure_agreement"
    APPLY_RUN = "apply_run"


@dataclass(frozen=True, slots=True)
class Operation:
    """`shards` are done; they are `progress`, 0..1, of all. `changed` counts the items it changed in them."""

    id: str
    type: OperationType
    created_at: datetime
    created_by: str
    status: TransferStatus = TransferStatus.QUEUED
    shards: int = 0
    progress: float = 0.0
    changed: int = 0
    error: str | None = None
