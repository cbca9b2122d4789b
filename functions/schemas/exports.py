"""Exports, as the API says them."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from core.domain.exports import Coordinates, ExportOptions, Format
from core.domain.items import ItemStatus
from functions.schemas.transfers import TransferOut


class ExportIn(BaseModel):
    """What to export; `from` inclusive and `to` exclusive, by when the answers were made.

    No `status` means labeled items, for votes those that need review too. `coordinates` concerns regions
    alone; null means what the format's readers expect. `register` names an Azure ML data asset that the
    result becomes a version of.
    """

    model_config = ConfigDict(extra="forbid")

    format: Format
    status: tuple[ItemStatus, ...] = ()
    made_from: datetime | None = Field(None, alias="from")
    made_to: datetime | None = Field(None, alias="to")
    include_labeler: bool = False
    coordinates: Coordinates | None = None
    approved_only: bool = False
    include_accepted: bool = Field(True, description="also those of a model that no person approved")
    register_as: str | None = Field(None, alias="register", pattern=r"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,254}$")

    def options(self) -> ExportOptions:
        """The same as the domain says it."""
        return ExportOptions(
            format=self.format,
            status=self.status,
            made_from=self.made_from,
            made_to=self.made_to,
            include_labeler=self.include_labeler,
            coordinates=self.coordinates,
            approved_only=self.approved_only,
            include_accepted=self.include_accepted,
            register=self.register_as,
        )


class ExportOut(TransferOut):
    """An export: `read` = `written` + `refused`. `url` downloads it for an hour."""

    format: Format
    url: str | None
    expired: bool = Field(description="its file was deleted because it was old: export again")
    asset: str | None = Field(description="the id of the data asset it was registered as")
