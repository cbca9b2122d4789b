"""Storage that throttles, stalls and breaks off: asked again in time, given up in time, and told so."""

import io
import logging
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from azure.core.exceptions import HttpResponseError
from azure.core.rest import HttpRequest
from azure.data.tables import TableTransactionError, UpdateMode
from azure.data.tables.aio import TableClient

from core.adapters.azure_blobs import AzureBlobs
from core.adapters.azure_queues import AzureQueues
from core.adapters.azure_retries import RetryingTransport
from core.adapters.azure_storage import PIECE_BYTES, StorageAccount
from core.domain.commands import InitializeProject
from core.domain.errors import Unavailable
from core.domain.retrying import ASKED_SECONDS_MAX, BACKGROUND_SECONDS, LONGEST_SPAN_SECONDS
from core.domain.waiting import waiting
from local.azurite import Azurite
from tests.contract.conftest import CONTAINER
from tests.contract.faulty_storage import REFUSED_INSIDE, Fault, FaultyStorage, faulty_storage

TABLE = "faults"
BUSY = Fault(503)
BROKEN = Fault()


@pytest.fixture
async def storage(azurite: Azurite) -> AsyncIterator[FaultyStorage]:
    async with faulty_storage(azurite.base_port) as made:
        yield made


@pytest.fixture
async def account(storage: FaultyStorage) -> AsyncIterator[StorageAccount]:
    opened = StorageAccount.from_connection_string(storage.connection_string)
    yield opened
    await opened.close()


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that were waited for between attempts, which take no time here."""
    waited: list[float] = []

    async def sleep(_transport: RetryingTransport, seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(RetryingTransport, "sleep", sleep)
    return waited


@pytest.fixture
async def table(account: StorageAccount) -> TableClient:
    made = await account.tables.create_table_if_not_exists(TABLE)
    await made.upsert_entity({"PartitionKey": "shard", "RowKey": "0", "states": "as it was"})
    return made


async def _blob(account: StorageAccount) -> AzureBlobs:
    blobs = AzureBlobs(account.blobs, account.open)
    await blobs.prepare(CONTAINER)
    await blobs.write(CONTAINER, "a.txt", b"anemone")
    return blobs


async def test_each_service_is_asked_again_until_it_is_not_busy(
    storage: FaultyStorage, account: StorageAccount, table: TableClient, waits: list[float]
) -> None:
    blobs, queues = await _blob(account), AzureQueues(account.queues)
    await queues.send(InitializeProject("p"))
    storage.fail(BUSY, BUSY, BUSY)
    assert await blobs.read(CONTAINER, "a.txt") == b"anemone"
    assert len(storage.requests) == 4
    storage.fail(BUSY, BUSY, BUSY)
    await queues.send(InitializeProject("p"))
    assert len(storage.requests) == 4
    storage.fail(BUSY, BUSY, BUSY)
    assert (await table.get_entity("shard", "0"))["states"] == "as it was"
    assert len(storage.requests) == 4
    assert len(waits) == 9
    for first, second, third in (waits[:3], waits[3:6], waits[6:]):
        assert 0 <= first <= 0.2
        assert 0 <= second <= 0.4
        assert 0 <= third <= 0.8


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
async def test_what_may_do_better_later_is_tried_again(
    storage: FaultyStorage, table: TableClient, waits: list[float], status: int
) -> None:
    storage.fail(Fault(status))
    await table.get_entity("shard", "0")
    assert (len(storage.requests), len(waits)) == (2, 1)


@pytest.mark.parametrize("status", [400, 403, 404, 409, 412, 501])
async def test_what_will_do_no_better_is_not(
    storage: FaultyStorage, table: TableClient, waits: list[float], status: int
) -> None:
    storage.fail(Fault(status))
    with pytest.raises(HttpResponseError) as raised:
        await table.upsert_entity({"PartitionKey": "shard", "RowKey": "0"})
    assert raised.value.status_code == status
    assert (len(storage.requests), waits) == (1, [])


async def test_what_a_service_asks_for_is_waited_for_and_a_little_more(
    storage: FaultyStorage, table: TableClient, waits: list[float]
) -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=20), usegmt=True)
    storage.fail(*(Fault(503, retry_after=asked) for asked in ("7", date, "3600", "soon")))
    await table.get_entity("shard", "0")
    assert 7 <= waits[0] <= 7.2
    assert 15 <= waits[1] <= 20.4
    assert ASKED_SECONDS_MAX <= waits[2] <= ASKED_SECONDS_MAX + 0.8
    assert 0 <= waits[3] <= 1.6


@pytest.mark.parametrize("fault", [BROKEN, Fault(after=True), Fault(middle=True)])
async def test_a_connection_that_breaks_off_is_made_again(
    storage: FaultyStorage, account: StorageAccount, waits: list[float], fault: Fault
) -> None:
    blobs = await _blob(account)
    storage.fail(fault, fault, fault, method="GET")  # aiohttp tries some of them again by itself
    assert await blobs.read(CONTAINER, "a.txt") == b"anemone"
    assert len(storage.requests) == 4
    assert 1 <= len(waits) <= 3


@pytest.mark.parametrize("fault", [Fault(stalls=True), Fault(trickles=True)])
async def test_who_says_nothing_or_never_ends_is_asked_again(
    storage: FaultyStorage,
    table: TableClient,
    waits: list[float],
    monkeypatch: pytest.MonkeyPatch,
    fault: Fault,
) -> None:
    monkeypatch.setattr("core.domain.retrying.PERSON_SECONDS", 0.6)
    storage.fail(fault)
    with waiting(10):
        await table.get_entity("shard", "0")
    assert (len(storage.requests), len(waits)) == (2, 1)


async def test_a_transaction_that_is_refused_inside_is_sent_again(
    storage: FaultyStorage, table: TableClient, waits: list[float]
) -> None:
    row = {"PartitionKey": "shard", "RowKey": "0", "states": "as it is"}
    storage.fail(REFUSED_INSIDE, Fault(500, inside=True))
    await table.submit_transaction([("upsert", row, {"mode": UpdateMode.REPLACE})])
    assert (await table.get_entity("shard", "0"))["states"] == "as it is"
    assert [request.partition(" ")[0] for request in storage.requests] == ["POST", "POST", "POST", "GET"]
    assert len(waits) == 2


async def test_a_transaction_that_is_stale_is_not(
    storage: FaultyStorage, table: TableClient, waits: list[float]
) -> None:
    storage.fail(Fault(412, inside=True))
    with pytest.raises(TableTransactionError) as raised:
        await table.submit_transaction([("upsert", {"PartitionKey": "shard", "RowKey": "0"})])
    assert raised.value.status_code == 412
    assert (len(storage.requests), waits) == (1, [])


async def test_large_blobs_survive_it_in_both_directions(
    storage: FaultyStorage, account: StorageAccount, waits: list[float]
) -> None:
    blobs, data = await _blob(account), b"petal " * (PIECE_BYTES // 2)

    async def chunks() -> AsyncIterator[bytes]:
        for at in range(0, len(data), 100_000):
            yield data[at : at + 100_000]

    storage.fail(BUSY, BROKEN, BUSY, BROKEN, method="PUT")
    await blobs.upload(CONTAINER, "large.txt", chunks(), "text/plain", "large.txt")
    storage.fail(BUSY, BROKEN, method="PUT")
    await blobs.write(CONTAINER, "written.txt", data)
    storage.fail(BUSY, Fault(middle=True), method="GET")
    assert await blobs.read(CONTAINER, "large.txt") == data
    file = io.BytesIO()
    await blobs.download(CONTAINER, "written.txt", file)
    assert file.getvalue() == data
    assert len(waits) >= 5


async def test_whoever_waits_is_told_in_time(
    storage: FaultyStorage, table: TableClient, caplog: pytest.LogCaptureFixture
) -> None:
    storage.fail()
    storage.always = BUSY
    begun = time.monotonic()
    with waiting(1), caplog.at_level(logging.WARNING), pytest.raises(Unavailable, match="table") as raised:
        await table.get_entity("shard", "0")
    assert time.monotonic() - begun < 1.5
    assert raised.value.retry_after_seconds >= 1
    assert len(storage.requests) >= 2
    told = [record for record in caplog.records if record.name == "core.adapters.azure_retries"]
    assert [record.getMessage().partition(":")[0] for record in told] == [
        *["storage retried"] * (len(storage.requests) - 1),
        "storage given up",
    ]
    assert {(vars(record)["service"], vars(record)["status"]) for record in told} == {("table", 503)}


async def test_who_is_asked_to_wait_for_longer_than_somebody_waits_gives_up_at_once(
    storage: FaultyStorage, table: TableClient, waits: list[float]
) -> None:
    storage.fail(Fault(503, retry_after="20"))
    with waiting(10), pytest.raises(Unavailable) as raised:
        await table.get_entity("shard", "0")
    assert 20 <= raised.value.retry_after_seconds <= 21
    assert (len(storage.requests), waits) == (1, [])


async def test_whoever_has_waited_long_enough_still_gets_one_attempt(
    storage: FaultyStorage, table: TableClient, waits: list[float]
) -> None:
    storage.fail(BUSY)
    with waiting(0):
        with pytest.raises(Unavailable):
            await table.get_entity("shard", "0")
        await table.get_entity("shard", "0")
    assert waits == []


async def test_where_nobody_waits_it_takes_two_minutes(storage: FaultyStorage) -> None:
    elapsed = 0.0

    class Patient(RetryingTransport):
        async def sleep(self, duration: float) -> None:
            nonlocal elapsed
            elapsed += duration

    storage.always = BUSY
    address = storage.connection_string.rpartition("TableEndpoint=")[2].rstrip(";")
    async with Patient("table", lambda: elapsed) as transport:
        with pytest.raises(Unavailable):
            await transport.send(HttpRequest("GET", address))
    assert BACKGROUND_SECONDS - LONGEST_SPAN_SECONDS <= elapsed < BACKGROUND_SECONDS


async def test_a_service_that_is_not_there_is_unavailable() -> None:
    gone = "http://127.0.0.1:9/devstoreaccount1"
    endpoints = "".join(f";{service}Endpoint={gone}" for service in ("Blob", "Queue", "Table"))
    text = f"AccountName=devstoreaccount1;AccountKey=a2V5{endpoints}"
    account = StorageAccount.from_connection_string(text)
    with waiting(0.3), pytest.raises(Unavailable, match=r"127\.0\.0\.1:9"):
        await AzureBlobs(account.blobs, account.open).stat(CONTAINER, "a.txt")
    await account.close()


async def test_an_identity_that_gets_no_token_is_unavailable(
    storage: FaultyStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = storage.connection_string.rpartition("TableEndpoint=")[2].rstrip(";")
    monkeypatch.setenv("IDENTITY_ENDPOINT", f"{address}/msi/token")
    monkeypatch.setenv("IDENTITY_HEADER", "secret")
    blobs, queues, tables = (f"https://home.{part}.core.windows.net" for part in ("blob", "queue", "table"))
    account = StorageAccount.from_identity(blobs, queues, tables, "client")
    storage.always = BUSY
    for check in account.checks().values():
        storage.requests.clear()
        with waiting(0.5), pytest.raises(Unavailable, match="identity"):
            await check()
        assert len(storage.requests) >= 2
    await account.close()
