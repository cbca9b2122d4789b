"""What is counted, for whom, and when it is stored."""

from dataclasses import dataclass

import pytest

from core.adapters.memory_usage import MemoryUsage
from core.adapters.metering import BusyTime, Meter, UsageReports
from core.adapters.storage_meters import meter_of
from core.domain.errors import Stale
from core.domain.usage import NOBODY, Usage
from core.domain.work import about, working, working_in
from tests.unit.usecases.conftest import SteppedClock

BLOBS, TABLES = "https://a.blob.core.windows.net", "https://a.table.core.windows.net"


@dataclass
class Timer:
    """A timer that stands still until it is told."""

    now: float = 100.0

    def __call__(self) -> float:
        return self.now


@dataclass
class FailingUsage(MemoryUsage):
    """A store that fails while it is told to."""

    fails: bool = True

    async def add(self, project: str, month: str, usage: Usage) -> None:
        if self.fails:
            raise Stale("usage")
        await super().add(project, month, usage)


@pytest.mark.parametrize(
    ("method", "path", "meter"),
    [
        ("PUT", "/data/a.jpg", "blob_writes"),
        ("PUT", "/data/a.jpg?comp=block&blockid=MQ%3D%3D", "blob_writes"),
        ("PUT", "/data/a.jpg?comp=blocklist", "blob_writes"),
        ("PUT", "/data/a.jpg?comp=metadata", "blob_others"),
        ("PUT", "/data/a.jpg?comp=lease", "blob_others"),
        ("PUT", "/data?restype=container", "blob_lists"),
        ("PUT", "/data?restype=container&comp=metadata", "blob_others"),
        ("GET", "/data?restype=container&comp=list&prefix=a", "blob_lists"),
        ("GET", "/?comp=list", "blob_lists"),
        ("GET", "/data/a.jpg", "blob_reads"),
        ("GET", "/data?restype=container", "blob_others"),
        ("HEAD", "/data/a.jpg", "blob_others"),
        ("POST", "/?restype=service&comp=userdelegationkey", "blob_others"),
        ("DELETE", "/data/a.jpg", None),
    ],
)
def test_blob_operations_as_azure_sorts_them(method: str, path: str, meter: str | None) -> None:
    assert meter_of("blob", method, BLOBS + path) == meter


def test_operations_of_tables_and_queues_are_all_alike() -> None:
    assert meter_of("table", "GET", TABLES + "/tagwerk(PartitionKey='a',RowKey='b')") == "tables"
    assert meter_of("table", "DELETE", TABLES + "/tagwerk(PartitionKey='a',RowKey='b')") == "tables"
    assert meter_of("queue", "POST", "https://a.queue.core.windows.net/export/messages") == "queues"


def test_what_is_counted_belongs_to_the_project_that_is_worked_on() -> None:
    meter = Meter()
    meter.count("tables")
    with working("timer") as timer:
        with working_in("flowers"):
            meter.count("tables")
        with working_in("birds"):
            meter.count("blob_reads")
        meter.count("queues")
    meter.ended(timer, 0.0)
    assert meter.take("flowers") == Usage(tables=1)
    assert meter.take("birds") == Usage(blob_reads=1)
    assert meter.take(NOBODY) == Usage(tables=1, queues=1, calls=1, seconds=1.0)
    assert meter.take("flowers") == Usage()


def test_what_was_asked_before_the_project_was_known_is_its_own() -> None:
    meter = Meter()
    with working("GET /api/projects/{project}") as call:
        meter.count("tables")
        meter.count("tables")
        about(project="flowers")
        meter.count("links")
    meter.ended(call, 2.5)
    assert meter.take("flowers") == Usage(tables=2, links=1, calls=1, seconds=2.5)
    assert meter.take(NOBODY) == Usage()


def test_a_busy_instance_is_paid_once() -> None:
    busy = BusyTime()
    assert busy.add(0, 10) == 10
    assert busy.add(4, 10) == 0  # in the midst of it
    assert busy.add(9, 12) == 2
    assert busy.add(20, 23) == 3
    assert busy.add(11, 24) == 9  # all but what the others paid: 12 to 20, and 23 to 24


def test_a_call_takes_a_second_at_least_but_no_second_is_paid_twice() -> None:
    busy = BusyTime()
    assert busy.add(0.0, 0.25) == 1.0
    assert busy.add(5.0, 5.25) == 1.0
    assert busy.add(5.5, 5.75) == 0.5  # to 6.5
    assert busy.add(5.75, 8.0) == 1.5


async def test_sums_are_stored_once_a_minute() -> None:
    clock, meter, store = SteppedClock(), Meter(Timer()), MemoryUsage()
    reports = UsageReports(meter, store, clock)
    month = f"{clock.now():%Y-%m}"

    async def call() -> None:
        with working("claim") as work:
            about(project="flowers")
            meter.count("tables")
            await reports.ended(work, 0.5)

    await call()
    assert await store.get("flowers", month) == Usage(tables=1, calls=1, seconds=1.0)
    for seconds in (59, 0.5):
        clock.step(seconds=seconds)
        await call()
    assert (await store.get("flowers", month)).calls == 1
    clock.step(seconds=0.5)
    await call()
    assert await store.get("flowers", month) == Usage(tables=4, calls=4, seconds=1.0)


async def test_what_could_not_be_stored_is_stored_later() -> None:
    clock, meter, store = SteppedClock(), Meter(Timer()), FailingUsage()
    reports = UsageReports(meter, store, clock)
    with working("claim") as work:
        about(project="flowers")
        meter.count("tables")
        with pytest.raises(Stale):
            await reports.ended(work, 2.0)
        store.fails = False
        clock.step(minutes=1)
        await reports.ended(work, 2.0)
    month = f"{clock.now():%Y-%m}"
    assert await store.get("flowers", month) == Usage(tables=1, calls=2, seconds=2.0)
