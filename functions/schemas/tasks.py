"""Tasks and submissions, as the API says them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field

from core.domain.answers import Answer
from core.domain.tasks import Outcome, TaskType
from functions.schemas.answers import AnswerIn


class TaskIn(BaseModel):
    """How many items the page should show."""

    size: int = Field(1, description="1, 4, 6 or 9", json_schema_extra={"enum": [1, 4, 6, 9]})


class ReopenIn(BaseModel):
    """Items of one task, answered by the caller."""

    items: list[str] = Field(min_length=1, max_length=9)


class TaskItemOut(BaseModel):
    """An item to answer. `url` reads its image until the task expires."""

    id: str
    path: str
    url: str | None
    thumbnail: str | None = None
    text: str | None
    columns: Mapping[str, str] | None = None
    width: int | None = None
    height: int | None = None
    frames: int | None = None
    prelabel: Answer | None = None
    confidence: float | None = Field(None, ge=0, le=1, description="of the whole prelabel")
    trusted: bool | None = Field(
        None, description="whether the prelabel is as right as the owner asked for; null: nobody says"
    )
    confidences: Sequence[float] | None = Field(
        None, description="of each region of the prelabel, or each of several labels, in order"
    )
    unsure: Sequence[int] = Field((), description="the regions of the prelabel, from 0, that are not trusted")
    previous: Answer | None = Field(description="an answer to begin with: one's own, or that of before")
    flag: str | None = Field(None, description="one's own note to it, for reviewers")
    comment: str | None = Field(description="what a reviewer said of the last answer")


class TaskOut(BaseModel):
    """A page of items, held for the caller until `expires`. What they should have read has a version."""

    id: str
    type: TaskType
    expires: datetime
    instructions_version: int
    items: list[TaskItemOut]


class ItemAnswerIn(BaseModel):
    """What is said of one item: an answer, or the reason for skipping it."""

    item: str
    answer: AnswerIn | None = None
    skipped: str | None = Field(None, min_length=1, max_length=1_000)
    width: int | None = Field(None, ge=1, description="pixels of the upright image")
    height: int | None = Field(None, ge=1, description="pixels of the upright image")
    seconds: float = Field(0, ge=0, le=86_400)
    flag: str | None = Field(
        None, min_length=1, max_length=1_000, description="why somebody should look at it again"
    )


class SubmissionIn(BaseModel):
    """The answers to a task. Sending the same submission again changes nothing."""

    submission: UUID
    answers: list[ItemAnswerIn]


class SubmissionResult(BaseModel):
    """What became of one answer; a late one is in the item's history, but does not stand."""

    item: str
    outcome: Outcome


class SubmissionOut(BaseModel):
    """What became of the answers."""

    submission: UUID
    results: list[SubmissionResult]
