"""See how much a project may still spend on models this month."""

from core.domain.bills import Budget
from core.domain.errors import BudgetSpent
from core.domain.projects import Project
from core.logic.assist.budget import budget_of, refusal
from core.ports import Ports


async def find_budget(ports: Ports, project: Project, *, gpu: bool) -> Budget | None:
    """The project's budget, as it is for a run with a GPU or without; None where any run may begin.

    Raises BudgetSpent where none may.
    """
    if project.assist.monthly_budget is None:
        return None
    runs = await ports.runs.all(project.id)
    budget = budget_of(project, runs, ports.prices, ports.clock.now(), gpu=gpu)
    if budget is not None and budget.stops:
        raise BudgetSpent(
            refusal(budget),
            budget=budget.monthly,
            spent=round(budget.spent, 2),
            until=budget.until.isoformat(),
        )
    return budget
