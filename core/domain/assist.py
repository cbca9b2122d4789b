"""How far a model can be trusted, and what that means for what it says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Unsure(StrEnum):
    """What becomes of prelabels that are not trusted: they are shown and marked as such, or not shown."""

    SHOW = "show"
    HIDE = "hide"


class Order(StrEnum):
    """Which items come first: any, or, for half of all pages, those that the model is least sure of."""

    RANDOM = "random"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class RunModel:
    """The model that a run of a project made."""

    project: str
    run: str


@dataclass(frozen=True, slots=True)
class TrainingPolicy:
    """When to train: with `first` labeled items (None: as many as the kind needs), of at least `labels`
    labels `per_label` each; then whenever there are `growth` times as many as the last run had."""

    first: int | None = None
    labels: int = 2
    per_label: int = 5
    growth: float = 1.5


@dataclass(frozen=True, slots=True)
class Assist:
    """Whether models learn from the answers, and what becomes of what they say.

    Of trusted prelabels a share of at least `target`, 0 to 1, is to be right. `strict` finds fewer and errs
    less often. `accept`: trusted answers stand without a person. `audit_rate`, 0 to 1, is the share of
    trusted prelabels that labelers answer without seeing them. `base` is what training starts from: a hub
    id, `azureml:NAME:VERSION`, or the model of a run; None: nothing. `monthly_budget` is what the machines of
    a month's runs may cost, in the currency of the deployment's prices; None: anything.
    """

    enabled: bool = False
    target: float = 0.95
    strict: bool = False
    unsure: Unsure = Unsure.SHOW
    accept: bool = False
    audit_rate: float = 0.05
    order: Order = Order.RANDOM
    base: str | RunModel | None = None
    training: TrainingPolicy = TrainingPolicy()
    monthly_budget: float | None = None


@dataclass(frozen=True, slots=True)
class Trust:
    """On what terms the predictions of a run are shown; whenever the terms change there is a new `id`.

    What is predicted with at least `threshold`, or that of its label in `labels`, is trusted; nothing is
    where that is None. The others are those of Assist.
    """

    id: str
    run: str
    threshold: float | None = None
    labels: Mapping[str, float | None] = field(default_factory=dict)
    unsure: Unsure = Unsure.SHOW
    accept: bool = False
    audit_rate: float = 0.0

    def threshold_of(self, label: str) -> float | None:
        """From which confidence on this label is trusted."""
        return self.labels.get(label, self.threshold)


@dataclass(frozen=True, slots=True)
class Judged:
    """Something a model predicted of an answered item: how sure it was, 0..1, and whether it was right.

    An item with regions has one for each region that was predicted.
    """

    item: str
    confidence: float
    right: bool
    label: str = ""


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """Of what is predicted with at least this confidence: the share that is right, the least that it is with
    95 % certainty, and the share of all predictions that it is. All 0..1."""

    threshold: float
    precision: float
    bound: float
    coverage: float


@dataclass(frozen=True, slots=True)
class Threshold:
    """From which confidence on predictions are as right as was asked for; None while no confidence is enough.

    `curve` has up to 100 points, from the highest confidence down.
    """

    value: float | None
    curve: tuple[CurvePoint, ...]

    @property
    def point(self) -> CurvePoint | None:
        """What is known of the predictions above it."""
        return next((point for point in self.curve if point.threshold == self.value), None)


@dataclass(frozen=True, slots=True)
class Audited:
    """What an answer that was given blind says of a model: of `total` parts that `trust` trusts, classes of
    the item or its regions, so many were `right`."""

    trust: str
    right: int
    total: int


@dataclass(frozen=True, slots=True)
class Audit:
    """What all audits under one trust say together. `bound` is the least precision with 95 % certainty,
    `ceiling` the most; None of nothing."""

    items: int = 0
    right: int = 0
    total: int = 0
    bound: float | None = None
    ceiling: float | None = None

    @property
    def precision(self) -> float | None:
        """The share of trusted prelabels that were right, 0..1."""
        return self.right / self.total if self.total else None
