"""Exports."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends

from core.domain.exports import Export
from core.logic.permissions import Action
from core.ports import Ports
from core.usecases.authorize import Access
from core.usecases.request_export import request_export
from functions.access import CurrentPorts, permit_in
from functions.schemas.common import Page
from functions.schemas.exports import ExportIn, ExportOut
from functions.schemas.transfers import progress_of

router = APIRouter(prefix="/api/projects/{project}/exports", tags=["exports"])

Exporter = Annotated[Access, Depends(permit_in(Action.EXPORT))]
_URL_LASTS = timedelta(hours=1)


@router.post("", status_code=202)
async def create(body: ExportIn, access: Exporter, ports: CurrentPorts) -> ExportOut:
    """Have a file written."""
    return await _shaped(ports, await request_export(ports, access.project, access.user, body.options()))


@router.get("")
async def index(access: Exporter, ports: CurrentPorts) -> Page[ExportOut]:
    """Every export of the project, newest first."""
    exports = await ports.exports.all(access.project.id) if access.project.shards else []
    return Page(items=[await _shaped(ports, export) for export in exports])


@router.get("/{export}")
async def read(export: str, access: Exporter, ports: CurrentPorts) -> ExportOut:
    """How far an export is, and where to download it."""
    return await _shaped(ports, await ports.exports.get(access.project.id, export))


async def _shaped(ports: Ports, export: Export) -> ExportOut:
    until = ports.clock.now() + _URL_LASTS
    container = ports.limits.app_container
    return ExportOut(
        **progress_of(export),
        format=export.options.format,
        url=await ports.blobs.sign_read(container, export.blob, until) if export.blob else None,
        asset=export.asset,
    )
