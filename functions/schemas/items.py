"""Items and their history, as the API says them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from core.domain.answers import Answer
from core.domain.items import ItemStatus
from core.domain.records import ItemAction, Source
from core.usecases.review_items import ReviewAction
from core.usecases.show_image import Frame, Thumbnail
from functions.schemas.answers import AnswerIn


class AnnotationOut(BaseModel):
    """The answer that stands, or the reason why the item was skipped."""

    answer: Answer | None
    skipped: str | None
    user: str
    name: str | None
    at: datetime
    revision: int
    source: Source
    approved: bool
    agreement: float | None = Field(description="0..1, how far the votes behind a consensus agree")


class ReviewIn(BaseModel):
    """What to do to which items. `versions` are those that were read, by item, as far as they matter."""

    model_config = ConfigDict(extra="forbid")

    action: ReviewAction
    items: list[str] = Field(min_length=1, max_length=1_000)
    versions: dict[str, int] = Field(default_factory=dict)
    comment: str | None = Field(None, min_length=1, max_length=2_000, description="for who labels it next")
    assign_to: str | None = Field(None, description="the labeler who alone gets what is rejected or assigned")


class ReviewOut(BaseModel):
    """The items that it was done to."""

    done: list[str]


class CorrectionIn(BaseModel):
    """The answer that is to stand."""

    model_config = ConfigDict(extra="forbid")

    answer: AnswerIn
    comment: str | None = Field(None, min_length=1, max_length=2_000)


class RevisionOut(AnnotationOut):
    """Anything that was said of an item.

    `counts`: it is what its labeler says now. `late` answers never counted. `right`: whether an answer to a
    gold item agrees with the known one.
    """

    late: bool
    counts: bool
    rejected: bool
    corrected: bool
    right: bool | None
    flag: str | None = Field(description="why its labeler asks for another look at the item")
    run: str | None = Field(description="whose model gave the answer, if one did")
    seconds: float
    etag: str = Field(description="of the version of the blob that it was made on")


class EventOut(BaseModel):
    """What was done to an item, beside answering it. `revision` stood before."""

    at: datetime
    user: str
    name: str | None
    action: ItemAction
    revision: int | None
    comment: str | None
    to: str | None
    detail: str | None


class FlagOut(BaseModel):
    """Somebody asks for another look at the item, with a note to a revision of theirs."""

    revision: int
    user: str
    name: str | None
    at: datetime
    note: str


class ItemOut(BaseModel):
    """An item in a list. `url` reads its image for some minutes; `columns` are the cells of a table's row.

    `version` grows with every change. `reserved_for` is the one labeler who may have it.
    """

    id: str
    path: str
    status: ItemStatus
    version: int
    text: str | None
    columns: Mapping[str, str] | None
    url: str | None
    width: int | None
    height: int | None
    frames: int | None
    defect: str | None = Field(description="why nobody can label it, of an unreadable or missing item")
    annotation: AnnotationOut | None
    prelabel: Answer | None = Field(description="what a model or a file says, whether labelers see it or not")
    confidence: float | None = Field(description="of the whole prelabel, 0..1")
    trusted: bool | None = Field(
        description="whether the prelabel is as right as the owner asked for; null: nobody says"
    )
    confidences: Sequence[float] | None = Field(
        description="of each region of the prelabel, or each of several labels, in order"
    )
    unsure: Sequence[int] = Field(description="the regions of the prelabel, from 0, that are not trusted")
    gold: bool
    flags: Sequence[FlagOut] = Field(description="until a reviewer approves, corrects or rejects")
    reserved_for: str | None
    voters: int = Field(description="how many labelers' answers count")


class ItemDetail(ItemOut):
    """An item with everything that was ever said of it and done to it, oldest first.

    `votes` are what each labeler says now; `candidate` is what their answers merge to, and `agreement` how
    far two or more of those agree, 0..1, whether or not that settled it. `etag` is that of its
    blob, empty while it is not known.
    """

    etag: str
    history: list[RevisionOut]
    votes: list[RevisionOut]
    events: list[EventOut]
    candidate: Answer | None
    agreement: float | None


class Window(BaseModel):
    """A range of values to show: those within `width` / 2 of `center`."""

    center: float
    width: float
    name: str


class ImageOut(BaseModel):
    """An image as browsers can show it. `native`: it is the file itself, otherwise a rendition of it."""

    url: str | None
    width: int | None
    height: int | None
    frames: int
    native: bool
    note: str | None = Field(description="what the picture does not show")


class ThumbnailsIn(BaseModel):
    """Which items."""

    items: list[str]


class ThumbnailsOut(BaseModel):
    """A URL each, for some minutes, or the reason why there is none."""

    thumbnails: list[Thumbnail]


class FrameOut(BaseModel):
    """A frame of a DICOM image. `raw` reads its stored pixels, `png` a picture of it, for some minutes.

    With `samples` 1, the pixels are little-endian 16-bit numbers, row by row; a displayed value is the number
    times `slope` plus `intercept`; pixels of more bits have the picture alone. With 3 they are 8-bit red,
    green, blue. `inverted`: low values are bright.
    """

    frame: int
    frames: int
    width: int
    height: int
    bits: int
    signed: bool
    samples: int
    photometric: str
    inverted: bool
    slope: float
    intercept: float
    windows: list[Window]
    raw: str | None
    png: str

    @classmethod
    def of(cls, number: int, frame: Frame) -> "FrameOut":
        image = frame.image
        return cls(
            frame=number,
            frames=image.frames,
            width=image.width,
            height=image.height,
            bits=image.bits,
            signed=image.signed,
            samples=image.samples,
            photometric=image.photometric,
            inverted=image.inverted,
            slope=image.slope,
            intercept=image.intercept,
            windows=[Window(center=center, width=width, name=name) for center, width, name in image.windows],
            raw=frame.raw,
            png=frame.png,
        )
