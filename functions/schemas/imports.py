"""Imports, as the API says them."""

from pydantic import BaseModel, ConfigDict, Field

from core.domain.imports import ImportAs, ImportFormat
from functions.schemas.transfers import TransferOut


class ImportIn(BaseModel):
    """What to import: a file of the project's datastore, or the folder of an MLTable."""

    model_config = ConfigDict(extra="forbid")

    format: ImportFormat
    path: str = Field(min_length=1)
    taken_as: ImportAs = Field(alias="as")


class ImportOut(TransferOut):
    """An import: `read` = `written` + `refused`; the first hundred refusals are named."""

    format: ImportFormat
    path: str
    taken_as: ImportAs = Field(serialization_alias="as")
