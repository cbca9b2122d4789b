"""Timer triggers: past-due runs, status kept in a blob, failures not retried."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Protocol

import azure.functions as func
from azure.core.exceptions import ResourceNotFoundError
from azure.functions.timer import TimerRequest
from azure.storage.blob.aio import BlobServiceClient
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_pascal

from local.host.blob_storage import put_creating
from local.host.errors import InvocationError
from local.host.schedule import Clock, Schedule

log = logging.getLogger("local.host")

CONTAINER = "azure-webjobs-hosts"
SHORTEST_MONITORED = timedelta(minutes=1)

Fire = Callable[[func.TimerRequest], Awaitable[object]]


class TimerStatus(BaseModel):
    """When a timer last ran and is to run next, as its status blob says it."""

    model_config = ConfigDict(alias_generator=to_pascal, populate_by_name=True)

    last: datetime | None = None
    next: datetime
    last_updated: datetime


class StatusStore(Protocol):
    """Where a timer's status outlives the process."""

    async def read(self) -> TimerStatus | None:
        """The status, or None if the timer is new."""
        ...

    async def write(self, status: TimerStatus) -> None:
        """Replace the status."""
        ...


class BlobStatusStore:
    """A timer's status in `azure-webjobs-hosts/timers/<host id>/<function id>/status`."""

    def __init__(self, service: BlobServiceClient, host_id: str, function_id: str) -> None:
        self._blob = service.get_blob_client(CONTAINER, f"timers/{host_id}/{function_id}/status")
        self._service = service

    async def read(self) -> TimerStatus | None:
        """The status, or None if the timer is new."""
        try:
            content = await (await self._blob.download_blob()).readall()
        except ResourceNotFoundError:
            return None
        return TimerStatus.model_validate_json(content)

    async def write(self, status: TimerStatus) -> None:
        """Replace the status."""
        await put_creating(self._service, self._blob, status.model_dump_json(by_alias=True).encode())


class TimerListener:
    """Fires one timer on its schedule, and at once on start if it missed its time or asks to.

    Like the host, it keeps no status for timers that fire more than once a minute or with
    `use_monitor=False`, and does not retry a run that fails.
    """

    def __init__(
        self,
        name: str,
        schedule: Schedule,
        fire: Fire,
        store: StatusStore,
        clock: Clock,
        *,
        run_on_startup: bool = False,
        use_monitor: bool = True,
    ) -> None:
        self._name = name
        self._schedule = schedule
        self._fire = fire
        self._clock = clock
        self._run_on_startup = run_on_startup
        frequent = schedule.interval_after(clock.now()) < SHORTEST_MONITORED
        self._store = store if use_monitor and not frequent else None
        self._status = self._fresh_status()
        self._idle = asyncio.Event()
        self._idle.set()

    async def run(self) -> None:
        """Fire until cancelled."""
        past_due = await self._is_past_due()
        if past_due:
            log.info("%s missed %s and runs now", self._name, f"{self._status.next:%Y-%m-%d %H:%M:%S} UTC")
        if past_due or self._run_on_startup:
            await self._run_once(past_due=past_due)
        while True:
            await self._clock.sleep_until(self._status.next)
            await self._run_once(past_due=False)

    async def stop(self, grace: float) -> None:
        """Wait `grace` seconds for a run under way; cancel `run` afterwards."""
        with suppress(TimeoutError):
            async with asyncio.timeout(grace):
                await self._idle.wait()

    async def _is_past_due(self) -> bool:
        if self._store is None:
            return False
        status = await self._store.read()
        if status is None or self._schedule.next_after(status.last or status.last_updated) != status.next:
            await self._store.write(self._status)  # a new timer, or one whose schedule changed
            return False
        self._status = status
        return self._clock.now() > status.next

    async def _run_once(self, *, past_due: bool) -> None:
        self._idle.clear()
        try:
            await self._run(past_due=past_due)
        finally:
            self._idle.set()

    async def _run(self, *, past_due: bool) -> None:
        started = self._clock.now()
        request = TimerRequest(
            past_due=past_due,
            schedule={"AdjustForDST": True},
            schedule_status=self._status.model_dump(mode="json", by_alias=True),
        )
        try:
            await self._fire(request)
        except InvocationError:
            log.info("%s is not retried; it runs again on schedule", self._name)
        self._status = TimerStatus(
            last=started, next=self._schedule.next_after(started), last_updated=self._clock.now()
        )
        if self._store is not None:
            await self._store.write(self._status)

    def _fresh_status(self) -> TimerStatus:
        now = self._clock.now()
        return TimerStatus(next=self._schedule.next_after(now), last_updated=now)
