"""UsageStore, and that what is counted is what the storage services see."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import fields

import pytest

from core.adapters.azure_blobs import AzureBlobs
from core.adapters.azure_queues import AzureQueues
from core.adapters.azure_retries import RetryingTransport
from core.adapters.azure_storage import PIECE_BYTES, StorageAccount
from core.adapters.azure_tables import global_table
from core.adapters.azure_usage import TableUsage
from core.adapters.memory_usage import MemoryUsage
from core.adapters.metering import Meter
from core.adapters.system import RandomIds
from core.domain.commands import DeleteProject
from core.domain.usage import NOBODY, Usage
from core.domain.work import about, working
from core.ports import UsageStore
from local.azurite import Azurite
from tests.contract.faulty_storage import Fault, faulty_storage
from tests.examples import NOON

MONTH = "2026-11"
EACH = Usage(1, 2, 3, 4, 5, 6, 7, 8, 0.5)


@pytest.fixture(params=["memory", "azure"])
async def usage(request: pytest.FixtureRequest) -> AsyncIterator[UsageStore]:
    if request.param == "memory":
        yield MemoryUsage()
        return
    azurite: Azurite = request.getfixturevalue("azurite")
    account = StorageAccount.from_connection_string(azurite.connection_string)
    yield TableUsage(await global_table(account.tables))
    await account.close()


@pytest.fixture
def project() -> str:
    return RandomIds().new()


async def test_what_is_added_adds_up(usage: UsageStore, project: str) -> None:
    assert await usage.get(project, MONTH) == Usage()
    await usage.add(project, MONTH, EACH)
    assert await usage.get(project, MONTH) == EACH
    await usage.add(project, MONTH, EACH)
    assert await usage.get(project, MONTH) == Usage(2, 4, 6, 8, 10, 12, 14, 16, 1.0)
    assert await usage.get(project, "2026-12") == Usage()


async def test_counts_may_be_large(usage: UsageStore, project: str) -> None:
    await usage.add(project, MONTH, Usage(tables=3 * 2**31, seconds=1e9))
    await usage.add(project, MONTH, Usage(tables=1))
    assert await usage.get(project, MONTH) == Usage(tables=3 * 2**31 + 1, seconds=1e9)


async def test_a_month_shows_every_project_that_used_anything(usage: UsageStore, project: str) -> None:
    other = RandomIds().new()
    await usage.add(project, MONTH, EACH)
    await usage.add(other, "2026-12", EACH)
    await usage.add(NOBODY, MONTH, Usage(calls=1))
    found = await usage.all(MONTH)
    assert found[project] == EACH
    assert other not in found
    assert found[NOBODY].calls >= 1


async def test_nothing_is_lost_when_several_add_at_once(usage: UsageStore, project: str) -> None:
    await asyncio.gather(*(usage.add(project, MONTH, Usage(calls=1)) for _ in range(4)))
    assert (await usage.get(project, MONTH)).calls == 4


async def test_what_is_counted_is_what_the_services_saw(
    azurite: Azurite, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def at_once(_transport: RetryingTransport, _seconds: float) -> None:
        return

    monkeypatch.setattr(RetryingTransport, "sleep", at_once)
    meter = Meter()
    async with faulty_storage(azurite.base_port) as storage:
        account = StorageAccount.from_connection_string(storage.connection_string, meter.count)
        blobs, queues = AzureBlobs(account.blobs, account.open, meter.count), AzureQueues(account.queues)
        table = await account.tables.create_table_if_not_exists("metered")
        await blobs.prepare("metered")
        await queues.send(DeleteProject("p"))  # makes the queue
        meter.take(NOBODY)
        storage.requests.clear()
        with working("label"):
            about(project="flowers")
            await blobs.write("metered", "a", b"a")  # 1 write
            await blobs.write("metered", "b", bytes(2 * PIECE_BYTES + 1))  # 3 blocks and their list
            await blobs.read("metered", "a")  # 1 read
            await blobs.stat("metered", "a")  # 1 other
            await blobs.sign_read("metered", "a", NOON)  # no request: 1 link
            await queues.send(DeleteProject("p"))
            rows = [{"PartitionKey": "p", "RowKey": str(number)} for number in range(3)]
            await table.submit_transaction([("upsert", row) for row in rows])
            storage.faults.append(Fault(503))
            await table.get_entity("p", "0")  # asked twice
            await blobs.remove_all("metered", "")  # 1 list, and 2 deletions, which are free
        await account.close()
    used = meter.take("flowers")
    assert used == Usage(
        tables=3, queues=1, blob_writes=5, blob_lists=1, blob_reads=1, blob_others=1, links=1
    )
    requests = [name for name in (field.name for field in fields(Usage)) if name not in {"links", "seconds"}]
    deletions = 2
    assert len(storage.requests) == sum(getattr(used, name) for name in requests) + deletions
