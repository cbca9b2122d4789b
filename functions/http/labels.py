"""A project's labels, and how their change goes through its answers."""

from typing import Annotated

from fastapi import APIRouter, Depends, Header

from core.logic.permissions import Action
from core.usecases.authorize import Access
from core.usecases.change_labels import change_labels
from functions.access import CurrentPorts, permit_in
from functions.schemas.labels import LabelsIn
from functions.schemas.operations import OperationOut

router = APIRouter(prefix="/api/projects/{project}/labels", tags=["labels"])


@router.post("", status_code=202)
async def change(
    body: LabelsIn,
    access: Annotated[Access, Depends(permit_in(Action.EDIT_LABELS))],
    ports: CurrentPorts,
    if_match: Annotated[str | None, Header()] = None,
) -> OperationOut:
    """Give a paused project other labels; with If-Match only if nobody else changed the project.

    Every label that was there is still there, moves, or is retired. Answers follow in the background, and can
    be read meanwhile; the project can run again when they have.
    """
    return OperationOut.of(await change_labels(ports, access, body.change(), if_match))
