"""The figures of a project, as the API says them."""

from datetime import datetime

from pydantic import BaseModel, Field

from functions.schemas.agreement import MeasuredOut
from functions.schemas.cost import BudgetOut
from functions.schemas.runs import AuditOut, RunOut


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
    """All pending items, by the type of task they come in to those who ask for several at a time."""

    manual: int
    clustered: int = Field(description="images to classify, with others that look alike")
    prelabeled: int


class LabelCount(BaseModel):
    """How many items bear a label, and how often they do."""

    label: str
    count: int = Field(description="items that bear it")
    regions: int | None = Field(
        description="boxes, polygons or spans that bear it; null: no item bears a label twice"
    )


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


class AssistOut(BaseModel):
    """How far models are, and how far they are trusted.

    Who may not see runs is told nothing of `run`, `runs`, `audit` and `budget`.
    """

    enabled: bool
    next_run_in: int | None = Field(
        description="so many more labeled items start a run; null: one is under way, or none starts by itself"
    )
    next_run_of: int | None = Field(description="so many labeled items it takes in all")
    run: RunOut | None = Field(description="the run that is under way")
    runs: list[RunOut] = Field(description="the last five, newest first")
    threshold: float | None = Field(
        description="from which confidence on predictions are trusted; null: none reaches the target"
    )
    target: float = Field(description="the share of trusted predictions that is to be right, 0..1")
    trusted: int = Field(description="pending items that come with a trusted prelabel")
    audit: AuditOut | None = Field(description="what blind answers say of them; null before there is trust")
    accepted: int = Field(description="answers of a model that stand without a person")
    budget: BudgetOut | None = Field(description="what runs may cost this month; null: anything")


class DashboardOut(BaseModel):
    """The figures of a project."""

    items: ItemCounts
    queue: QueueCounts
    labels: list[LabelCount]
    labelers: list[LabelerFigures]
    throughput: list[DayCount]
    refresh: RefreshFigures
    agreement: MeasuredOut | None
    assist: AssistOut
