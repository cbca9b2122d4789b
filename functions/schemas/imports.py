"""Imports, as the API says them."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from core.domain.imports import ImportAs, ImportFormat
from core.domain.transfers import Refusal, TransferStatus


class ImportIn(BaseModel):
    """What to import: a file of the project's datastore, or the folder of an MLTable."""

    model_config = ConfigDict(extra="forbid")

    format: ImportFormat
    path: str = Field(min_length=1)
    taken_as: ImportAs = Field(alias="as")


class ImportOut(BaseModel):
    """An import: `read` = `written` + `refused`; the first hundred refusals are named."""

    id: str
    format: ImportFormat
    path: str
    taken_as: ImportAs = Field(serialization_alias="as")
    status: TransferStatus
    created_at: datetime
    progress: float
    read: int
    written: int
    refused: int
    refusals: list[Refusal]
    error: str | None
