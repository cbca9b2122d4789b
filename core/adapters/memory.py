"""The fakes: every storage port in a few dictionaries. They pass the contract tests of the real adapters."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Generic, TypeVar

from core.adapters.memory_blobs import MemoryBlobs as MemoryBlobs
from core.adapters.memory_blobs import next_etag
from core.domain.assets import AssetSort, DataAsset
from core.domain.commands import Command
from core.domain.errors import NameTaken, NotFound, Stale, StillThere, Unsupported
from core.domain.exports import Export
from core.domain.imports import Import
from core.domain.jobs import BlobFolder
from core.domain.log import LogEntry, LogPage
from core.domain.operations import Operation
from core.domain.people import Invitation, Member, Person, User
from core.domain.projects import Datastore, InstructionsVersion, Project
from core.domain.records import ItemRecord
from core.domain.runs import Run
from core.domain.shards import Change, Control, Outline
from core.domain.work import present_trace
from core.ports import Versioned

M = TypeVar("M", Export, Import, Operation, Run)


@dataclass
class MemoryProjects:
    """Projects in a dictionary."""

    rows: dict[str, Versioned[Project]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    async def add(self, project: Project) -> None:
        if project.name.casefold() in self.names:
            raise NameTaken(project.name)
        self.names[project.name.casefold()] = project.id
        self.rows[project.id] = Versioned(project, next_etag())

    async def get(self, project: str, *, fresh: bool = False) -> Versioned[Project]:
        if project not in self.rows:
            raise NotFound("project", project)
        return self.rows[project]

    async def all(self) -> list[Project]:
        return [row.value for row in self.rows.values()]

    async def replace(self, project: Project, etag: str) -> str:
        if (await self.get(project.id)).etag != etag:
            raise Stale("project")
        self.rows[project.id] = Versioned(project, next_etag())
        return self.rows[project.id].etag

    async def remove(self, project: str) -> None:
        self.rows.pop(project, None)

    async def check_return(self, project: str, name: str) -> None:
        if project in self.rows:
            raise StillThere(name)
        if self.names.get(name.casefold(), project) != project:
            raise NameTaken(name)

    async def put_back(self, project: Project) -> None:
        await self.check_return(project.id, project.name)
        self.names[project.name.casefold()] = project.id
        self.rows[project.id] = Versioned(project, next_etag())


@dataclass
class MemoryMembers:
    """Members in a dictionary."""

    rows: dict[tuple[str, str], Member] = field(default_factory=dict)

    async def get(self, project: str, user: str) -> Member | None:
        return self.rows.get((project, user))

    async def of_user(self, user: str) -> list[Member]:
        return [member for member in self.rows.values() if member.user == user]

    async def groups(self) -> list[Member]:
        return [member for member in self.rows.values() if member.group]

    async def of_project(self, project: str) -> list[Member]:
        return [member for member in self.rows.values() if member.project == project]

    async def put(self, member: Member) -> None:
        self.rows[member.project, member.user] = member

    async def remove(self, project: str, user: str) -> None:
        self.rows.pop((project, user), None)


@dataclass
class MemoryInvitations:
    """Invitations in a dictionary."""

    rows: dict[tuple[str, str], Invitation] = field(default_factory=dict)

    async def to(self, email: str) -> list[Invitation]:
        return [invitation for invitation in self.rows.values() if invitation.email == email]

    async def of_project(self, project: str) -> list[Invitation]:
        return [invitation for invitation in self.rows.values() if invitation.project == project]

    async def put(self, invitation: Invitation) -> None:
        self.rows[invitation.project, invitation.email] = invitation

    async def take(self, project: str, email: str) -> Invitation | None:
        return self.rows.pop((project, email), None)


@dataclass
class MemoryPeople:
    """People in a dictionary."""

    rows: dict[str, Person] = field(default_factory=dict)

    async def remember(self, user: User) -> None:
        self.rows[user.id] = Person(user.name, user.email)

    async def names(self, users: Collection[str]) -> Mapping[str, str]:
        return {user: person.name for user, person in (await self.find(users)).items()}

    async def find(self, users: Collection[str]) -> Mapping[str, Person]:
        return {user: self.rows[user] for user in users if user in self.rows}

    async def forget(self, user: str) -> None:
        self.rows.pop(user, None)


@dataclass
class MemoryDatastores:
    """Datastores in a dictionary."""

    rows: dict[str, Datastore] = field(default_factory=dict)

    async def get(self, name: str) -> Datastore:
        if name not in self.rows:
            raise NotFound("datastore", name)
        return self.rows[name]

    async def all(self) -> list[Datastore]:
        return sorted(self.rows.values(), key=lambda datastore: datastore.name)

    async def put(self, datastore: Datastore) -> None:
        self.rows[datastore.name] = datastore


@dataclass
class _Shard:
    control: Versioned[Control]
    digests: bytes
    records: dict[int, ItemRecord] = field(default_factory=dict)


@dataclass
class MemoryShards:
    """Shards in a dictionary."""

    rows: dict[tuple[str, int], _Shard] = field(default_factory=dict)
    told: dict[tuple[str, int], Outline] = field(default_factory=dict)

    async def prepare(self, project: str) -> None:
        """Nothing needs room here."""

    async def drop(self, project: str) -> None:
        self.rows = {key: shard for key, shard in self.rows.items() if key[0] != project}
        self.told = {key: outline for key, outline in self.told.items() if key[0] != project}

    async def create(self, project: str, control: Control, digests: bytes) -> bool:
        if (project, control.shard) in self.rows:
            return False
        self.rows[project, control.shard] = _Shard(Versioned(control, next_etag()), digests)
        return True

    def put(self, project: str, control: Versioned[Control]) -> None:
        """Store a shard whose digests and records follow."""
        self.rows[project, control.value.shard] = _Shard(control, b"")

    async def read(self, project: str, shard: int, *, fresh: bool = False) -> Versioned[Control]:
        return self._shard(project, shard).control

    async def read_all(
        self, project: str, shards: Collection[int], max_age: timedelta = timedelta(0)
    ) -> Sequence[Versioned[Control]]:
        return [self._shard(project, shard).control for shard in shards]

    async def outlines(self, project: str) -> Mapping[int, Outline]:
        return {shard: outline for (found, shard), outline in self.told.items() if found == project}

    async def put_outline(self, project: str, shard: int, outline: Outline) -> None:
        self.told[project, shard] = outline

    async def commit(
        self, project: str, change: Change, etag: str, digests: bytes | None = None
    ) -> Versioned[Control]:
        shard = self._shard(project, change.control.shard)
        if shard.control.etag != etag:
            raise Stale("shard")
        shard.control = Versioned(change.control, next_etag())
        shard.records.update(change.records)
        shard.digests = shard.digests if digests is None else digests
        return shard.control

    async def records(
        self, project: str, shard: int, indexes: Collection[int] | None = None
    ) -> Mapping[int, ItemRecord]:
        records = self._shard(project, shard).records
        return {index: record for index, record in records.items() if indexes is None or index in indexes}

    async def digests(self, project: str, shard: int, *, fresh: bool = False) -> bytes:
        return self._shard(project, shard).digests

    def _shard(self, project: str, shard: int) -> _Shard:
        if (project, shard) not in self.rows:
            raise NotFound("shard", str(shard))
        return self.rows[project, shard]


@dataclass
class MemoryTransfers(Generic[M]):
    """Exports or imports in a dictionary."""

    rows: dict[tuple[str, str], M] = field(default_factory=dict)

    async def put(self, project: str, transfer: M) -> None:
        self.rows[project, transfer.id] = transfer

    async def get(self, project: str, transfer: str) -> M:
        if (project, transfer) not in self.rows:
            raise NotFound("transfer", transfer)
        return self.rows[project, transfer]

    async def all(self, project: str) -> list[M]:
        found = [transfer for key, transfer in self.rows.items() if key[0] == project]
        return sorted(found, key=lambda transfer: transfer.created_at, reverse=True)


@dataclass
class MemoryLog:
    """Logs in a dictionary of lists."""

    rows: dict[str, list[LogEntry]] = field(default_factory=dict)

    async def append(self, project: str, entry: LogEntry) -> None:
        self.rows.setdefault(project, []).append(entry)

    async def page(self, project: str, limit: int, after: str | None = None) -> LogPage:
        entries = sorted(self.rows.get(project, []), key=lambda entry: entry.place)
        entries = [entry for entry in entries if after is None or entry.place > after]
        return LogPage(entries[:limit], entries[limit - 1].place if len(entries) > limit else None)

    async def forget(self, project: str, text: str) -> None:
        self.rows[project] = [entry.without(text) for entry in self.rows.get(project, [])]


@dataclass
class MemoryInstructions:
    """Versions of instructions in a dictionary."""

    rows: dict[tuple[str, int], InstructionsVersion] = field(default_factory=dict)

    async def add(self, project: str, version: InstructionsVersion) -> None:
        self.rows.setdefault((project, version.instructions.version), version)

    async def page(self, project: str, limit: int, before: int | None = None) -> list[InstructionsVersion]:
        known = sorted((key for key in self.rows if key[0] == project), reverse=True)
        return [self.rows[key] for key in known if before is None or key[1] < before][:limit]


@dataclass
class MemoryAssets:
    """Data assets in a list: name, address, sort. `datastores` are containers by the workspace's names."""

    registered: list[tuple[str, str, AssetSort]] = field(default_factory=list)
    datastores: dict[str, str] = field(default_factory=dict)
    workspace: str = "space"

    async def register(self, name: str, uri: str, sort: AssetSort, description: str) -> str:
        self.registered.append((name, uri, sort))
        return f"azureml:{name}:{len(self._versions(name))}"

    async def find(self, name: str, version: str) -> DataAsset:
        versions = self._versions(name)
        number = len(versions) if version == "latest" else int(version) if version.isdigit() else 0
        if not 1 <= number <= len(versions):
            raise NotFound("data asset", f"{name}:{version}")
        return DataAsset(name, str(number), *versions[number - 1])

    async def container_of(self, datastore: str, workspace: str | None = None) -> str:
        if workspace and workspace != self.workspace:
            raise Unsupported(f"The workspace '{workspace}' is another than '{self.workspace}'.")
        if datastore not in self.datastores:
            raise NotFound("datastore of the Azure ML workspace", datastore)
        return self.datastores[datastore]

    def _versions(self, name: str) -> list[tuple[AssetSort, str]]:
        return [(sort, uri) for known, uri, sort in self.registered if known == name]


@dataclass
class MemoryModels:
    """Model assets in a list: name, folder, description, properties."""

    registered: list[tuple[str, BlobFolder, str, Mapping[str, str]]] = field(default_factory=list)

    async def register(
        self, name: str, folder: BlobFolder, description: str, properties: Mapping[str, str]
    ) -> str:
        self.registered.append((name, folder, description, properties))
        version = sum(known == name for known, *_ in self.registered)
        return f"azureml:{name}:{version}"


@dataclass
class MemoryCommands:
    """Commands in a list, for a test to carry out."""

    sent: list[Command] = field(default_factory=list)
    delays: list[int] = field(default_factory=list)
    traces: list[str | None] = field(default_factory=list)

    async def send(self, command: Command, delay_seconds: int = 0) -> None:
        self.sent.append(command)
        self.delays.append(delay_seconds)
        self.traces.append(present_trace())
