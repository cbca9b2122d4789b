"""Items and what was said of them."""

from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request

from core.domain.errors import Unsupported
from core.domain.items import ItemStatus, Revision
from core.domain.projects import Project
from core.logic.permissions import Action
from core.ports import Ports
from core.usecases.authorize import Access
from core.usecases.list_items import Filter, ListedItem, list_items, show_item
from functions.access import CurrentPorts, permit_in
from functions.schemas.common import Page
from functions.schemas.items import AnnotationOut, ItemDetail, ItemOut, RevisionOut

router = APIRouter(prefix="/api/projects/{project}/items", tags=["items"])

Reader = Annotated[Access, Depends(permit_in(Action.READ_ITEMS))]
_URL_LASTS = timedelta(minutes=30)


FILTERS = {"status", "label", "labeler", "cursor", "limit"}


async def known_filters(request: Request) -> None:
    """Raises Unsupported for a filter that would otherwise be passed over in silence."""
    for name in request.query_params:
        if name not in FILTERS:
            raise Unsupported(f"Items cannot be filtered by '{name}' yet.", field=name)


@router.get("", dependencies=[Depends(known_filters)])
async def index(
    access: Reader,
    ports: CurrentPorts,
    status: ItemStatus | None = None,
    label: str | None = None,
    labeler: str | None = None,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Page[ItemOut]:
    """The items that match, in a fixed order."""
    page = await list_items(ports, access.project, Filter(status, label, labeler), cursor, limit)
    items = [ItemOut(**await _fields(ports, access.project, item)) for item in page.items]
    return Page(items=items, next=page.next)


@router.get("/{item}")
async def read(item: str, access: Reader, ports: CurrentPorts) -> ItemDetail:
    """One item with its whole history."""
    found = await show_item(ports, access.project, item)
    fields = await _fields(ports, access.project, found)
    history = [_revision_out(revision) for revision in found.record.revisions]
    return ItemDetail(**fields, history=history)


async def _fields(ports: Ports, project: Project, listed: ListedItem) -> dict[str, Any]:
    container = (await ports.datastores.get(project.data.datastore)).container
    until = ports.clock.now() + _URL_LASTS
    standing = listed.record.annotation
    return {
        "id": listed.id,
        "path": listed.item.path,
        "status": listed.status,
        "text": listed.text,
        "url": await ports.blobs.sign_read(container, listed.item.path, until),
        "width": standing.width if standing else None,
        "height": standing.height if standing else None,
        "annotation": AnnotationOut(**_annotation_fields(standing)) if standing else None,
    }


def _annotation_fields(revision: Revision) -> dict[str, Any]:
    return {
        "answer": revision.answer,
        "skipped": revision.skipped,
        "user": revision.user,
        "at": revision.at,
        "revision": revision.number,
        "source": revision.source,
    }


def _revision_out(revision: Revision) -> RevisionOut:
    return RevisionOut(
        **_annotation_fields(revision), late=revision.late, seconds=revision.milliseconds / 1000
    )
