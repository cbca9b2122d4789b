"""A world of fakes, with a clock and ids that the test decides."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest

from core.adapters.blob_archives import BlobArchive
from core.adapters.caching import CachedShards
from core.adapters.memory import (
    MemoryAssets,
    MemoryBlobs,
    MemoryCommands,
    MemoryDatastores,
    MemoryInvitations,
    MemoryMembers,
    MemoryModels,
    MemoryPeople,
    MemoryProjects,
    MemoryShards,
)
from core.adapters.memory_backups import MemoryBackups, MemoryRows
from core.adapters.memory_jobs import MemoryJobs
from core.adapters.memory_telemetry import MemoryTelemetry
from core.adapters.memory_usage import MemoryUsage
from core.adapters.memory_webhooks import MemorySender
from core.domain.kinds import Kind
from core.domain.labels import Label
from core.domain.people import User
from core.domain.prices import Prices
from core.domain.projects import Data, Datastore, Project
from core.formats import groups, manifest, predictions
from core.ports import Limits, Ports
from core.usecases.create_project import NewProject, create_project
from core.usecases.initialize_project import initialize_project
from tests.examples import NOON

APP, DATA = "tagwerk", "data"
ANA = User("ana", "Ana", "ana@example.org", administrator=True)
BEN = User("ben", "Ben", "ben@example.org", administrator=False)
CLEO = User("cleo", "Cleo", "cleo@example.org", administrator=False)


@dataclass
class SteppedClock:
    """A clock that stands still until it is told."""

    time: datetime = NOON

    def now(self) -> datetime:
        return self.time

    def step(self, **delta: float) -> None:
        self.time += timedelta(**delta)


@dataclass
class NumberedIds:
    """Ids that count."""

    numbers: "count[int]" = field(default_factory=count)

    def new(self) -> str:
        return f"id{next(self.numbers):018d}"


@dataclass
class World:
    """Fakes behind the ports that use cases get; `shards` is the store itself, without a process's memory."""

    ports: Ports
    clock: SteppedClock
    shards: MemoryShards
    blobs: MemoryBlobs
    commands: MemoryCommands
    receivers: MemorySender
    telemetry: MemoryTelemetry

    async def upload(self, *names: str) -> None:
        for name in names:
            await self.blobs.write(DATA, name, name.encode())

    async def create(self, path: str = "photos/**", name: str = "Flowers") -> Project:
        labels = (Label("Animal", children=(Label("Cat"),)), Label("Rose"))
        new = NewProject(name, Kind.IMAGE_MULTICLASS, Data(DATA, path), labels)
        return (await create_project(self.ports, ANA, new)).value

    async def over(self, path: str, kind: Kind = Kind.IMAGE_MULTICLASS, **changes: Any) -> Project:
        """A running project over what is in the data container already."""
        new = NewProject(f"Project {path}", kind, Data(DATA, path), (Label("Cat"), Label("Dog")))
        created = (await create_project(self.ports, ANA, replace(new, **changes))).value
        await initialize_project(self.ports, created.id)
        return await self.project(created.id)

    async def running(self, photos: int) -> Project:
        await self.upload(*(f"photos/{number:05d}.jpg" for number in range(photos)))
        project = await self.create()
        await initialize_project(self.ports, project.id)
        return await self.project(project.id)

    async def project(self, project: str) -> Project:
        return (await self.ports.projects.get(project, fresh=True)).value

    async def paths(self, project: str) -> list[str]:
        """The path of every item, in the order of shards and indexes."""
        found = await self.project(project)
        controls = [self.shards.rows[project, shard].control.value for shard in range(found.shards)]
        manifests = [await self.ports.manifests.read(control.manifest) for control in controls]
        assert [len(items) for items in manifests] == [len(control.states) for control in controls]
        return [item.path for items in manifests for item in items]


@pytest.fixture
async def world() -> World:
    return await make_world()


async def make_world(max_items: int = 500_000) -> World:
    """A world with an empty data container."""
    clock, shards, blobs, commands = SteppedClock(), MemoryShards(), MemoryBlobs(), MemoryCommands()
    receivers, telemetry = MemorySender(), MemoryTelemetry()
    await blobs.prepare(APP)
    await blobs.prepare(DATA)
    rows = MemoryRows(shards)
    ports = Ports(
        projects=MemoryProjects(),
        members=MemoryMembers(),
        invitations=MemoryInvitations(),
        people=MemoryPeople(),
        datastores=MemoryDatastores({DATA: Datastore(DATA, DATA)}),
        shards=CachedShards(shards, clock),
        manifests=BlobArchive(blobs, APP, manifest.encode, manifest.decode),
        predictions=BlobArchive(blobs, APP, predictions.encode, predictions.decode),
        groups=BlobArchive(blobs, APP, groups.encode, groups.decode),
        exports=rows.exports,
        imports=rows.imports,
        operations=rows.operations,
        runs=rows.runs,
        log=rows.log,
        instructions=rows.instructions,
        webhooks=rows.webhooks,
        usage=MemoryUsage(),
        receivers=receivers,
        blobs=blobs,
        rows=rows,
        backups=MemoryBackups(),
        commands=commands,
        assets=MemoryAssets(),
        models=MemoryModels(),
        jobs=MemoryJobs(blobs, {}),
        clock=clock,
        ids=NumberedIds(),
        limits=Limits(app_container=APP, max_items=max_items),
        prices=Prices(),
        telemetry=telemetry,
    )
    return World(ports, clock, shards, blobs, commands, receivers, telemetry)
