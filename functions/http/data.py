"""Datastores, uploads to them, and what a path in them would give."""

from typing import Annotated

from fastapi import APIRouter, Depends

from core.domain.people import User
from core.domain.projects import Data, Datastore
from core.logic.permissions import Action
from core.usecases.preview_data import preview_data
from core.usecases.set_datastore import set_datastore
from core.usecases.sign_uploads import sign_uploads
from functions.access import CurrentPorts, CurrentUser, permit
from functions.schemas.common import Page
from functions.schemas.data import (
    DatastoreIn,
    DatastoreOut,
    LeftOut,
    PreviewFile,
    PreviewIn,
    PreviewOut,
    Upload,
    UploadsIn,
    UploadsOut,
)

router = APIRouter(prefix="/api/datastores", tags=["data"])


@router.get("")
async def index(_user: CurrentUser, ports: CurrentPorts) -> Page[DatastoreOut]:
    """Every datastore."""
    return Page(items=[DatastoreOut.of(datastore) for datastore in await ports.datastores.all()])


@router.put("/{name}")
async def put(
    name: str,
    body: DatastoreIn,
    _user: Annotated[User, Depends(permit(Action.EDIT_DATASTORES))],
    ports: CurrentPorts,
) -> DatastoreOut:
    """Give a container of this storage account a name."""
    datastore = Datastore(name, body.container, body.account)
    await set_datastore(ports, datastore)
    return DatastoreOut.of(datastore)


@router.post("/{datastore}/uploads")
async def uploads(
    datastore: str,
    body: UploadsIn,
    _user: Annotated[User, Depends(permit(Action.UPLOAD_DATA))],
    ports: CurrentPorts,
) -> UploadsOut:
    """A URL for each file, to PUT it to."""
    urls, expires = await sign_uploads(ports, datastore, body.files, overwrite=body.overwrite)
    return UploadsOut(uploads=[Upload(path=path, url=url) for path, url in urls.items()], expires=expires)


@router.post("/{datastore}/preview")
async def preview(
    datastore: str,
    body: PreviewIn,
    _user: Annotated[User, Depends(permit(Action.PREVIEW_DATA))],
    ports: CurrentPorts,
) -> PreviewOut:
    """What a path would give a project."""
    data = Data(datastore, body.path, body.type, body.header, body.columns)
    found = await preview_data(ports, body.kind, data)
    return PreviewOut(
        matched=found.matched,
        more=found.more,
        first=[
            PreviewFile(path=item.name, url=view.url, text=view.text, columns=view.columns)
            for item, view in found.first
        ],
        columns=list(found.columns),
        refusals=list(found.refusals),
        left_out=[LeftOut(reason=reason, count=count) for reason, count in found.left_out.items()],
    )
