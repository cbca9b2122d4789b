"""Timer schedules: NCRONTAB expressions of six fields, in UTC."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Protocol

from croniter import CroniterError, croniter  # type: ignore[import-untyped] # it ships no types

from local.host.errors import AppError

FIELDS = 6  # seconds first; the host also accepts five fields, without seconds


class Clock(Protocol):
    """What timers know of time."""

    def now(self) -> datetime:
        """The time in UTC."""
        ...

    async def sleep_until(self, moment: datetime) -> None:
        """Return at `moment`, or at once if it has passed."""
        ...


class SystemClock:
    """This machine's clock."""

    def now(self) -> datetime:
        """The time in UTC."""
        return datetime.now(UTC)

    async def sleep_until(self, moment: datetime) -> None:
        """Return at `moment`; short naps notice a laptop that slept."""
        while (left := (moment - self.now()).total_seconds()) > 0:  # noqa: ASYNC110 # nothing tells of the waking
            await asyncio.sleep(min(left, 30))


class Schedule:
    """When a timer fires: `second minute hour day month weekday`; without seconds, at second 0.

    Raises AppError for an expression that is not NCRONTAB.
    """

    def __init__(self, expression: str, where: str) -> None:
        fields = expression.split()
        fields = ["0", *fields] if len(fields) == FIELDS - 1 else fields
        self._expression = " ".join(fields)
        if len(fields) != FIELDS:
            raise AppError(f"{where} has the schedule {expression!r}, which is not six NCRONTAB fields.")
        try:
            self.next_after(datetime.now(UTC))
        except (CroniterError, ValueError) as error:
            raise AppError(
                f"{where} has the schedule {expression!r}, which is not NCRONTAB: {error}."
            ) from error

    def next_after(self, moment: datetime) -> datetime:
        """The first time after `moment`."""
        times = croniter(self._expression, moment, ret_type=datetime, day_or=False, second_at_beginning=True)
        found: datetime = times.get_next()
        return found

    def interval_after(self, moment: datetime) -> timedelta:
        """The time between the next two firings."""
        first = self.next_after(moment)
        return self.next_after(first) - first
