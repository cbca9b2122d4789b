"""A labeling project: what is labeled, how, and how far it has come."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.domain.imports import ImportAs
from core.domain.kinds import Kind
from core.domain.labels import LabelTree
from core.domain.transfers import Refusal


class Status(StrEnum):
    """Where a project is in its life. Labeling is possible only while it runs."""

    INITIALIZING = "initializing"
    RUNNING = "running"
    PAUSED = "paused"
    FAILED = "failed"
    DELETING = "deleting"


class DataType(StrEnum):
    """How blobs become items."""

    FILES = "files"
    TABULAR = "tabular"
    MLTABLE = "mltable"


@dataclass(frozen=True, slots=True)
class Data:
    """Which blobs: a datastore, and a path pattern in it with `*` and `**`.

    `header` says that the first row of each table names its columns. `columns` of a table: those that
    labelers see, in order (None: all). Of an MLTable of images: which of its columns are `image`, `category`
    and `confidence`; `import_as` says what its categories are taken for.
    """

    datastore: str
    path: str
    type: DataType = DataType.FILES
    header: bool = True
    columns: dict[str, str] | tuple[str, ...] | None = None
    import_as: ImportAs | None = None


@dataclass(frozen=True, slots=True)
class Instructions:
    """What labelers read first: markdown, and a link to more."""

    text: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Refresh:
    """Whether blobs that arrive later become items."""

    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Quality:
    """How many labelers answer each item."""

    consensus: bool = False
    min_labelers: int = 1
    max_labelers: int = 1


@dataclass(frozen=True, slots=True)
class MaskRules:
    """Whether masks of different labels may share pixels."""

    overlap: bool = False


APART = MaskRules()


@dataclass(frozen=True, slots=True)
class Assist:
    """Whether models learn from the answers."""

    enabled: bool = False


@dataclass(frozen=True, slots=True)
class Refreshed:
    """The last time somebody looked for new blobs, and how many items it added."""

    at: datetime
    added: int


@dataclass(frozen=True, slots=True)
class Project:
    """A project as it is stored.

    `seed` shuffles the items at import. `shards` counts the shards that exist; `left_out` the blobs and rows
    that could not become items, the first of which `refusals` names. `found` grows while the project
    initializes. `reason` says why it failed.
    """

    id: str
    name: str
    kind: Kind
    data: Data
    labels: LabelTree
    created_at: datetime
    created_by: str
    instructions: Instructions = Instructions()
    refresh: Refresh = Refresh()
    quality: Quality = Quality()
    masks: MaskRules = APART
    assist: Assist = Assist()
    lease_minutes: int = 30
    status: Status = Status.INITIALIZING
    reason: str | None = None
    seed: int = 0
    shards: int = 0
    found: int = 0
    left_out: int = 0
    refusals: tuple[Refusal, ...] = ()
    touched_at: datetime | None = None
    refreshed: Refreshed | None = None

    @property
    def under_way(self) -> bool:
        """Whether it has its items: it runs, or is paused."""
        return self.status in {Status.RUNNING, Status.PAUSED}


@dataclass(frozen=True, slots=True)
class Datastore:
    """A blob container under a name of its own.

    `account` is the address of another storage account's blob service, such as
    `https://photos.blob.core.windows.net`; None means the app's own account.
    """

    name: str
    container: str
    account: str | None = None

    @property
    def address(self) -> str:
        """What the blob store knows the container as."""
        return f"{self.account.rstrip('/')}/{self.container}" if self.account else self.container
