"""A run: a model is trained, or used, on a project's items."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from core.domain.answers import Answer
from core.domain.assist import CurvePoint, Judged, RunModel


class Stage(StrEnum):
    """What a run does: `train` learns, judges itself, and predicts; `predict` uses the model of an earlier
    run; `embed` only finds out which images look alike."""

    TRAIN = "train"
    PREDICT = "predict"
    EMBED = "embed"


class RunStatus(StrEnum):
    """How far a run is."""

    QUEUED = "queued"
    """Its manifest is still to be written."""
    STARTING = "starting"
    """Its job waits for a machine."""
    RUNNING = "running"
    """Its job runs."""
    APPLYING = "applying"
    """Its predictions are being checked, and given to the items."""
    DONE = "done"
    FAILED = "failed"
    CANCELED = "canceled"

    @property
    def ended(self) -> bool:
        """Whether it stays so."""
        return self in (RunStatus.DONE, RunStatus.FAILED, RunStatus.CANCELED)


@dataclass(frozen=True, slots=True)
class Run:
    """A run, and how far it is.

    `attempt` counts from 1 how often its job was begun; `job` is the present one's id. `labeled` items were
    learned from, `items` are predicted; `label_version` is the version of the label tree that it knows.
    `base` is what training started from, `model` whose model a `predict` uses. `checked_at` is when it was
    last looked after. `gpu`: its jobs run on machines with a GPU, for `compute_seconds` so far, all attempts
    that ended together. `figure` is its cross-fitted accuracy, F1, AP50 or mean IoU, 0..1, `figure_name` says
    which. `threshold` is what it was when the run ended, of the `target`. `operation` gives the predictions
    to the items. `predicted` items have a prediction, `trusted` ones are above the threshold. `trace` is the
    W3C traceparent of whoever asked for it.
    """

    id: str
    stage: Stage
    created_at: datetime
    created_by: str
    status: RunStatus = RunStatus.QUEUED
    attempt: int = 0
    job: str | None = None
    link: str | None = None
    progress: float | None = None
    labeled: int = 0
    items: int = 0
    label_version: int = 0
    base: str | RunModel | None = None
    model: RunModel | None = None
    started: datetime | None = None
    ended: datetime | None = None
    checked_at: datetime | None = None
    compute_seconds: float = 0.0
    gpu: bool = False
    figure_name: str | None = None
    figure: float | None = None
    target: float | None = None
    threshold: float | None = None
    predicted: int = 0
    trusted: int = 0
    operation: str | None = None
    error: str | None = None
    trace: str | None = None


@dataclass(frozen=True, slots=True)
class LabelFigures:
    """How well a label was found in answered items: counts, and the shares that follow, 0..1.

    `ap50` is of regions only, `iou` of masks only. `threshold` is the label's own, where it has one.
    """

    label: str
    given: float
    found: float
    right: float
    precision: float
    recall: float
    f1: float
    ap50: float | None = None
    iou: float | None = None
    threshold: float | None = None


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run found out about itself by cross-fitting: each answered item was predicted by a model that
    had not learned from it.

    `figures` are those of the whole, by name. `confusion` counts, by given label, what was predicted.
    `judged` is what thresholds are chosen from; `grouped`: its items have several.
    """

    figures: Mapping[str, float] = field(default_factory=dict)
    labels: tuple[LabelFigures, ...] = ()
    confusion: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    judged: tuple[Judged, ...] = ()
    grouped: bool = False
    curve: tuple[CurvePoint, ...] = ()
    unreadable: int = 0
    seconds: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Doubt:
    """An answer that a model doubts, 0 to 1 within its run, and what it would say instead."""

    item: str
    doubt: float
    suggested: Answer
