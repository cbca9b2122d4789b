"""How far a project's money for models goes, by figures that can be counted by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from core.domain.assist import Assist
from core.domain.bills import Budget
from core.domain.kinds import Kind
from core.domain.prices import Prices
from core.domain.projects import Project
from core.domain.runs import Run, RunStatus, Stage
from core.logic.assist.budget import budget_of, refusal
from tests.examples import a_project

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
PRICES = Prices(currency="EUR", gpu_hour=6.0, cpu_hour=1.0)


def with_budget(monthly: float | None, kind: Kind = Kind.OBJECT_DETECTION) -> Project:
    return replace(a_project(), kind=kind, assist=Assist(enabled=True, monthly_budget=monthly))


def a_run(minutes: float, **changes: object) -> Run:
    created = NOW - timedelta(days=1)
    run = Run(
        "r",
        Stage.TRAIN,
        created,
        "",
        status=RunStatus.DONE,
        attempt=1,
        gpu=True,
        compute_seconds=60 * minutes,
    )
    return replace(run, **changes)  # type: ignore[arg-type]


def budget(monthly: float, *runs: Run, prices: Prices = PRICES, now: datetime = NOW) -> Budget:
    found = budget_of(with_budget(monthly), runs, prices, now)
    assert found is not None
    return found


def test_without_a_budget_nothing_is_bounded() -> None:
    assert budget_of(with_budget(None), [a_run(1_000_000)], PRICES, NOW) is None


def test_ten_minutes_at_six_an_hour_are_one() -> None:
    found = budget(4.0, a_run(10), a_run(20))
    assert (found.monthly, found.spent, found.left, found.currency) == (4.0, 3.0, 1.0, "EUR")
    assert found.seconds == 600
    assert not found.stops


def test_what_would_not_last_five_minutes_is_too_little() -> None:
    assert not budget(3.5, a_run(30)).stops  # 0.5 buys 300 seconds
    assert budget(3.49, a_run(30)).stops
    assert budget(3.0, a_run(30)).stops
    over = budget(2.0, a_run(30))
    assert (over.left, over.seconds, over.stops) == (0.0, 0, True)
    assert budget(0.0).stops


def test_no_run_takes_longer_than_any_may() -> None:
    assert budget(1_000.0).seconds == 4 * 60 * 60


def test_a_run_that_is_under_way_has_spent_what_it_has_used() -> None:
    running = a_run(0, status=RunStatus.RUNNING, started=NOW - timedelta(minutes=30))
    assert budget(3.5, running).spent == 3.0
    assert budget(3.5, a_run(0, status=RunStatus.STARTING)).spent == 0.0


def test_each_month_has_its_own() -> None:
    last = a_run(60, created_at=datetime(2026, 10, 31, 23, 59, tzinfo=UTC))
    assert budget(3.0, last).spent == 0.0
    in_october = budget(3.0, last, now=datetime(2026, 10, 31, 23, 59, 30, tzinfo=UTC))
    assert (in_october.spent, in_october.stops, in_october.until) == (6.0, True, date(2026, 11, 1))


def test_a_machine_that_waits_leaves_less_for_the_program() -> None:
    waits = replace(PRICES, idle_minutes=10)
    assert budget(2.0, prices=waits).seconds == 600  # twenty minutes, ten of which it waits
    assert budget(1.0, prices=waits).stops


def test_it_goes_further_without_a_gpu() -> None:
    classes = budget_of(with_budget(1.0, Kind.IMAGE_MULTICLASS), [], PRICES, NOW)
    assert classes is not None
    assert classes.seconds == 3600
    dense = budget_of(with_budget(1.0, Kind.IMAGE_MULTICLASS), [], PRICES, NOW, gpu=True)
    assert dense is not None
    assert dense.seconds == 600


@pytest.mark.parametrize("monthly", [0.0, 0.5])
def test_what_costs_nothing_is_not_stopped_unless_the_budget_is_zero(monthly: float) -> None:
    assert budget(monthly, prices=replace(PRICES, gpu_hour=0.0)).stops == (monthly == 0)


def test_the_refusal_says_what_a_person_can_do() -> None:
    assert refusal(budget(20.0, a_run(200))) == (
        "Of the budget of 20.00 EUR for models in November, 20.00 EUR are spent, and a run needs more than "
        "is left. The next run may start on 1 December, or an owner raises the budget in the settings."
    )
