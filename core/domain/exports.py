"""An export: a file made of a project's annotations."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.domain.items import ItemStatus
from core.domain.transfers import NO_REPORT, Report, TransferStatus


class Format(StrEnum):
    """The file formats that can be written."""

    COCO = "coco"
    JSONL = "jsonl"
    MLTABLE = "mltable"
    CSV = "csv"
    CONLL = "conll"
    MASKS = "masks"
    YOLO = "yolo"
    VOC = "voc"
    VOTES = "votes"


class Coordinates(StrEnum):
    """How a file gives coordinates: in pixels, or as fractions of the image's width and height."""

    ABSOLUTE = "absolute"
    NORMALIZED = "normalized"


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """Which annotations go in, by status and by when they were made (from inclusive, to exclusive).

    No status means those that the format is for. `coordinates` None means what the format's readers expect.
    `include_accepted`: also those of a model that no person has approved. `register` names an Azure ML data
    asset.
    """

    format: Format
    status: tuple[ItemStatus, ...] = ()
    made_from: datetime | None = None
    made_to: datetime | None = None
    include_labeler: bool = False
    coordinates: Coordinates | None = None
    approved_only: bool = False
    include_accepted: bool = True
    register: str | None = None


@dataclass(frozen=True, slots=True)
class Export:
    """An export and its progress, 0..1. `asset` is the id of the data asset it was registered as."""

    id: str
    options: ExportOptions
    created_at: datetime
    created_by: str
    status: TransferStatus = TransferStatus.QUEUED
    progress: float = 0.0
    report: Report = NO_REPORT
    blob: str | None = None
    asset: str | None = None
    error: str | None = None
