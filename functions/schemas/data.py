"""Datastores, uploads and previews, as the API says them."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import BaseModel, Field

from core.domain.kinds import Kind
from core.domain.projects import Datastore, DataType
from core.domain.transfers import Refusal


class DatastoreIn(BaseModel):
    """A container, which must exist: of the app's own storage account, or of the one at `account`, where the
    app's identity must be allowed in."""

    container: str = Field(pattern=r"^[a-z0-9](-?[a-z0-9]){2,62}$")
    account: str | None = Field(
        None,
        pattern=r"^https?://[^/?#@]+(/[a-z0-9]+)?/?$",
        description="such as https://x.blob.core.windows.net",
    )


class DatastoreOut(BaseModel):
    """A container of images under a name."""

    name: str
    container: str
    account: str | None

    @classmethod
    def of(cls, datastore: Datastore) -> "DatastoreOut":
        return cls(name=datastore.name, container=datastore.container, account=datastore.account)


class PreviewIn(BaseModel):
    """What a project's data might be."""

    path: str
    type: DataType = DataType.FILES
    kind: Kind = Kind.IMAGE_MULTICLASS
    header: bool = True
    columns: dict[str, str] | tuple[str, ...] | None = None


class PreviewFile(BaseModel):
    """One of the items there would be. `columns` are the cells of a table's row."""

    path: str
    url: str | None
    text: str | None
    columns: Mapping[str, str] | None


class LeftOut(BaseModel):
    """How many blobs or rows are left out, and why."""

    reason: str
    count: int


class PreviewOut(BaseModel):
    """What a path would give. `more`: it holds so many that the count stopped early. `columns`: all
    that the tables have. `refusals`: the first of what is left out, by name."""

    matched: int
    more: bool
    first: list[PreviewFile]
    columns: list[str]
    left_out: list[LeftOut]
    refusals: list[Refusal]


class UploadsIn(BaseModel):
    """Paths to upload to."""

    files: list[str]
    overwrite: bool = False


class Upload(BaseModel):
    """A URL to PUT one blob to, with the header `x-ms-blob-type: BlockBlob`."""

    path: str
    url: str


class UploadsOut(BaseModel):
    """URLs that work until `expires`."""

    uploads: list[Upload]
    expires: datetime
