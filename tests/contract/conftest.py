"""Every adapter of a port, by name: the fakes in memory, and the real ones on Azurite."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from itertools import count

import pytest

from core.adapters.azure_backups import TableBackups
from core.adapters.azure_blobs import AzureBlobs
from core.adapters.azure_instructions import TableInstructions
from core.adapters.azure_log import TableLog
from core.adapters.azure_rows import TableRows
from core.adapters.azure_shards import TableShards
from core.adapters.azure_storage import StorageAccount
from core.adapters.azure_tables import (
    TableDatastores,
    TableInvitations,
    TableMembers,
    TablePeople,
    TableProjects,
    global_table,
)
from core.adapters.azure_transfers import table_exports, table_imports
from core.adapters.azure_webhooks import TableWebhooks
from core.adapters.caching import CachedDatastores, CachedMembers, CachedProjects, CachedShards
from core.adapters.memory import (
    MemoryBlobs,
    MemoryDatastores,
    MemoryInvitations,
    MemoryMembers,
    MemoryPeople,
    MemoryProjects,
)
from core.adapters.memory_backups import MemoryBackups, MemoryRows
from core.adapters.system import RandomIds, SystemClock
from core.domain.exports import Export
from core.domain.imports import Import
from core.ports import (
    BlobStore,
    DatastoreStore,
    EventLog,
    InstructionsStore,
    InvitationStore,
    MemberStore,
    PeopleStore,
    ProjectStore,
    ShardStore,
    TransferStore,
    WebhookStore,
)
from core.ports.backups import BackupStore, ProjectRows
from local.azurite import Azurite
from tests.contract import azure_ml
from tests.contract.azure_ml_server import AzureMl
from tests.contract.local_jobs import CONTAINER as JOBS

CONTAINER = "contract"
_containers = count()


@dataclass
class Stores:
    """One adapter of every storage port."""

    projects: ProjectStore
    members: MemberStore
    invitations: InvitationStore
    people: PeopleStore
    datastores: DatastoreStore
    shards: ShardStore
    exports: TransferStore[Export]
    imports: TransferStore[Import]
    log: EventLog
    instructions: InstructionsStore
    webhooks: WebhookStore
    blobs: BlobStore
    rows: ProjectRows
    backups: BackupStore


@pytest.fixture(scope="session")
def azurite() -> Iterator[Azurite]:
    with Azurite(in_memory=True) as running:
        yield running


@pytest.fixture
async def account(azurite: Azurite) -> AsyncIterator[StorageAccount]:
    opened = StorageAccount.from_connection_string(azurite.connection_string)
    yield opened
    await opened.close()


@pytest.fixture
def service() -> Iterator[AzureMl]:
    """A workspace of Azure ML where jobs stay as they are."""
    with azure_ml.azure_ml() as running:
        yield running


@pytest.fixture
async def blobs() -> azure_ml.CloudBlobs:
    """The blobs beside that workspace."""
    made = azure_ml.CloudBlobs()
    await made.prepare(JOBS)
    return made


async def _memory() -> Stores:
    blobs = MemoryBlobs()
    await blobs.prepare(CONTAINER)
    rows = MemoryRows()
    return Stores(
        MemoryProjects(),
        MemoryMembers(),
        MemoryInvitations(),
        MemoryPeople(),
        MemoryDatastores(),
        rows.shards,
        rows.exports,
        rows.imports,
        rows.log,
        rows.instructions,
        rows.webhooks,
        blobs,
        rows,
        MemoryBackups(),
    )


async def _azure(account: StorageAccount) -> Stores:
    blobs = AzureBlobs(account.blobs, account.open)
    await blobs.prepare(CONTAINER)
    table = await global_table(account.tables)
    return Stores(
        TableProjects(table),
        TableMembers(table),
        TableInvitations(table),
        TablePeople(table),
        TableDatastores(table),
        TableShards(account.tables, blobs, CONTAINER),
        table_exports(account.tables),
        table_imports(account.tables),
        TableLog(account.tables),
        TableInstructions(account.tables),
        TableWebhooks(account.tables),
        blobs,
        TableRows(account.tables),
        TableBackups(table),
    )


def _cached(stores: Stores) -> Stores:
    clock = SystemClock()
    return Stores(
        CachedProjects(stores.projects, clock),
        CachedMembers(stores.members, clock),
        stores.invitations,
        stores.people,
        CachedDatastores(stores.datastores, clock),
        CachedShards(stores.shards, clock),
        stores.exports,
        stores.imports,
        stores.log,
        stores.instructions,
        stores.webhooks,
        stores.blobs,
        stores.rows,
        stores.backups,
    )


@pytest.fixture(params=["memory", "azure", "cached memory", "cached azure"])
async def stores(request: pytest.FixtureRequest) -> AsyncIterator[Stores]:
    if not request.param.endswith("azure"):
        found = await _memory()
        yield _cached(found) if request.param.startswith("cached") else found
        return
    azurite: Azurite = request.getfixturevalue("azurite")
    opened = StorageAccount.from_connection_string(azurite.connection_string)
    found = await _azure(opened)
    yield _cached(found) if request.param.startswith("cached") else found
    await opened.close()


@pytest.fixture
async def project(stores: Stores) -> str:
    """The id of a project that has room for shards."""
    made = RandomIds().new()
    await stores.shards.prepare(made)
    return made
