"""How far a project's money for models goes. Pure, and visible: the page says what is left of it.

The budget is for the machines of a month's runs, whether they ended well or not; what a run that is under way
has used so far is spent too.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from core.domain.bills import Budget
from core.domain.prices import Prices
from core.domain.projects import Project
from core.domain.runs import Run, Stage
from core.logic.assist.job_spec import TIME_LIMIT_SECONDS, wants_gpu
from core.logic.cost import machine_cost, month_of, next_month

LEAST_SECONDS = 5 * 60
"""A run that could not go on for so long is not worth its machine."""


def budget_of(
    project: Project, runs: Iterable[Run], prices: Prices, now: datetime, *, gpu: bool | None = None
) -> Budget | None:
    """The project's budget of this month, None where it has none. `gpu` says what another run needs; None:
    what training needs."""
    monthly = project.assist.monthly_budget
    if monthly is None:
        return None
    if gpu is None:
        gpu = wants_gpu(Stage.TRAIN, project.kind, based=project.assist.base is not None)
    month = month_of(now)
    spent = sum(machine_cost(run, prices, now) for run in runs if month_of(run.created_at) == month)
    seconds = _seconds(monthly - spent, prices, gpu=gpu) if monthly > spent else 0
    return Budget(monthly, spent, prices.currency, next_month(now), seconds, stops=seconds < LEAST_SECONDS)


def _seconds(money: float, prices: Prices, *, gpu: bool) -> int:
    """How long a program can run for that, with what its machine waits besides; no longer than any may."""
    hour = prices.machine_hour(gpu=gpu)
    if hour == 0:
        return TIME_LIMIT_SECONDS
    return int(min(TIME_LIMIT_SECONDS, max(0.0, money / hour * 3600 - 60 * prices.idle_minutes)))


def refusal(budget: Budget) -> str:
    """Why no run may begin, and what a person can do."""
    month = budget.until - timedelta(days=1)
    return (
        f"Of the budget of {budget.monthly:,.2f} {budget.currency} for models in {month:%B}, "
        f"{budget.spent:,.2f} {budget.currency} are spent, and a run needs more than is left. The next run "
        f"may start on {budget.until.day} {budget.until:%B}, or an owner raises the budget in the settings."
    )
