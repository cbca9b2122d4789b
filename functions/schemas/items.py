"""Items and their history, as the API says them."""

from datetime import datetime

from pydantic import BaseModel, Field

from core.domain.answers import Answer
from core.domain.items import ItemStatus, Source


class AnnotationOut(BaseModel):
    """The answer that stands, or the reason why the item was skipped."""

    answer: Answer | None
    skipped: str | None
    user: str
    at: datetime
    revision: int
    source: Source
    approved: bool = Field(default=False, description="never before there is review")
    agreement: float | None = Field(None, description="never before there is consensus")


class RevisionOut(AnnotationOut):
    """Anything that was said of an item; `late` answers never stood."""

    late: bool
    seconds: float


class ItemOut(BaseModel):
    """An item in a list. `url` reads its image for some minutes."""

    id: str
    path: str
    status: ItemStatus
    text: str | None
    url: str | None
    width: int | None
    height: int | None
    annotation: AnnotationOut | None


class ItemDetail(ItemOut):
    """An item with everything that was ever said of it, oldest first."""

    history: list[RevisionOut]
    votes: list[RevisionOut] = Field(default_factory=list, description="none before there is consensus")
