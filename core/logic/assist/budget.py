"""How far a project's money for models goes. Pure, and visible: the page says what is left of it.

The budget is for the machines of a month's runs, whether they ended well or not; what a run that is under way
has used so far is spent too.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.domain.prices import Prices
from core.domain.projects import Project
from core.domain.runs import Run, Stage
from core.logic.assist.job_spec import TIME_LIMIT_SECONDS, wants_gpu
from core.logic.cost import machine_cost, month_of, next_month

LEAST_SECONDS = 5 * 60
"""A run that could not go on for so long is not worth its machine."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What a month's runs may cost, what they have cost, in a currency, and the first day of the next month.

    `seconds` is how long another run could go on.
    """

    monthly: float
    spent: float
    currency: str
    until: date
    seconds: int

    @property
    def left(self) -> float:
        """What is left of it."""
        return max(0.0, self.monthly - self.spent)

    @property
    def stops(self) -> bool:
        """Whether no run may begin."""
        return self.seconds < LEAST_SECONDS

    @property
    def time_limit_seconds(self) -> int:
        """How long a run may take that begins now."""
        return min(TIME_LIMIT_SECONDS, max(1, self.seconds))

    @property
    def month(self) -> str:
        """The month's name."""
        return f"{self.until - timedelta(days=1):%B}"

    @property
    def refusal(self) -> str:
        """Why no run may begin, and what a person can do."""
        return (
            f"Of the budget of {self.monthly:,.2f} {self.currency} for models in {self.month}, "
            f"{self.spent:,.2f} {self.currency} are spent, and a run needs more than is left. The next run "
            f"may start on {self.until.day} {self.until:%B}, or an owner raises the budget in the settings."
        )


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
    return Budget(monthly, spent, prices.currency, next_month(now), seconds)


def _seconds(money: float, prices: Prices, *, gpu: bool) -> int:
    """How long a program can run for that, with what its machine waits besides; no longer than any may."""
    hour = prices.machine_hour(gpu=gpu)
    if hour == 0:
        return TIME_LIMIT_SECONDS
    return int(min(TIME_LIMIT_SECONDS, max(0.0, money / hour * 3600 - 60 * prices.idle_minutes)))
