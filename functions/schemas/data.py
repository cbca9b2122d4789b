"""Datastores, uploads and previews, as the API says them."""

from datetime import datetime

from pydantic import BaseModel, Field

from core.domain.projects import Datastore, DataType


class DatastoreIn(BaseModel):
    """A container of this storage account. It must exist."""

    container: str = Field(pattern=r"^[a-z0-9](-?[a-z0-9]){2,62}$")


class DatastoreOut(BaseModel):
    """A container of images under a name."""

    name: str
    container: str

    @classmethod
    def of(cls, datastore: Datastore) -> "DatastoreOut":
        return cls(name=datastore.name, container=datastore.container)


class PreviewIn(BaseModel):
    """A path that a project might have."""

    path: str
    type: DataType = DataType.FILES


class PreviewFile(BaseModel):
    """One of the images that match."""

    path: str
    url: str


class LeftOut(BaseModel):
    """How many blobs are left out, and why."""

    reason: str
    count: int


class PreviewOut(BaseModel):
    """What a path would give. `more`: it holds so many that the count stopped early."""

    matched: int
    more: bool
    first: list[PreviewFile]
    left_out: list[LeftOut]


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
