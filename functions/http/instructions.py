"""What labelers read first, as it was and is. It is changed with the project."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from core.logic.permissions import Action
from core.usecases.authorize import Access
from functions.access import CurrentPorts, permit_in
from functions.schemas.common import Page
from functions.schemas.projects import InstructionsVersionOut

router = APIRouter(prefix="/api/projects/{project}/instructions", tags=["projects"])


@router.get("")
async def index(
    access: Annotated[Access, Depends(permit_in(Action.READ_PROJECT))],
    ports: CurrentPorts,
    cursor: Annotated[int | None, Query(ge=1)] = None,
    limit: Annotated[int, Query(ge=1, le=50)] = 20,
) -> Page[InstructionsVersionOut]:
    """Every version of the instructions, newest first, and who wrote it when."""
    versions = await ports.instructions.page(access.project.id, limit, cursor)
    names = await ports.people.names({version.user for version in versions})
    items = [
        InstructionsVersionOut(
            version=found.instructions.version,
            text=found.instructions.text,
            url=found.instructions.url,
            at=found.at,
            user=found.user,
            name=names.get(found.user),
        )
        for found in versions
    ]
    oldest = items[-1].version if items else 1
    return Page(items=items, next=str(oldest) if oldest > 1 else None)
