"""An export: a file made of a project's annotations."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.domain.items import ItemStatus


class Format(StrEnum):
    """The file formats that can be written."""

    COCO = "coco"
    CSV = "csv"


class ExportStatus(StrEnum):
    """How far an export is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """Which annotations go in, by status and by when they were made (from inclusive, to exclusive)."""

    format: Format
    status: tuple[ItemStatus, ...] = (ItemStatus.LABELED,)
    made_from: datetime | None = None
    made_to: datetime | None = None
    include_labeler: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """A record that was left out, and why."""

    where: str
    why: str


@dataclass(frozen=True, slots=True)
class Export:
    """An export and its progress: `read` items = `written` + `refused`. `progress` is 0..1."""

    id: str
    options: ExportOptions
    created_at: datetime
    created_by: str
    status: ExportStatus = ExportStatus.QUEUED
    progress: float = 0.0
    read: int = 0
    written: int = 0
    refused: int = 0
    refusals: tuple[Refusal, ...] = ()
    blob: str | None = None
    error: str | None = None
