"""A labeling project: what is labeled, how, and how far it has come."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.domain.agreement import Measured
from core.domain.assist import Assist, Trust
from core.domain.imports import ImportAs
from core.domain.kinds import Kind
from core.domain.labels import LabelTree, Relabel
from core.domain.quality import Quality
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
    and `confidence`; `import_as` says what its categories are taken for. Whoever creates a project may give
    as `path` an Azure ML data asset, `azureml:NAME:VERSION`, or an address in Azure ML or storage: then
    `datastore` and `path` are found out, and `asset` becomes the version.
    """

    datastore: str
    path: str
    type: DataType = DataType.FILES
    header: bool = True
    columns: dict[str, str] | tuple[str, ...] | None = None
    import_as: ImportAs | None = None
    asset: str | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """What an owner writes for labelers to read first: markdown, and a link to more."""

    text: str = ""
    url: str | None = None


NO_WORDING = Wording()


@dataclass(frozen=True, slots=True)
class Instructions:
    """What labelers read first. `version` grows by one with every change."""

    text: str = ""
    url: str | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class InstructionsVersion:
    """Instructions as somebody left them."""

    instructions: Instructions
    at: datetime
    user: str


@dataclass(frozen=True, slots=True)
class Refresh:
    """Whether the project follows its data: blobs that arrive, go, come back or are replaced."""

    enabled: bool = True


@dataclass(frozen=True, slots=True)
class MaskRules:
    """Whether masks of different labels may share pixels."""

    overlap: bool = False


APART = MaskRules()


@dataclass(frozen=True, slots=True)
class Reservation:
    """A part of the project that only these labelers may have: items under a path, or prelabeled so.

    `path` is a pattern as in Data; `labels` are label paths. An item is meant that fits either. Where several
    reservations mean it, the labelers of each may have it.
    """

    id: str
    labelers: tuple[str, ...]
    path: str | None = None
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vendor:
    """A company whose people label too. Its admin is invited by e-mail and manages its labelers."""

    name: str
    admin_email: str | None = None


@dataclass(frozen=True, slots=True)
class Refreshed:
    """The last time that the items were held against the data.

    So many were added, went missing, came back and have changed blobs. `next` is when it is due again.
    `error` says why one has failed since.
    """

    at: datetime
    added: int
    missing: int = 0
    returned: int = 0
    changed: int = 0
    next: datetime | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Project:
    """A project as it is stored.

    `seed` shuffles the items at import. `shards` counts the shards that exist; `left_out` the blobs and rows
    that could not become items, the first of which `refusals` names. `found` grows while the project
    initializes. `reason` says why it failed. `label_version` counts the changes of labels that are of more
    than colours, keys or order, and `relabel` is the last change of any; `retired` labels are offered no
    more, yet there are answers that bear them. `agreement` is what was last measured. `run` names the run
    that is under way; `trust` is on what terms the predictions of the last one are shown, to which every
    shard is being brought.
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
    vendor: Vendor | None = None
    reservations: tuple[Reservation, ...] = ()
    label_version: int = 0
    relabel: Relabel | None = None
    retired: tuple[str, ...] = ()
    agreement: Measured | None = None
    run: str | None = None
    trust: Trust | None = None

    @property
    def relabeling(self) -> bool:
        """Whether a change of its labels is on its way through the shards."""
        return self.relabel is not None and not self.relabel.finished

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
