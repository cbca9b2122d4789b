"""Items and what was said of them."""

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response

from core.domain.errors import Invalid, Unsupported
from core.domain.filters import Filter
from core.logic.permissions import Action
from core.ports import Ports
from core.usecases.authorize import Access
from core.usecases.list_items import list_items, show_item
from core.usecases.review_items import Review, correct_item, review_items
from core.usecases.show_image import show_frame, show_image, show_thumbnails
from functions.access import CurrentPorts, permit_in
from functions.http.item_shapes import item_detail, item_fields, people_of
from functions.schemas.common import Page
from functions.schemas.items import (
    CorrectionIn,
    FrameOut,
    ImageOut,
    ItemDetail,
    ItemOut,
    ReviewIn,
    ReviewOut,
    ThumbnailsIn,
    ThumbnailsOut,
)

router = APIRouter(prefix="/api/projects/{project}/items", tags=["items"])

Reader = Annotated[Access, Depends(permit_in(Action.READ_ITEMS))]
Viewer = Annotated[Access, Depends(permit_in(Action.SEE_IMAGES))]

FILTERS = {*Filter.__dataclass_fields__, "cursor", "limit"}


async def known_filters(request: Request) -> None:
    """Raises Unsupported for a filter that would otherwise be passed over in silence."""
    for name in request.query_params:
        if name not in FILTERS:
            raise Unsupported(f"Items cannot be filtered by '{name}' yet.", field=name)


@router.get("", dependencies=[Depends(known_filters)])
async def index(
    access: Reader,
    ports: CurrentPorts,
    wanted: Annotated[Filter, Depends()],
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Page[ItemOut]:
    """The items that match, in a fixed order. A page may be short, or empty, with a cursor to go on from."""
    page = await list_items(ports, access.project, wanted, cursor, limit)
    return Page(items=[ItemOut(**item_fields(item)) for item in page.items], next=page.next)


@router.get("/{item}")
async def read(item: str, access: Reader, ports: CurrentPorts, response: Response) -> ItemDetail:
    """One item with everybody's votes and its whole history. The ETag is for correcting it."""
    return await _detail(ports, access, item, response)


@router.put("/{item}/annotation")
async def correct(
    item: str,
    body: CorrectionIn,
    access: Annotated[Access, Depends(permit_in(Action.CORRECT))],
    ports: CurrentPorts,
    response: Response,
    if_match: Annotated[str | None, Header()] = None,
) -> ItemDetail:
    """Let this answer stand; with If-Match only if the item is as it was read. 412 says what changed."""
    await correct_item(ports, access, item, body.answer, _version(if_match), body.comment)
    return await _detail(ports, access, item, response)


@router.post("/review")
async def review(body: ReviewIn, access: Reader, ports: CurrentPorts) -> ReviewOut:
    """Approve, reject, hand out, make gold ... many items at once.

    With `versions`, an item that changed since it was read is left alone: 412 says what changed, and what
    was done before that.
    """
    asked = Review(body.action, body.items, body.versions, body.comment, body.assign_to)
    return ReviewOut(done=list(await review_items(ports, access, asked)))


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


async def _detail(ports: Ports, access: Access, item: str, response: Response) -> ItemDetail:
    found = await show_item(ports, access.project, item)
    response.headers["ETag"] = f'"{found.record.version}"'
    return item_detail(found, await ports.people.names(people_of(found)))


def _version(etag: str | None) -> int | None:
    if etag is None or etag == "*":
        return None
    number = etag.removeprefix("W/").strip('"')
    if not (number.isascii() and number.isdigit()):
        raise Invalid("If-Match is the ETag that the item was read with.", field="If-Match")
    return int(number)
