"""Parts of a project that are for some labelers alone."""

from typing import Annotated

from fastapi import APIRouter, Depends, Header

from core.domain.projects import Project
from core.logic.permissions import Action
from core.usecases.authorize import Access
from core.usecases.reserve_items import Part, reserve_items
from functions.access import CurrentPorts, permit_in
from functions.schemas.common import Page
from functions.schemas.reservations import ReservationOut, ReservationsIn

router = APIRouter(prefix="/api/projects/{project}/reservations", tags=["labeling"])

Reserver = Annotated[Access, Depends(permit_in(Action.EDIT_RESERVATIONS))]


@router.get("")
async def index(access: Reserver) -> Page[ReservationOut]:
    """Which parts are reserved, and for whom."""
    return _told(access.project)


@router.put("")
async def put(
    body: ReservationsIn,
    access: Reserver,
    ports: CurrentPorts,
    if_match: Annotated[str | None, Header()] = None,
) -> Page[ReservationOut]:
    """Reserve these parts, and no others. An item of several is for the labelers of each."""
    parts = [Part(tuple(part.labelers), part.path, tuple(part.labels)) for part in body.reservations]
    return _told(await reserve_items(ports, access, parts, if_match))


def _told(project: Project) -> Page[ReservationOut]:
    return Page(
        items=[
            ReservationOut(id=part.id, labelers=list(part.labelers), path=part.path, labels=list(part.labels))
            for part in project.reservations
        ]
    )
