"""What the API says, as pydantic models. Requests and answers reuse the domain's values where they agree."""

from datetime import datetime
from typing import Any, Generic, Literal, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from core.domain.answers import Answer
from core.domain.errors import Unsupported
from core.domain.exports import ExportOptions, ExportStatus, Format, Refusal
from core.domain.items import ItemStatus, Source
from core.domain.kinds import Kind
from core.domain.labels import Label
from core.domain.people import Role
from core.domain.projects import (
    Assist,
    Data,
    Datastore,
    DataType,
    Instructions,
    Quality,
    Refresh,
    Refreshed,
    Status,
)
from core.domain.tasks import Outcome, TaskType

T = TypeVar("T")


class Page(BaseModel, Generic[T]):
    """Part of a list, and the cursor of the rest."""

    items: list[T]
    next: str | None = None


class ProjectOut(BaseModel):
    """A project. `found` counts the items it began with; `outputs` is the folder of all that it writes."""

    id: str
    name: str
    kind: Kind
    data: Data
    labels: tuple[Label, ...]
    instructions: Instructions
    refresh: Refresh
    quality: Quality
    assist: Assist
    lease_minutes: int
    status: Status
    reason: str | None
    created_at: datetime
    created_by: str
    outputs: str
    found: int
    left_out: int
    refreshed: Refreshed | None
    role: str


class ProjectPatch(BaseModel):
    """Changes to a project; a field that is left out stays as it is."""

    model_config = ConfigDict(extra="allow")

    instructions: Instructions | None = None
    refresh: Refresh | None = None
    assist: Assist | None = None
    lease_minutes: int | None = None


class Membership(BaseModel):
    """A project that somebody is a member of."""

    id: str
    role: Role


class Me(BaseModel):
    """The caller."""

    id: str
    name: str
    email: str
    roles: list[str]
    projects: list[Membership]


class MemberIn(BaseModel):
    """A member's role."""

    role: Role


class MemberOut(BaseModel):
    """A member. `name` is known once they have signed in."""

    user: str
    name: str | None
    role: Role


class Config(BaseModel):
    """What a front end needs to sign people in."""

    authority: str
    client_id: str
    scope: str
    version: str


class Health(BaseModel):
    """Whether every part answers: `ok`, or what is wrong with it."""

    status: str
    parts: dict[str, str]


class DatastoreIn(BaseModel):
    """A container of this storage account. It must exist."""

    container: str = Field(pattern=r"^[a-z0-9](-?[a-z0-9]){2,62}$")


class PreviewIn(BaseModel):
    """A path that a project might have."""

    path: str
    type: DataType = DataType.FILES


class PreviewFile(BaseModel):
    """One of the images that match."""

    path: str
    url: str


class LeftOut(BaseModel):
    """How many blobs are left out, and why."""

    reason: str
    count: int


class PreviewOut(BaseModel):
    """What a path would give. `more`: it holds so many that the count stopped early."""

    matched: int
    more: bool
    first: list[PreviewFile]
    left_out: list[LeftOut]


class UploadsIn(BaseModel):
    """Paths to upload to."""

    files: list[str]
    overwrite: bool = False


class Upload(BaseModel):
    """A URL to PUT one blob to, with the header `x-ms-blob-type: BlockBlob`."""

    path: str
    url: str


class UploadsOut(BaseModel):
    """URLs that work until `expires`."""

    uploads: list[Upload]
    expires: datetime


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
    columns: dict[str, str] | None = None
    width: int | None = None
    height: int | None = None
    prelabel: Answer | None = None
    confidence: float | None = None
    previous: Answer | None


class TaskOut(BaseModel):
    """A page of items, held for the caller until `expires`."""

    id: str
    type: TaskType
    expires: datetime
    items: list[TaskItemOut]


class ItemAnswerIn(BaseModel):
    """What is said of one item: an answer, or the reason for skipping it."""

    item: str
    answer: Answer | None = None
    skipped: str | None = Field(None, min_length=1, max_length=1_000)
    width: int | None = Field(None, ge=1, description="pixels of the upright image")
    height: int | None = Field(None, ge=1, description="pixels of the upright image")
    seconds: float = Field(0, ge=0, le=86_400)


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


class ItemCounts(BaseModel):
    """Items by status; `leased` ones are pending too. The removed are not in the total."""

    total: int
    labeled: int
    skipped: int
    needs_review: int
    pending: int
    leased: int
    missing: int
    approved: int = Field(0, description="none before there is review")


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
    """What one labeler has standing, and the seconds they spent."""

    user: str
    name: str | None
    labeled: int
    skipped: int
    seconds: float
    rejected: int = Field(0, description="none before there is review")


class DayCount(BaseModel):
    """Labeled items whose answer is of that UTC day."""

    day: str
    labeled: int


class RefreshFigures(BaseModel):
    """The last look for new data."""

    last: datetime | None
    added: int


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
    assist: AssistFigures = AssistFigures()


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


class ExportIn(BaseModel):
    """What to export; `from` inclusive and `to` exclusive, by when the answers were made.

    `coordinates` concerns regions alone. `approved_only` and `register` are not supported yet.
    """

    model_config = ConfigDict(extra="forbid")

    format: Format
    status: tuple[ItemStatus, ...] = (ItemStatus.LABELED,)
    made_from: datetime | None = Field(None, alias="from")
    made_to: datetime | None = Field(None, alias="to")
    include_labeler: bool = False
    coordinates: Literal["absolute", "normalized"] = "absolute"
    approved_only: bool = False
    register_as: str | None = Field(None, alias="register")

    def options(self) -> ExportOptions:
        """The same as the domain says it. Raises Unsupported."""
        if self.approved_only:
            raise Unsupported("There is no review yet, so nothing is approved.", field="approved_only")
        if self.register_as is not None:
            raise Unsupported("Exports cannot be registered as data assets yet.", field="register")
        return ExportOptions(self.format, self.status, self.made_from, self.made_to, self.include_labeler)


class ExportOut(BaseModel):
    """An export: `read` = `written` + `refused`. `url` downloads it for an hour."""

    id: str
    format: Format
    status: ExportStatus
    created_at: datetime
    progress: float
    read: int
    written: int
    refused: int
    refusals: list[Refusal]
    url: str | None
    error: str | None


class DatastoreOut(BaseModel):
    """A container of images under a name."""

    name: str
    container: str

    @classmethod
    def of(cls, datastore: Datastore) -> "DatastoreOut":
        return cls(name=datastore.name, container=datastore.container)


class Problem(BaseModel):
    """RFC 9457. Other fields say what the problem is about."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str


PROBLEMS: dict[int | str, dict[str, Any]] = {"default": {"model": Problem, "description": "What went wrong"}}
