"""The bill of a month, by figures that can be counted by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from core.domain.bills import Cost
from core.domain.errors import Invalid
from core.domain.prices import Prices
from core.domain.runs import Run, RunStatus, Stage
from core.domain.usage import Usage
from core.logic.cost import (
    bill,
    check_month,
    labeled_in,
    machine_cost,
    machine_seconds,
    month_of,
    next_month,
)

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
PRICES = Prices(
    currency="EUR",
    tables=1.0,
    queues=2.0,
    blob_writes=3.0,
    blob_lists=4.0,
    blob_reads=5.0,
    blob_others=6.0,
    calls=7.0,
    gb_second=0.5,
    memory_mb=512,
    gpu_hour=6.0,
    cpu_hour=1.2,
)


def a_run(**changes: object) -> Run:
    run = Run("r", Stage.TRAIN, NOON - timedelta(hours=2), "ana", status=RunStatus.DONE, attempt=1)
    return replace(run, **changes)  # type: ignore[arg-type]


def amounts(usage: Usage, *runs: Run) -> dict[Cost, float]:
    made = bill("2026-11", usage, runs, PRICES, NOON)
    return {line.what: round(line.amount, 9) for line in made.lines if line.amount}


def test_each_meter_has_its_price() -> None:
    operations = Usage(10_000, 10_000, 10_000, 10_000, 10_000, 10_000, 10_000, 1_000_000, 8.0)
    assert amounts(operations) == {
        Cost.TABLES: 1.0,
        Cost.QUEUES: 2.0,
        Cost.BLOB_WRITES: 3.0,
        Cost.BLOB_LISTS: 4.0,
        Cost.BLOB_READS: 5.0,
        Cost.BLOB_OTHERS: 6.0,
        Cost.LINKS: 5.0,  # a browser's reading is one
        Cost.CALLS: 7.0,
        Cost.EXECUTION: 2.0,  # 8 s of half a GB, at 0.5
    }
    assert amounts(Usage(tables=5_000)) == {Cost.TABLES: 0.5}


def test_machines_cost_by_the_minute_that_their_jobs_ran() -> None:
    assert amounts(Usage(), a_run(compute_seconds=600.0, gpu=True)) == {Cost.GPU: 1.0}
    assert amounts(Usage(), a_run(compute_seconds=600.0)) == {Cost.CPU: 0.2}
    made = bill("2026-11", Usage(), [a_run(compute_seconds=90.0, gpu=True)] * 2, PRICES, NOON)
    (line,) = [line for line in made.lines if line.what is Cost.GPU]
    assert (line.quantity, line.unit, line.per, line.price) == (3.0, "minutes", 60, 6.0)


def test_a_run_under_way_counts_with_what_it_has_used() -> None:
    begun = NOON - timedelta(minutes=5)
    running = a_run(status=RunStatus.RUNNING, started=begun, compute_seconds=60.0)
    assert machine_seconds(running, PRICES, NOON) == 60 + 300
    assert machine_seconds(a_run(status=RunStatus.STARTING), PRICES, NOON) == 0
    ended = a_run(status=RunStatus.CANCELED, started=begun, compute_seconds=60.0)
    assert machine_seconds(ended, PRICES, NOON) == 60


def test_a_machine_is_paid_while_it_waits_once_an_attempt() -> None:
    waits = replace(PRICES, idle_minutes=10)
    assert machine_seconds(a_run(compute_seconds=60.0, attempt=2), waits, NOON) == 60 + 2 * 600
    assert machine_seconds(a_run(compute_seconds=0.0), waits, NOON) == 0  # it never had one
    assert machine_cost(a_run(compute_seconds=1200.0, gpu=True), waits, NOON) == 3.0  # half an hour at 6


def test_a_run_belongs_to_the_month_in_which_it_was_asked_for() -> None:
    last = a_run(created_at=datetime(2026, 10, 31, 23, 59, 59, tzinfo=UTC), compute_seconds=600.0, ended=NOON)
    first = a_run(created_at=datetime(2026, 11, 1, tzinfo=UTC), compute_seconds=300.0)
    assert amounts(Usage(), last, first) == {Cost.CPU: 0.1}
    assert bill("2026-10", Usage(), [last, first], PRICES, NOON).total == pytest.approx(0.2)


def test_a_labeled_item_costs_its_share() -> None:
    made = bill("2026-11", Usage(tables=20_000), [], PRICES, NOON, 8)
    assert (made.total, made.per_item, made.currency) == (2.0, 0.25, "EUR")
    assert bill("2026-11", Usage(tables=20_000), [], PRICES, NOON, 0).per_item is None


def test_items_are_labeled_on_days_of_the_month() -> None:
    days = {"2026-10-31": 1, "2026-11-01": 2, "2026-11-30": 4, "2026-12-01": 8, "2025-11-11": 16}
    assert labeled_in("2026-11", days) == 6


def test_months_are_those_of_utc() -> None:
    new_year = datetime.fromisoformat("2027-01-01T00:30:00+01:00")
    assert month_of(new_year) == "2026-12"
    assert next_month(new_year) == date(2027, 1, 1)
    assert next_month(NOON) == date(2026, 12, 1)


@pytest.mark.parametrize("month", ["2026-13", "2026-1", "november", "", "2026-11-01"])
def test_what_is_no_month_is_refused(month: str) -> None:
    with pytest.raises(Invalid, match="2026-11"):
        check_month(month)


def test_a_month_is_accepted() -> None:
    check_month("2026-11")
