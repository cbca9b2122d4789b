"""What goes through a project in the background."""

from typing import Annotated

from fastapi import APIRouter, Depends

from core.logic.permissions import Action
from core.usecases.authorize import Access
from functions.access import CurrentPorts, permit_in
from functions.schemas.common import Page
from functions.schemas.operations import OperationOut

router = APIRouter(prefix="/api/projects/{project}/operations", tags=["operations"])

Reader = Annotated[Access, Depends(permit_in(Action.READ_PROJECT))]


@router.get("")
async def index(access: Reader, ports: CurrentPorts) -> Page[OperationOut]:
    """Every operation of the project, newest first."""
    operations = await ports.operations.all(access.project.id) if access.project.shards else []
    return Page(items=[OperationOut.of(operation) for operation in operations])


@router.get("/{operation}")
async def read(operation: str, access: Reader, ports: CurrentPorts) -> OperationOut:
    """How far an operation is."""
    return OperationOut.of(await ports.operations.get(access.project.id, operation))
