"""Items and what was said of them."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request

from core.domain.errors import Invalid, Unsupported
from core.domain.items import ItemRecord, ItemStatus, Revision
from core.logic.permissions import Action
from core.usecases.authorize import Access
from core.usecases.list_items import Filter, ListedItem, list_items, show_item
from core.usecases.review_items import approve_items
from core.usecases.show_image import show_frame, show_image, show_thumbnails
from functions.access import CurrentPorts, permit_in
from functions.schemas.common import Page
from functions.schemas.items import (
    AnnotationOut,
    FrameOut,
    ImageOut,
    ItemDetail,
    ItemOut,
    ReviewIn,
    RevisionOut,
    ThumbnailsIn,
    ThumbnailsOut,
)

router = APIRouter(prefix="/api/projects/{project}/items", tags=["items"])

Reader = Annotated[Access, Depends(permit_in(Action.READ_ITEMS))]
Reviewer = Annotated[Access, Depends(permit_in(Action.REVIEW))]
Viewer = Annotated[Access, Depends(permit_in(Action.LABEL))]

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
    items = [ItemOut(**_fields(item)) for item in page.items]
    return Page(items=items, next=page.next)


@router.get("/{item}")
async def read(item: str, access: Reader, ports: CurrentPorts) -> ItemDetail:
    """One item with its whole history."""
    found = await show_item(ports, access.project, item)
    fields = _fields(found)
    history = [_revision_out(revision, found.record) for revision in found.record.revisions]
    return ItemDetail(**fields, history=history)


@router.post("/review", status_code=204)
async def review(body: ReviewIn, access: Reviewer, ports: CurrentPorts) -> None:
    """Approve the answers of items, or take approval back."""
    approved = body.action == "approve"
    await approve_items(ports, access.project, access.user, body.items, approved=approved)


@router.get("/{item}/image")
async def image(item: str, access: Viewer, ports: CurrentPorts) -> ImageOut:
    """The item's image as browsers can show it. 422 says why it cannot be shown; the item is set aside."""
    view = await show_image(ports, access, item)
    known = view.image
    return ImageOut(
        url=view.url,
        width=known.width if known else None,
        height=known.height if known else None,
        frames=known.frames if known else 1,
        native=known is None or known.native,
        note=f"This is page 1 of {known.frames}." if known and known.frames > 1 else None,
    )


@router.post("/thumbnails")
async def thumbnails(body: ThumbnailsIn, access: Viewer, ports: CurrentPorts) -> ThumbnailsOut:
    """Small pictures of up to 60 items, made where there are none yet."""
    found = await show_thumbnails(ports, access, body.items)
    return ThumbnailsOut(thumbnails=list(found))


@router.get("/{item}/frames/{frame}")
async def frames(
    item: str,
    frame: Annotated[int, Path(ge=0)],
    access: Viewer,
    ports: CurrentPorts,
    center: float | None = None,
    width: Annotated[float | None, Query(gt=0)] = None,
) -> FrameOut:
    """A frame of a DICOM image, counted from 0: its stored pixels, and a picture of it.

    `center` and `width` choose the window of the picture; without them it is the file's own.
    """
    if (center is None) != (width is None):
        raise Invalid("A window has both a center and a width.", field="width")
    window = None if center is None or width is None else (center, width)
    return FrameOut.of(frame, await show_frame(ports, access, item, frame, window))


def _fields(listed: ListedItem) -> dict[str, Any]:
    view, standing = listed.view, listed.record.annotation
    width, height = (view.image.width, view.image.height) if view.image else (None, None)
    return {
        "id": listed.id,
        "path": listed.item.name,
        "status": listed.status,
        "text": view.text,
        "columns": view.columns,
        "url": view.url,
        "width": width or (standing.width if standing else None),
        "height": height or (standing.height if standing else None),
        "frames": view.image.frames if view.image else None,
        "defect": listed.record.defect,
        "annotation": AnnotationOut(**_annotation_fields(standing, listed.record)) if standing else None,
    }


def _annotation_fields(revision: Revision, record: ItemRecord) -> dict[str, Any]:
    return {
        "answer": revision.answer,
        "skipped": revision.skipped,
        "user": revision.user,
        "at": revision.at,
        "revision": revision.number,
        "source": revision.source,
        "approved": record.approved and revision.number == record.standing,
    }


def _revision_out(revision: Revision, record: ItemRecord) -> RevisionOut:
    return RevisionOut(
        **_annotation_fields(revision, record), late=revision.late, seconds=revision.milliseconds / 1000
    )
