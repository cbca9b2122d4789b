"""What is paid for, line by line, and how far money goes."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Cost(StrEnum):
    """What is paid for."""

    TABLES = "tables"
    QUEUES = "queues"
    BLOB_WRITES = "blob_writes"
    BLOB_LISTS = "blob_lists"
    BLOB_READS = "blob_reads"
    BLOB_OTHERS = "blob_others"
    LINKS = "links"
    """What browsers read of storage by themselves: one reading is taken for each address that they got."""
    CALLS = "calls"
    EXECUTION = "execution"
    GPU = "gpu"
    CPU = "cpu"


OPERATIONS = "operations"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a bill: so many of a unit, and what `per` of them cost."""

    what: Cost
    quantity: float
    unit: str
    per: int
    price: float

    @property
    def amount(self) -> float:
        """What it costs."""
        return self.quantity / self.per * self.price


@dataclass(frozen=True, slots=True)
class Bill:
    """What a month cost, by what was used, and how many items were labeled in it; None: nobody counted."""

    month: str
    currency: str
    lines: tuple[Line, ...]
    labeled: int | None

    @property
    def total(self) -> float:
        """What it cost in all."""
        return sum(line.amount for line in self.lines)

    @property
    def per_item(self) -> float | None:
        """What a labeled item cost; None where none was labeled, or counted."""
        return self.total / self.labeled if self.labeled else None


@dataclass(frozen=True, slots=True)
class Budget:
    """What a month's runs may cost, what they have cost, in a currency, and the first day of the next month.

    `seconds` is how long another run could go on. `stops`: that is too little, so none may begin.
    """

    monthly: float
    spent: float
    currency: str
    until: date
    seconds: int
    stops: bool

    @property
    def left(self) -> float:
        """What is left of it."""
        return max(0.0, self.monthly - self.spent)
