"""Backups, as the API says them."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from core.domain.transfers import TransferStatus


class BackupIn(BaseModel):
    """A backup that somebody copied into the app's container: its blob's name, below `backups/`."""

    model_config = ConfigDict(extra="forbid")

    path: str = Field(max_length=1024)


class RestoreIn(BaseModel):
    """How to restore: under another `name` than the project had, and with data that were `moved`, which is to
    say copied to another storage account or container."""

    model_config = ConfigDict(extra="forbid")

    name: str | None = None
    moved: bool = False


class RestorationOut(BaseModel):
    """How far the last restoration is, 0..1, and whose doing it was."""

    at: datetime
    by: str
    name: str | None
    moved: bool
    status: TransferStatus
    progress: float
    error: str | None


class BackupOut(BaseModel):
    """A backup of a project, which may be gone: how far it is, 0..1, and how large, in bytes.

    `rows` and `blobs` count what is in it, if this deployment made it. `url` downloads it for an hour.
    Whoever has the file has all answers, and the secrets of the webhooks.
    """

    id: str
    project: str
    name: str
    path: str
    created_at: datetime
    created_by: str
    version: str
    status: TransferStatus
    progress: float
    size: int
    rows: int
    blobs: int
    error: str | None
    url: str | None
    restoration: RestorationOut | None
