"""What projects cost."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from core.domain.people import User
from core.logic.permissions import Action
from core.usecases.authorize import Access
from core.usecases.show_cost import show_cost, sum_costs
from functions.access import CurrentPorts, permit, permit_in
from functions.schemas.cost import CostOut, CostsOut

router = APIRouter(prefix="/api", tags=["cost"])

Month = Annotated[str | None, Query(description="such as 2026-11, in UTC; left out: the present one")]


@router.get("/projects/{project}/cost")
async def read(
    access: Annotated[Access, Depends(permit_in(Action.READ_COST))], ports: CurrentPorts, month: Month = None
) -> CostOut:
    """What the project cost in a month: storage, execution, and machines that ran its jobs."""
    return CostOut.of(await show_cost(ports, access.project, month))


@router.get("/cost")
async def index(
    _: Annotated[User, Depends(permit(Action.READ_COSTS))], ports: CurrentPorts, month: Month = None
) -> CostsOut:
    """What everything cost in a month, by project."""
    return CostsOut.of(await sum_costs(ports, month))
