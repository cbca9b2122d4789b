"""What happened in a project."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from core.logic.permissions import Action
from core.usecases.authorize import Access
from functions.access import CurrentPorts, permit_in
from functions.schemas.common import Page
from functions.schemas.log import LogEntryOut

router = APIRouter(prefix="/api/projects/{project}/log", tags=["projects"])


@router.get("")
async def index(
    access: Annotated[Access, Depends(permit_in(Action.READ_LOG))],
    ports: CurrentPorts,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Page[LogEntryOut]:
    """What happened, newest first. Entries are never changed."""
    page = await ports.log.page(access.project.id, limit, cursor)
    names = await ports.people.names({entry.user for entry in page.entries})
    items = [
        LogEntryOut(
            id=entry.id,
            at=entry.at,
            user=entry.user,
            name=names.get(entry.user),
            what=entry.what,
            details=entry.details,
        )
        for entry in page.entries
    ]
    return Page(items=items, next=page.next)
