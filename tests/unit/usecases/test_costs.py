"""What projects cost, and a budget that stops runs."""

from dataclasses import replace

import pytest

from core.domain.bills import Cost
from core.domain.commands import StartRun
from core.domain.errors import BudgetSpent, Invalid
from core.domain.prices import Prices
from core.domain.projects import Project
from core.domain.runs import Run, RunStatus, Stage
from core.domain.usage import NOBODY, Usage
from core.usecases.edit_project import Edits, edit_project
from core.usecases.follow_run import follow_run
from core.usecases.look_after_runs import look_after_runs
from core.usecases.request_run import request_run
from core.usecases.show_cost import show_cost, sum_costs
from tests.unit.usecases.assisting import (
    ASSIST,
    ENDLESS,
    FAILED,
    answer,
    assisted,
    jobs_of,
    run_of,
    start_all,
    taken,
    under_way,
)
from tests.unit.usecases.conftest import World, make_world

HOUR = 3600.0


@pytest.fixture
async def world() -> World:
    """A world in which an hour of any machine costs 6, and 10,000 operations on tables 1."""
    made = await make_world()
    prices = Prices(currency="EUR", tables=1.0, gpu_hour=6.0, cpu_hour=6.0)
    return replace(made, ports=replace(made.ports, prices=prices))


async def spend(world: World, project: Project, hours: float) -> Run:
    """A run that has ended, and took so long."""
    number = len(await world.ports.runs.all(project.id))
    done = Run(f"spent-{number}", Stage.TRAIN, world.clock.now(), "", RunStatus.DONE, attempt=1)
    run = replace(done, compute_seconds=HOUR * hours)
    await world.ports.runs.put(project.id, run)
    return run


async def budgeted(world: World, monthly: float | None) -> Project:
    """A project with enough labels to train, and so much to spend a month."""
    project = await assisted(world, assist=replace(ASSIST, monthly_budget=monthly))
    await answer(world, project, 4)
    return project


async def test_a_project_costs_what_it_used_and_what_its_runs_took(world: World) -> None:
    project = await budgeted(world, 10.0)
    month = f"{world.clock.now():%Y-%m}"
    await world.ports.usage.add(project.id, month, Usage(tables=20_000))
    await spend(world, project, 0.5)
    shown = await show_cost(world.ports, project)
    amounts = {line.what: line.amount for line in shown.bill.lines if line.amount}
    assert amounts == {Cost.TABLES: 2.0, Cost.CPU: 3.0}
    assert (shown.bill.total, shown.bill.labeled, shown.bill.per_item) == (5.0, 4, 1.25)
    assert shown.budget is not None
    assert (shown.budget.spent, shown.budget.left, shown.budget.stops) == (3.0, 7.0, False)


async def test_another_month_is_another_bill(world: World) -> None:
    project = await budgeted(world, None)
    await world.ports.usage.add(project.id, "2026-01", Usage(tables=10_000))
    shown = await show_cost(world.ports, project, "2026-01")
    assert (shown.bill.total, shown.bill.labeled, shown.budget) == (1.0, 0, None)
    with pytest.raises(Invalid, match="2026-11"):
        await show_cost(world.ports, project, "January")


async def test_everything_adds_up_with_what_is_about_no_project(world: World) -> None:
    month = f"{world.clock.now():%Y-%m}"
    small, idle = [await assisted(world, path=path) for path in ("small", "idle")]
    dear = await assisted(world, path="dear", assist=replace(ASSIST, monthly_budget=10.0))
    await world.ports.usage.add(small.id, month, Usage(tables=10_000))
    await spend(world, dear, 1)
    await world.ports.usage.add("deleted", month, Usage(tables=30_000))
    await world.ports.usage.add(NOBODY, month, Usage(tables=40_000))
    summary = await sum_costs(world.ports)
    assert [(project.id, cost.bill.total) for project, cost in summary.projects] == [
        (dear.id, 6.0),
        (small.id, 1.0),
    ]
    assert [cost.budget and cost.budget.left for _, cost in summary.projects] == [4.0, None]
    assert {project: bill.total for project, bill in summary.gone.items()} == {"deleted": 3.0}
    assert summary.shared.total == 4.0
    assert idle.id not in {project.id for project, _ in summary.projects}


async def test_who_asks_for_a_run_hears_that_the_budget_is_spent(world: World) -> None:
    project = await budgeted(world, 6.0)
    await spend(world, project, 1)
    with pytest.raises(BudgetSpent, match="raises the budget") as refused:
        await request_run(world.ports, project, "ana")
    assert refused.value.fields == {"budget": 6.0, "spent": 6.0, "until": "2026-12-01"}
    assert taken(world, StartRun) == []
    raised = await edit_project(world.ports, project.id, "ana", Edits(assist={"monthly_budget": 7.0}))
    assert (await request_run(world.ports, raised.value, "ana")).status is RunStatus.QUEUED


async def test_no_run_begins_by_itself_until_the_month_is_over(world: World) -> None:
    project = await budgeted(world, 6.0)
    await spend(world, project, 1)
    await look_after_runs(world.ports)
    assert taken(world, StartRun) == []
    world.clock.step(days=31)
    await look_after_runs(world.ports)
    assert len(taken(world, StartRun)) == 1


async def test_a_run_gets_no_more_time_than_the_budget_pays(world: World) -> None:
    jobs_of(world, ENDLESS)
    project = await budgeted(world, 6.0)
    await spend(world, project, 0.75)
    await request_run(world.ports, project, "ana")
    await start_all(world)
    (spec,) = jobs_of(world).submitted
    assert spec.time_limit_seconds == 15 * 60


async def test_what_is_spent_meanwhile_ends_a_run_before_its_job_begins(world: World) -> None:
    jobs_of(world, ENDLESS)
    project = await budgeted(world, 6.0)
    run = await request_run(world.ports, project, "ana")
    await spend(world, project, 1)
    await start_all(world)
    ended = await world.ports.runs.get(project.id, run.id)
    assert ended.status is RunStatus.FAILED
    assert "6.00 EUR are spent" in (ended.error or "")
    assert jobs_of(world).submitted == []
    assert (await world.project(project.id)).run is None


async def test_a_run_that_failed_is_not_begun_again_without_money(world: World) -> None:
    project, run = await under_way(world, FAILED)
    await edit_project(world.ports, project.id, "ana", Edits(assist={"monthly_budget": 0.5}))
    world.clock.step(seconds=60)
    await follow_run(world.ports, project, run.id)  # its job has failed, and it waits for another attempt
    assert (await run_of(world, project)).status is RunStatus.QUEUED
    await edit_project(world.ports, project.id, "ana", Edits(assist={"monthly_budget": 0.01}))
    await start_all(world)
    ended = await run_of(world, project)
    assert ended.status is RunStatus.FAILED
    assert "0.01 EUR" in (ended.error or "")


@pytest.mark.parametrize("monthly", [-1.0, float("nan"), 1e12])
async def test_a_budget_is_an_amount(world: World, monthly: float) -> None:
    project = await assisted(world)
    with pytest.raises(Invalid) as refused:
        await edit_project(world.ports, project.id, "ana", Edits(assist={"monthly_budget": monthly}))
    assert refused.value.fields["field"] == "assist.monthly_budget"
