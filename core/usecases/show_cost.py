"""Show what projects cost in a month."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.domain.bills import Bill, Budget
from core.domain.projects import Project, Status
from core.domain.runs import Run
from core.domain.usage import NOBODY, Usage
from core.logic.assist.budget import budget_of
from core.logic.cost import bill, check_month, labeled_in, month_of
from core.logic.records.counting import total
from core.ports import Ports
from core.usecases.in_parallel import in_parallel
from core.usecases.survey_project import survey_project

PARALLEL_PROJECTS = 8


@dataclass(frozen=True, slots=True)
class ProjectCost:
    """A project's bill of a month, and its budget of the present one, if it has one."""

    bill: Bill
    budget: Budget | None


@dataclass(frozen=True, slots=True)
class CostSummary:
    """What a month cost: by project, the dearest first; of projects that are gone, by their ids; and the work
    that is about no project."""

    projects: Sequence[tuple[Project, ProjectCost]]
    gone: Mapping[str, Bill]
    shared: Bill


async def show_cost(ports: Ports, project: Project, month: str | None = None) -> ProjectCost:
    """What the project cost in a month, None: the present one. What instances have not reported yet is
    missing, a minute of each at most. Raises Invalid for what is no month."""
    now = ports.clock.now()
    month = _month(month, now)
    usage, runs, controls = await asyncio.gather(
        ports.usage.get(project.id, month), _runs(ports, project), survey_project(ports, project)
    )
    days = total(control.counts for control in controls).days
    made = bill(month, usage, runs, ports.prices, now, labeled_in(month, days))
    return ProjectCost(made, budget_of(project, runs, ports.prices, now))


async def sum_costs(ports: Ports, month: str | None = None) -> CostSummary:
    """What everything cost in a month, None: the present one. Of projects that are gone, nobody knows any
    more what they ran. Raises Invalid for what is no month."""
    now = ports.clock.now()
    month = _month(month, now)
    used, projects = await asyncio.gather(ports.usage.all(month), ports.projects.all())

    async def billed(project: Project) -> tuple[Project, ProjectCost]:
        runs = await _runs(ports, project)
        made = bill(month, used.get(project.id, Usage()), runs, ports.prices, now)
        return project, ProjectCost(made, budget_of(project, runs, ports.prices, now))

    costs = await in_parallel(PARALLEL_PROJECTS, billed, projects)
    known = {NOBODY, *(project.id for project in projects)}
    return CostSummary(
        projects=sorted((one for one in costs if one[1].bill.total), key=lambda one: -one[1].bill.total),
        gone={
            project: bill(month, usage, (), ports.prices, now)
            for project, usage in used.items()
            if project not in known
        },
        shared=bill(month, used.get(NOBODY, Usage()), (), ports.prices, now),
    )


def _month(month: str | None, now: datetime) -> str:
    if month is None:
        return month_of(now)
    check_month(month)
    return month


async def _runs(ports: Ports, project: Project) -> Sequence[Run]:
    if not project.shards or project.status is Status.DELETING:
        return ()
    return await ports.runs.all(project.id)
