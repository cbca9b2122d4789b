"""How far a model can be trusted, and what that means for what it says."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Judged:
    """Something a model predicted of an answered item: how sure it was, 0..1, and whether it was right.

    An item with regions has one for each region that was predicted.
    """

    item: str
    confidence: float
    right: bool


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
class TrainingPolicy:
    """When to train: with `first` labeled items, of at least `labels` labels `per_label` each; then whenever
    there are `growth` times as many as the last run had."""

    first: int = 100
    labels: int = 2
    per_label: int = 5
    growth: float = 1.5
