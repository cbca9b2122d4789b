"""Exports, as the API says them."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from core.domain.errors import Unsupported
from core.domain.exports import Coordinates, ExportOptions, Format
from core.domain.items import ItemStatus
from core.domain.transfers import Refusal, TransferStatus


class ExportIn(BaseModel):
    """What to export; `from` inclusive and `to` exclusive, by when the answers were made.

    `coordinates` concerns regions alone. `approved_only` and `register` are not supported yet.
    """

    model_config = ConfigDict(extra="forbid")

    format: Format
    status: tuple[ItemStatus, ...] = (ItemStatus.LABELED,)
    made_from: datetime | None = Field(None, alias="from")
    made_to: datetime | None = Field(None, alias="to")
    include_labeler: bool = False
    coordinates: Coordinates | None = None
    approved_only: bool = False
    register_as: str | None = Field(None, alias="register")

    def options(self) -> ExportOptions:
        """The same as the domain says it. Raises Unsupported."""
        if self.approved_only:
            raise Unsupported("There is no review yet, so nothing is approved.", field="approved_only")
        if self.register_as is not None:
            raise Unsupported("Exports cannot be registered as data assets yet.", field="register")
        return ExportOptions(
            self.format, self.status, self.made_from, self.made_to, self.include_labeler, self.coordinates
        )


class ExportOut(BaseModel):
    """An export: `read` = `written` + `refused`. `url` downloads it for an hour."""

    id: str
    format: Format
    status: TransferStatus
    created_at: datetime
    progress: float
    read: int
    written: int
    refused: int
    refusals: list[Refusal]
    url: str | None
    error: str | None
