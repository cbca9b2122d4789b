"""Items and their history, as the API says them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from core.domain.answers import Answer
from core.domain.items import ItemStatus, Source
from core.usecases.show_image import Frame, Thumbnail


class AnnotationOut(BaseModel):
    """The answer that stands, or the reason why the item was skipped."""

    answer: Answer | None
    skipped: str | None
    user: str
    at: datetime
    revision: int
    source: Source
    approved: bool
    agreement: float | None = Field(None, description="never before there is consensus")


class ReviewIn(BaseModel):
    """What to do with the answers that stand."""

    model_config = ConfigDict(extra="forbid")

    action: Literal["approve", "unapprove"]
    items: list[str] = Field(min_length=1, max_length=1_000)


class RevisionOut(AnnotationOut):
    """Anything that was said of an item; `late` answers never stood."""

    late: bool
    seconds: float


class ItemOut(BaseModel):
    """An item in a list. `url` reads its image for some minutes; `columns` are the cells of a table's row."""

    id: str
    path: str
    status: ItemStatus
    text: str | None
    columns: Mapping[str, str] | None
    url: str | None
    width: int | None
    height: int | None
    frames: int | None
    defect: str | None = Field(description="why nobody can label it, of an unreadable or missing item")
    annotation: AnnotationOut | None


class ItemDetail(ItemOut):
    """An item with everything that was ever said of it, oldest first."""

    history: list[RevisionOut]
    votes: list[RevisionOut] = Field(default_factory=list, description="none before there is consensus")


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
