"""Runs, the models that they made, and the answers that they doubt."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from core.logic.permissions import Action
from core.usecases.authorize import Access
from core.usecases.authorize_model import authorize_model
from core.usecases.cancel_run import cancel_run
from core.usecases.list_doubts import list_doubts
from core.usecases.list_runs import list_runs
from core.usecases.register_model import register_model
from core.usecases.request_run import request_run
from core.usecases.show_run import show_run
from core.usecases.sign_model import sign_model
from functions.access import CurrentPorts, permit_in
from functions.http.item_shapes import item_fields
from functions.schemas.common import Page
from functions.schemas.items import ItemOut
from functions.schemas.runs import (
    AssetOut,
    DoubtOut,
    DoubtPage,
    ModelOut,
    RegisterIn,
    RunDetail,
    RunIn,
    RunOut,
)

router = APIRouter(prefix="/api/projects/{project}", tags=["runs"])

Reader = Annotated[Access, Depends(permit_in(Action.READ_RUNS))]
Trainer = Annotated[Access, Depends(permit_in(Action.TRAIN))]
ModelUser = Annotated[Access, Depends(permit_in(Action.USE_MODELS))]


@router.get("/runs")
async def index(
    access: Reader,
    ports: CurrentPorts,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Page[RunOut]:
    """The project's runs, newest first."""
    page = await list_runs(ports, access.project, cursor, limit)
    return Page(items=[RunOut.of(run) for run in page.items], next=page.next)


@router.post("/runs", status_code=202)
async def create(body: RunIn, access: Trainer, ports: CurrentPorts) -> RunOut:
    """Train now, or predict with a model. There is one run at a time."""
    for named in (body.model, body.base):
        await authorize_model(ports, access.user, named, access.project.kind)
    run = await request_run(
        ports, access.project, access.user.id, stage=body.stage, model=body.model, base=body.base
    )
    return RunOut.of(run)


@router.get("/runs/{run}")
async def read(run: str, access: Reader, ports: CurrentPorts) -> RunDetail:
    """One run: how far it is, what it found out, how right it is, and its log."""
    return RunDetail.shown(await show_run(ports, access.project, run))


@router.post("/runs/{run}/cancel")
async def cancel(run: str, access: Trainer, ports: CurrentPorts) -> RunOut:
    """End a run before it is done. What was predicted before stays."""
    return RunOut.of(await cancel_run(ports, access.project, access.user.id, run))


@router.get("/runs/{run}/model")
async def model(run: str, access: ModelUser, ports: CurrentPorts) -> ModelOut:
    """Where to download the model that a run made."""
    signed = await sign_model(ports, access.project, run)
    return ModelOut(url=signed.url, expires=signed.expires)


@router.post("/runs/{run}/model/register", status_code=201)
async def register(run: str, body: RegisterIn, access: ModelUser, ports: CurrentPorts) -> AssetOut:
    """Make the model the next version of a model asset of the Azure ML workspace."""
    return AssetOut(asset=await register_model(ports, access.project, access.user.id, run, body.name))


@router.get("/doubts")
async def doubts(
    access: Annotated[Access, Depends(permit_in(Action.READ_ITEMS))],
    ports: CurrentPorts,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> DoubtPage:
    """Answers that the last trained model doubts and that nobody has looked at since."""
    page = await list_doubts(ports, access.project, cursor, limit)
    items = [
        DoubtOut(item=ItemOut(**item_fields(one.listed)), doubt=one.doubt, suggested=one.suggested)
        for one in page.items
    ]
    return DoubtPage(run=page.run, items=items, next=page.next)
