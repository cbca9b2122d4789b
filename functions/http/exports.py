"""Exports."""

from typing import Annotated

from fastapi import APIRouter, Depends

from core.logic.permissions import Action
from core.usecases.authorize import Access
from core.usecases.open_exports import OpenExport, open_export, open_exports
from core.usecases.request_export import request_export
from functions.access import CurrentPorts, permit_in
from functions.schemas.common import Page
from functions.schemas.exports import ExportIn, ExportOut
from functions.schemas.transfers import progress_of

router = APIRouter(prefix="/api/projects/{project}/exports", tags=["exports"])

Exporter = Annotated[Access, Depends(permit_in(Action.EXPORT))]


@router.post("", status_code=202)
async def create(body: ExportIn, access: Exporter, ports: CurrentPorts) -> ExportOut:
    """Have a file written."""
    return _shaped(OpenExport(await request_export(ports, access.project, access.user, body.options())))


@router.get("")
async def index(access: Exporter, ports: CurrentPorts) -> Page[ExportOut]:
    """Every export of the project, newest first."""
    exports = await open_exports(ports, access.project.id) if access.project.shards else []
    return Page(items=[_shaped(export) for export in exports])


@router.get("/{export}")
async def read(export: str, access: Exporter, ports: CurrentPorts) -> ExportOut:
    """How far an export is, and where to download it."""
    return _shaped(await open_export(ports, access.project.id, export))


def _shaped(opened: OpenExport) -> ExportOut:
    return ExportOut(
        **progress_of(opened.export),
        format=opened.export.options.format,
        url=opened.url,
        expired=opened.expired,
        asset=opened.export.asset,
    )
