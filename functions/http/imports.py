"""Imports."""

from typing import Annotated

from fastapi import APIRouter, Depends

from core.domain.imports import Import
from core.logic.permissions import Action
from core.usecases.authorize import Access
from core.usecases.request_import import request_import
from functions.access import CurrentPorts, permit_in
from functions.schemas.common import Page
from functions.schemas.imports import ImportIn, ImportOut
from functions.schemas.transfers import progress_of

router = APIRouter(prefix="/api/projects/{project}/imports", tags=["imports"])

Importer = Annotated[Access, Depends(permit_in(Action.IMPORT))]


@router.post("", status_code=202)
async def create(body: ImportIn, access: Importer, ports: CurrentPorts) -> ImportOut:
    """Have the labels of a file taken over, as prelabels or as final labels."""
    asked = await request_import(ports, access.project, access.user, body.format, body.path, body.taken_as)
    return _shaped(asked)


@router.get("")
async def index(access: Importer, ports: CurrentPorts) -> Page[ImportOut]:
    """Every import of the project, newest first."""
    imports = await ports.imports.all(access.project.id) if access.project.shards else []
    return Page(items=[_shaped(found) for found in imports])


@router.get("/{import_id}")
async def read(import_id: str, access: Importer, ports: CurrentPorts) -> ImportOut:
    """How far an import is, and what it could not take over."""
    return _shaped(await ports.imports.get(access.project.id, import_id))


def _shaped(found: Import) -> ImportOut:
    return ImportOut(**progress_of(found), format=found.format, path=found.path, taken_as=found.taken_as)
