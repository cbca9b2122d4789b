"""What a project costs in a month: what it used, at the prices that an operator has set. Pure.

A run belongs to the month in which it was asked for, whenever it ends; months begin at midnight UTC.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

from core.domain.bills import OPERATIONS, Bill, Cost, Line
from core.domain.errors import Invalid
from core.domain.prices import Prices
from core.domain.runs import Run, RunStatus
from core.domain.usage import Usage

_DECEMBER = 12


def bill(
    month: str, usage: Usage, runs: Iterable[Run], prices: Prices, now: datetime, labeled: int | None = None
) -> Bill:
    """The bill of a month. Of `runs` those of other months are left out."""
    mine = [run for run in runs if month_of(run.created_at) == month]
    gpu = sum(machine_seconds(run, prices, now) for run in mine if run.gpu)
    cpu = sum(machine_seconds(run, prices, now) for run in mine if not run.gpu)
    ten_thousand, million = 10_000, 1_000_000
    lines = (
        Line(Cost.TABLES, usage.tables, OPERATIONS, ten_thousand, prices.tables),
        Line(Cost.QUEUES, usage.queues, OPERATIONS, ten_thousand, prices.queues),
        Line(Cost.BLOB_WRITES, usage.blob_writes, OPERATIONS, ten_thousand, prices.blob_writes),
        Line(Cost.BLOB_LISTS, usage.blob_lists, OPERATIONS, ten_thousand, prices.blob_lists),
        Line(Cost.BLOB_READS, usage.blob_reads, OPERATIONS, ten_thousand, prices.blob_reads),
        Line(Cost.BLOB_OTHERS, usage.blob_others, OPERATIONS, ten_thousand, prices.blob_others),
        Line(Cost.LINKS, usage.links, OPERATIONS, ten_thousand, prices.blob_reads),
        Line(Cost.CALLS, usage.calls, "calls", million, prices.calls),
        Line(Cost.EXECUTION, usage.seconds * prices.memory_mb / 1024, "GB s", 1, prices.gb_second),
        Line(Cost.GPU, gpu / 60, "minutes", 60, prices.gpu_hour),
        Line(Cost.CPU, cpu / 60, "minutes", 60, prices.cpu_hour),
    )
    return Bill(month, prices.currency, lines, labeled)


def machine_seconds(run: Run, prices: Prices, now: datetime) -> float:
    """For how long the run has kept machines so far: its programs, and what each attempt waits."""
    running = run.status is RunStatus.RUNNING and run.started is not None
    program = run.compute_seconds + ((now - run.started).total_seconds() if running and run.started else 0.0)
    return program + 60 * prices.idle_minutes * run.attempt if program else 0.0


def machine_cost(run: Run, prices: Prices, now: datetime) -> float:
    """What the machines of a run have cost so far."""
    return machine_seconds(run, prices, now) / 3600 * prices.machine_hour(gpu=run.gpu)


def labeled_in(month: str, days: Mapping[str, int]) -> int:
    """How many items were labeled in a month, of counts by day."""
    return sum(count for day, count in days.items() if day.startswith(f"{month}-"))


def month_of(at: datetime) -> str:
    """The month of a moment, in UTC.

    >>> month_of(datetime(2026, 11, 30, 23, 59, tzinfo=UTC))
    '2026-11'
    """
    return f"{at.astimezone(UTC):%Y-%m}"


def next_month(at: datetime) -> date:
    """The first day of the month after that of a moment, in UTC.

    >>> next_month(datetime(2026, 12, 31, tzinfo=UTC))
    datetime.date(2027, 1, 1)
    """
    today = at.astimezone(UTC).date()
    december = today.month == _DECEMBER
    return date(today.year + december, 1 if december else today.month + 1, 1)


def check_month(month: str) -> None:
    """Raises Invalid for a text that is no month."""
    try:
        found = datetime.strptime(month, "%Y-%m").replace(tzinfo=UTC)
    except ValueError:
        found = None
    if found is None or month_of(found) != month:
        raise Invalid("A month is written as 2026-11.", field="month")
