import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import azure.functions as func
import pytest
from azure.storage.blob import BlobServiceClient

from local.azurite import Azurite
from local.host.errors import AppError, InvocationError
from local.host.schedule import Schedule
from local.host.timers import TimerListener, TimerStatus
from tests.local.app_runner import AppRunner, eventually, seen_by

NOON = datetime(2026, 11, 20, 12, 0, 0, tzinfo=UTC)


class FakeClock:
    """Time that passes only while somebody sleeps, until `end`."""

    def __init__(self, now: datetime, end: datetime) -> None:
        self._now = now
        self._end = end

    def now(self) -> datetime:
        return self._now

    async def sleep_until(self, moment: datetime) -> None:
        if moment > self._end:
            raise asyncio.CancelledError
        self._now = max(self._now, moment)
        await asyncio.sleep(0)


class MemoryStore:
    """A status store that remembers; stands in for a blob."""

    def __init__(self, status: TimerStatus | None = None) -> None:
        self.status = status

    async def read(self) -> TimerStatus | None:
        return self.status

    async def write(self, status: TimerStatus) -> None:
        self.status = status


async def fired(
    schedule: str,
    store: MemoryStore,
    minutes: float,
    *,
    start: datetime = NOON,
    fail: bool = False,
    run_on_startup: bool = False,
    use_monitor: bool = True,
) -> list[tuple[float, bool]]:
    """When a timer fired, in minutes after noon, and whether past due, over `minutes`."""
    clock = FakeClock(start, start + timedelta(minutes=minutes))
    times: list[tuple[float, bool]] = []

    async def fire(request: func.TimerRequest) -> None:
        times.append(((clock.now() - NOON).total_seconds() / 60, request.past_due))
        if fail:
            raise InvocationError("tick")

    listener = TimerListener(
        "tick",
        Schedule(schedule, "It"),
        fire,
        store,
        clock,
        run_on_startup=run_on_startup,
        use_monitor=use_monitor,
    )
    with pytest.raises(asyncio.CancelledError):
        await listener.run()
    return times


async def test_a_timer_fires_on_its_schedule_and_keeps_its_status() -> None:
    store = MemoryStore()
    assert await fired("0 */15 * * * *", store, 50) == [(15, False), (30, False), (45, False)]
    assert store.status is not None
    assert store.status.last == NOON + timedelta(minutes=45)
    assert store.status.next == NOON + timedelta(minutes=60)


async def test_a_missed_run_is_made_up_once_at_start() -> None:
    store = MemoryStore()
    await fired("0 */15 * * * *", store, 20)
    later = NOON + timedelta(minutes=100)
    assert await fired("0 */15 * * * *", store, 10, start=later) == [(100, True), (105, False)]


async def test_a_start_in_time_makes_nothing_up() -> None:
    store = MemoryStore()
    await fired("0 */15 * * * *", store, 20)
    assert await fired("0 */15 * * * *", store, 5, start=NOON + timedelta(minutes=20)) == []


async def test_a_changed_schedule_is_not_past_due() -> None:
    store = MemoryStore()
    await fired("0 */15 * * * *", store, 20)
    later = NOON + timedelta(minutes=100)
    assert await fired("0 */20 * * * *", store, 25, start=later) == [(120, False)]


@pytest.mark.parametrize(("schedule", "use_monitor"), [("*/30 * * * * *", True), ("0 */15 * * * *", False)])
async def test_frequent_and_unmonitored_timers_keep_no_status(schedule: str, use_monitor: bool) -> None:
    store = MemoryStore()
    assert await fired(schedule, store, 20, use_monitor=use_monitor)
    assert store.status is None


async def test_run_on_startup_runs_at_once_and_then_on_schedule() -> None:
    assert await fired("0 */15 * * * *", MemoryStore(), 20, run_on_startup=True) == [(0, False), (15, False)]


async def test_a_failed_run_waits_for_its_next_time() -> None:
    assert await fired("0 */15 * * * *", MemoryStore(), 35, fail=True) == [(15, False), (30, False)]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("0 30 9 * * *", "2026-11-21 09:30:00"),
        ("*/20 * * * * *", "2026-11-20 12:00:20"),
        ("*/5 * * * *", "2026-11-20 12:05:00"),
        ("0 0 8 * * MON-FRI", "2026-11-23 08:00:00"),
        ("0 0 0 1 * MON", "2027-02-01 00:00:00"),
    ],
)
def test_ncrontab(expression: str, expected: str) -> None:
    assert f"{Schedule(expression, 'It').next_after(NOON):%Y-%m-%d %H:%M:%S}" == expected


@pytest.mark.parametrize("expression", ["", "hourly", "0 0 25 * * *", "0 0 0 1 1 * 2026"])
def test_other_schedules_are_refused(expression: str) -> None:
    with pytest.raises(AppError, match="It has the schedule"):
        Schedule(expression, "It")


async def test_stopping_lets_a_run_finish() -> None:
    finished: list[bool] = []

    async def fire(_: func.TimerRequest) -> None:
        await asyncio.sleep(0.1)
        finished.append(True)

    clock = FakeClock(NOON, NOON)
    listener = TimerListener(
        "tick", Schedule("0 0 * * * *", "It"), fire, MemoryStore(), clock, run_on_startup=True
    )
    running = asyncio.create_task(listener.run())
    await asyncio.sleep(0.01)
    await listener.stop(grace=2)
    running.cancel()
    assert finished == [True]


async def test_a_listener_that_fails_for_no_reason_of_the_app_is_noticed(apps: AppRunner) -> None:
    class BrokenClock(FakeClock):
        async def sleep_until(self, moment: datetime) -> None:
            raise RuntimeError(f"{moment} never comes")

    async with apps.running("timer", clock=BrokenClock(NOON, NOON), WHEN="0 0 0 1 1 *") as host:
        await eventually(host.crashed.is_set)


async def test_the_status_outlives_the_host_in_a_blob(apps: AppRunner, azurite: Azurite) -> None:
    async with apps.running("timer", WHEN="0 0 0 1 1 *") as host:
        await eventually(lambda: seen_by(host))
    await _until_status(azurite, apps, lambda text: '"Last":"20' in text)
    assert seen_by(host) == [False]


async def _until_status(azurite: Azurite, apps: AppRunner, true: Callable[[str], bool]) -> None:
    host_id = apps.settings["AzureFunctionsWebHost__hostid"]
    with BlobServiceClient.from_connection_string(azurite.connection_string) as service:
        blob = service.get_blob_client("azure-webjobs-hosts", f"timers/{host_id}/Host.Functions.tick/status")
        await eventually(lambda: true(blob.download_blob().readall().decode()))
