"""How far labelers agree."""

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Depends

from core.logic.permissions import Action
from core.usecases.authorize import Access
from core.usecases.request_agreement import request_agreement
from core.usecases.show_agreement import show_agreement
from functions.access import CurrentPorts, permit_in
from functions.schemas.agreement import AgreementOut
from functions.schemas.operations import OperationOut

router = APIRouter(prefix="/api/projects/{project}/agreement", tags=["agreement"])


@router.post("", status_code=202)
async def measure(
    access: Annotated[Access, Depends(permit_in(Action.MEASURE_AGREEMENT))], ports: CurrentPorts
) -> OperationOut:
    """Have it measured over all items of several votes, in the background."""
    return OperationOut.of(await request_agreement(ports, access))


@router.get("")
async def read(
    access: Annotated[Access, Depends(permit_in(Action.READ_AGREEMENT))], ports: CurrentPorts
) -> AgreementOut:
    """The last report. The vendor's people see its own labelers only."""
    shown = await show_agreement(ports, access)
    labelers = [
        {"user": user, "name": shown.names.get(user), **asdict(labeler)}
        for user, labeler in shown.report.labelers.items()
    ]
    return AgreementOut.model_validate({**asdict(shown.report), "labelers": labelers})
