"""What projects cost, as the API says it."""

from datetime import date

from pydantic import BaseModel, Field

from core.domain.bills import Bill, Budget, Cost, Line
from core.usecases.show_cost import CostSummary, ProjectCost


class CostLine(BaseModel):
    """So many of a unit were used; `per` of them cost `price`."""

    what: Cost
    quantity: float
    unit: str = Field(description="operations, calls, GB s or minutes")
    per: int
    price: float
    amount: float

    @classmethod
    def of(cls, line: Line) -> "CostLine":
        """How a line is told."""
        return cls(**{name: getattr(line, name) for name in cls.model_fields})


class BudgetOut(BaseModel):
    """What the machines of this month's runs may cost, and what they have cost."""

    monthly: float
    spent: float
    left: float
    currency: str
    stops: bool = Field(description="too little is left for a run: none begins")
    until: date = Field(description="the first day of the next month, UTC")

    @classmethod
    def of(cls, budget: Budget) -> "BudgetOut":
        """How a budget is told."""
        return cls(**{name: getattr(budget, name) for name in cls.model_fields})


class CostOut(BaseModel):
    """What a project cost in a month, at the prices that the operator has set.

    `links` are readings by browsers, estimated by the addresses that they were given. What instances have not
    reported yet is missing, a minute of each at most. `budget` is of the present month; null: there is none.
    """

    month: str
    currency: str
    lines: list[CostLine]
    total: float
    labeled: int = Field(description="items that were labeled in the month")
    per_labeled_item: float | None = Field(description="null: none was labeled")
    budget: BudgetOut | None

    @classmethod
    def of(cls, cost: ProjectCost) -> "CostOut":
        """How a project's cost is told."""
        bill = cost.bill
        return cls(
            month=bill.month,
            currency=bill.currency,
            lines=[CostLine.of(line) for line in bill.lines],
            total=bill.total,
            labeled=bill.labeled or 0,
            per_labeled_item=bill.per_item,
            budget=BudgetOut.of(cost.budget) if cost.budget else None,
        )


class CostShare(BaseModel):
    """What a project cost; `name` is null where it is gone, and so are its runs."""

    id: str
    name: str | None
    lines: list[CostLine]
    total: float
    budget: BudgetOut | None = Field(description="of the present month; null: there is none")

    @classmethod
    def of(cls, project: str, name: str | None, bill: Bill, budget: Budget | None = None) -> "CostShare":
        """How a project's share is told."""
        return cls(
            id=project,
            name=name,
            lines=[CostLine.of(line) for line in bill.lines],
            total=bill.total,
            budget=BudgetOut.of(budget) if budget else None,
        )


class CostsOut(BaseModel):
    """What a month cost by project, the dearest first, and the work that was about none."""

    month: str
    currency: str
    projects: list[CostShare]
    shared: list[CostLine]
    total: float

    @classmethod
    def of(cls, summary: CostSummary) -> "CostsOut":
        """How the sum is told."""
        shares = [
            CostShare.of(project.id, project.name, cost.bill, cost.budget)
            for project, cost in summary.projects
        ]
        shares += [CostShare.of(project, None, bill) for project, bill in summary.gone.items()]
        return cls(
            month=summary.shared.month,
            currency=summary.shared.currency,
            projects=shares,
            shared=[CostLine.of(line) for line in summary.shared.lines],
            total=summary.shared.total + sum(share.total for share in shares),
        )
