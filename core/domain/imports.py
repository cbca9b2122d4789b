"""An import: labels from a file, for items that a project has."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.domain.transfers import NO_REPORT, Report, TransferStatus


class ImportFormat(StrEnum):
    """The file formats that can be read."""

    COCO = "coco"
    JSONL = "jsonl"
    MLTABLE = "mltable"
    CSV = "csv"
    MANIFEST = "manifest"
    LABEL_STUDIO = "labelstudio"
    VOC = "voc"
    YOLO = "yolo"


class ImportAs(StrEnum):
    """What imported labels are taken for: something to check, the last word, or what votes come to."""

    PRELABELS = "prelabels"
    LABELS = "labels"
    CONSENSUS = "consensus"


@dataclass(frozen=True, slots=True)
class Import:
    """An import and its progress, 0..1. `path` is a blob of the project's datastore, or a pattern of them."""

    id: str
    format: ImportFormat
    path: str
    taken_as: ImportAs
    created_at: datetime
    created_by: str
    status: TransferStatus = TransferStatus.QUEUED
    progress: float = 0.0
    report: Report = NO_REPORT
    error: str | None = None
