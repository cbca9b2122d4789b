"""What the use cases need from the world. Every adapter of a port passes the port's contract test."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, Protocol, TypeVar

from core.domain.assets import AssetSort, DataAsset
from core.domain.commands import Command
from core.domain.exports import Export
from core.domain.imports import Import
from core.domain.items import Item
from core.domain.jobs import BlobFolder, JobSpec, JobStatus
from core.domain.log import LogEntry, LogPage
from core.domain.operations import Operation
from core.domain.people import Invitation, Member, Person, User
from core.domain.predictions import Groups, Prediction
from core.domain.prices import Prices
from core.domain.projects import Datastore, InstructionsVersion, Project
from core.domain.records import ItemRecord
from core.domain.runs import Run
from core.domain.shards import Change, Control, Outline
from core.domain.telemetry import Telemetry
from core.domain.usage import Usage
from core.domain.webhooks import Delivery, Reply, Webhook
from core.ports.backups import BackupStore, ProjectRows
from core.ports.blobs import BlobInfo as BlobInfo
from core.ports.blobs import BlobStore as BlobStore
from core.ports.blobs import OpenBlob as OpenBlob

T = TypeVar("T")
M = TypeVar("M", Export, Import, Operation, Run)


@dataclass(frozen=True, slots=True)
class Versioned(Generic[T]):
    """A stored value, and the ETag it had."""

    value: T
    etag: str


class ProjectStore(Protocol):
    """Projects, and the names that were ever used."""

    async def add(self, project: Project) -> None:
        """Store a new project and reserve its name for ever. Raises NameTaken."""

    async def get(self, project: str, *, fresh: bool = False) -> Versioned[Project]:
        """The project; up to a few seconds old unless `fresh`. Raises NotFound."""

    async def all(self) -> list[Project]:
        """Every project."""

    async def replace(self, project: Project, etag: str) -> str:
        """Store a changed project and return its new ETag. Raises Stale, NotFound."""

    async def remove(self, project: str) -> None:
        """Forget the project, not its name. Forgetting it twice does no harm."""

    async def check_return(self, project: str, name: str) -> None:
        """Raises StillThere if the project was not removed, NameTaken if the name is or was another's."""

    async def put_back(self, project: Project) -> None:
        """Store a project that was removed. Raises StillThere, NameTaken."""


class MemberStore(Protocol):
    """Who is what in which project: people, and groups of people."""

    async def get(self, project: str, user: str) -> Member | None:
        """A person's own membership; up to a few seconds old."""

    async def of_user(self, user: str) -> list[Member]:
        """A person's own memberships."""

    async def groups(self) -> list[Member]:
        """The memberships of all groups in all projects; up to a few seconds old."""

    async def of_project(self, project: str) -> list[Member]:
        """The members of a project, its groups among them."""

    async def put(self, member: Member) -> None:
        """Add a member, or change what they are."""

    async def remove(self, project: str, user: str) -> None:
        """Remove a member. Removing them twice does no harm."""


class InvitationStore(Protocol):
    """Invitations by project and e-mail address."""

    async def to(self, email: str) -> list[Invitation]:
        """The invitations to an address, in all projects."""

    async def of_project(self, project: str) -> list[Invitation]:
        """The invitations to a project."""

    async def put(self, invitation: Invitation) -> None:
        """Add an invitation, or change the one to its address."""

    async def take(self, project: str, email: str) -> Invitation | None:
        """Remove an invitation and return it; of several callers at once, one gets it."""


class PeopleStore(Protocol):
    """How people who signed in are called."""

    async def remember(self, user: User) -> None:
        """Keep the user's name and email."""

    async def names(self, users: Collection[str]) -> Mapping[str, str]:
        """The names of those of these users who ever signed in."""

    async def find(self, users: Collection[str]) -> Mapping[str, Person]:
        """Those of these users who ever signed in."""

    async def forget(self, user: str) -> None:
        """Delete the name and email of a user; of one who is not known there is none."""


class DatastoreStore(Protocol):
    """Datastores by name."""

    async def get(self, name: str) -> Datastore:
        """Raises NotFound."""

    async def all(self) -> list[Datastore]:
        """Every datastore."""

    async def put(self, datastore: Datastore) -> None:
        """Add or replace a datastore."""


class ShardStore(Protocol):
    """Control entities, the records of items, and the digests of the paths, by project and shard."""

    async def prepare(self, project: str) -> None:
        """Make room for a project. Doing it twice does no harm."""

    async def drop(self, project: str) -> None:
        """Delete everything of a project. Doing it twice does no harm."""

    async def create(self, project: str, control: Control, digests: bytes) -> bool:
        """Store a new shard with the digests of its paths; False when it exists already."""

    async def read(self, project: str, shard: int, *, fresh: bool = False) -> Versioned[Control]:
        """A shard's control entity, perhaps as this process last saw it unless `fresh`. Raises NotFound."""

    async def read_all(
        self, project: str, shards: Collection[int], max_age: timedelta = timedelta(0)
    ) -> Sequence[Versioned[Control]]:
        """The control entities of these shards, in order, none of them older than `max_age`."""

    async def commit(
        self, project: str, change: Change, etag: str, digests: bytes | None = None
    ) -> Versioned[Control]:
        """Write a control entity and the records with it, all or nothing.

        `digests` replaces those of the shard's paths. Raises Stale when the control entity has moved on.
        """

    async def outlines(self, project: str) -> Mapping[int, Outline]:
        """What was said last of each shard, where anything was; up to a minute old."""

    async def put_outline(self, project: str, shard: int, outline: Outline) -> None:
        """Say what a shard holds. Of two who say it at once, either may be believed."""

    async def records(
        self, project: str, shard: int, indexes: Collection[int] | None = None
    ) -> Mapping[int, ItemRecord]:
        """The records of these items, or of all items, that have one."""

    async def digests(self, project: str, shard: int, *, fresh: bool = False) -> bytes:
        """The digests of a shard's paths. `fresh` is needed for the last shard, the one that grows; others
        may be remembered for good."""


class Archive(Protocol[T]):
    """Values that never change under their name, cached."""

    async def read(self, name: str) -> T:
        """Raises NotFound."""

    async def write(self, name: str, value: T) -> None:
        """Store a value under a name that is its own. Writing the same one twice does no harm."""

    async def write_encoded(self, name: str, data: bytes) -> None:
        """The same, of a value that is in its stored form already."""


class TransferStore(Protocol[M]):
    """Exports, imports, operations, or runs, and how far they are, by project."""

    async def put(self, project: str, transfer: M) -> None:
        """Add or replace."""

    async def get(self, project: str, transfer: str) -> M:
        """Raises NotFound."""

    async def all(self, project: str) -> list[M]:
        """Every one, newest first."""


class EventLog(Protocol):
    """What happened in each project. Entries go with their project."""

    async def append(self, project: str, entry: LogEntry) -> None:
        """Add an entry; of a project that is gone, nothing."""

    async def page(self, project: str, limit: int, after: str | None = None) -> LogPage:
        """Up to `limit` entries, newest first, of those that come after a place. None once it is gone."""

    async def forget(self, project: str, text: str) -> None:
        """Have every entry say FORGOTTEN where a detail is this text, an e-mail address."""


class InstructionsStore(Protocol):
    """Every version of each project's instructions. They go with their project."""

    async def add(self, project: str, version: InstructionsVersion) -> None:
        """Keep a version; one that is kept already stays as it is, and of a project that is gone, nothing."""

    async def page(self, project: str, limit: int, before: int | None = None) -> list[InstructionsVersion]:
        """Up to `limit` versions, newest first, of those that came before a version; none once it is gone."""


class WebhookStore(Protocol):
    """Each project's webhooks, and what was sent to them. They go with their project."""

    async def put(self, project: str, webhook: Webhook) -> None:
        """Add or replace."""

    async def get(self, project: str, webhook: str) -> Webhook:
        """Raises NotFound."""

    async def all(self, project: str) -> list[Webhook]:
        """Every one, oldest first; of a project that is gone, none."""

    async def remove(self, project: str, webhook: str) -> None:
        """Forget a webhook. Forgetting it twice does no harm."""

    async def put_delivery(self, project: str, delivery: Delivery) -> None:
        """Add or replace."""

    async def get_delivery(self, project: str, webhook: str, delivery: str) -> Delivery:
        """Raises NotFound."""

    async def deliveries(self, project: str, webhook: str, limit: int) -> list[Delivery]:
        """The last ones, newest first."""


class WebhookSender(Protocol):
    """The way to the receivers of webhooks."""

    async def check(self, url: str) -> None:
        """Raises Invalid, saying why, for a URL that leads where no webhook may go."""

    async def send(self, url: str, headers: Mapping[str, str], body: bytes) -> Reply:
        """POST to a receiver, which has ten seconds. Redirects are not followed. Never raises."""


class UsageStore(Protocol):
    """What projects used of Azure, by month, such as 2026-11. It outlives them."""

    async def add(self, project: str, month: str, usage: Usage) -> None:
        """Add to what a project used. Raises Stale if too many others do so at once."""

    async def get(self, project: str, month: str) -> Usage:
        """What a project used; nothing is an empty Usage."""

    async def all(self, month: str) -> Mapping[str, Usage]:
        """What every project used that used anything."""


class CommandQueue(Protocol):
    """Where work goes that is not for now."""

    async def send(self, command: Command, delay_seconds: int = 0) -> None:
        """Have a command carried out, at least once, not before the delay."""


class DataAssets(Protocol):
    """The data assets of an Azure ML workspace."""

    async def register(self, name: str, uri: str, sort: AssetSort, description: str) -> str:
        """Make what is at `uri` the next version of a data asset; its id. Raises Invalid, Unavailable."""

    async def find(self, name: str, version: str) -> DataAsset:
        """A version of a data asset; `latest` is one too. Raises NotFound, Unsupported, Unavailable."""

    async def container_of(self, datastore: str, workspace: str | None = None) -> str:
        """The address of the container that a datastore opens, such as
        `https://x.blob.core.windows.net/photos`. Raises NotFound, Unavailable, and Unsupported, also for a
        `workspace` that is another."""


class Models(Protocol):
    """The model assets of an Azure ML workspace."""

    async def register(
        self, name: str, folder: BlobFolder, description: str, properties: Mapping[str, str]
    ) -> str:
        """Make what is in a folder the next version of a model asset; its id, `azureml:NAME:VERSION`. Raises
        Invalid, Unavailable."""


class JobRunner(Protocol):
    """Runs programs beside the app. Whichever runs them, the outputs of a job that is DONE are blobs."""

    async def submit(self, spec: JobSpec) -> str:
        """Have a program run; the job's id, which is the spec's. A spec that was submitted before is not run
        again. Raises Unavailable, Invalid."""

    async def status(self, job: str) -> JobStatus:
        """How far a job is. Raises NotFound, Unavailable."""

    async def log(self, job: str, lines: int) -> str:
        """The last lines that the program wrote so far, to standard output or error. Raises NotFound,
        Unavailable."""

    async def cancel(self, job: str) -> None:
        """Have a job end soon; one that has ended stays as it is. Raises NotFound, Unavailable."""


class TokenVerifier(Protocol):
    """Tells who a bearer token is."""

    async def verify(self, token: str) -> User:
        """Raises Unauthenticated, saying what is wrong with the token."""


class Clock(Protocol):
    """The time."""

    def now(self) -> datetime:
        """In UTC, with its zone."""


class Ids(Protocol):
    """Fresh ids."""

    def new(self) -> str:
        """Twenty lower-case letters and digits, the first a letter; never the same twice."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What an operator bounds. `app_container` holds everything that Tagwerk writes itself."""

    app_container: str = "tagwerk"
    max_items: int = 500_000
    upload_minutes: int = 60


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything a use case may reach for. `assets` and `models` are None where there is no Azure ML
    workspace, `jobs` where nothing runs jobs."""

    projects: ProjectStore
    members: MemberStore
    invitations: InvitationStore
    people: PeopleStore
    datastores: DatastoreStore
    shards: ShardStore
    manifests: Archive[Sequence[Item]]
    predictions: Archive[Mapping[int, Prediction]]
    groups: Archive[Groups]
    exports: TransferStore[Export]
    imports: TransferStore[Import]
    operations: TransferStore[Operation]
    runs: TransferStore[Run]
    log: EventLog
    instructions: InstructionsStore
    webhooks: WebhookStore
    usage: UsageStore
    receivers: WebhookSender
    blobs: BlobStore
    rows: ProjectRows
    backups: BackupStore
    commands: CommandQueue
    assets: DataAssets | None
    models: Models | None
    jobs: JobRunner | None
    clock: Clock
    ids: Ids
    limits: Limits
    prices: Prices
    telemetry: Telemetry
