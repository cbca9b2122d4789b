"""The figures of a project, as the API says them."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from functions.schemas.agreement import MeasuredOut


class ItemCounts(BaseModel):
    """Items by status; `leased` ones are pending too. The removed are not in the total."""

    total: int
    labeled: int
    skipped: int
    needs_review: int
    pending: int
    leased: int
    missing: int
    unreadable: int
    approved: int


class QueueCounts(BaseModel):
    """Pending items that nobody holds, by the type of task they would come in."""

    manual: int
    clustered: int = Field(0, description="none before there is ML assist")
    prelabeled: int = Field(0, description="none before there is ML assist")


class LabelCount(BaseModel):
    """How many items bear a label."""

    label: str
    count: int


class LabelerFigures(BaseModel):
    """What one labeler answers now, what became of it, and the seconds they spent.

    Of `gold` answers to items whose answer is known, `gold_right` were right.
    """

    user: str
    name: str | None
    labeled: int
    skipped: int
    rejected: int
    corrected: int
    gold: int
    gold_right: int
    seconds: float


class DayCount(BaseModel):
    """Labeled items whose answer is of that UTC day."""

    day: str
    labeled: int


class RefreshFigures(BaseModel):
    """The last time that the items were held against the data, what that changed, and when it is due again.

    Blobs of so many items went `missing`, `returned`, or `changed`. Nothing is due while refresh is off.
    `error` says why a later look failed.
    """

    last: datetime | None
    next: datetime | None
    added: int
    missing: int
    returned: int
    changed: int
    error: str | None


class AssistFigures(BaseModel):
    """What models learn. There are no runs before there is ML assist."""

    next_run_in: int | None = None
    runs: list[dict[str, Any]] = Field(default_factory=list)


class DashboardOut(BaseModel):
    """The figures of a project."""

    items: ItemCounts
    queue: QueueCounts
    labels: list[LabelCount]
    labelers: list[LabelerFigures]
    throughput: list[DayCount]
    refresh: RefreshFigures
    agreement: MeasuredOut | None
    assist: AssistFigures = AssistFigures()
