"""Runs, what they found out, and the answers that they doubt, as the API says them."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from core.domain.answers import Answer
from core.domain.assist import Audit, CurvePoint, RunModel, Trust
from core.domain.runs import LabelFigures, Run, RunReport, RunStatus, Stage
from core.usecases.show_run import ShownRun
from functions.schemas.assist import Base
from functions.schemas.items import ItemOut


class RunIn(BaseModel):
    """What to run now. `train` starts from `base` (null: that of the settings); `predict` uses `model`."""

    model_config = ConfigDict(extra="forbid")

    stage: Stage = Stage.TRAIN
    model: RunModel | None = None
    base: Base = None


class FigureOut(BaseModel):
    """How good a model is, 0..1, as answers say that it had not learned from."""

    name: str = Field(description="accuracy, f1, ap50, miou, precision or page_purity")
    value: float


class RunOut(BaseModel):
    """A run. `labeled` items were learned from, `items` are predicted.

    `predicted` items have a prediction now, `trusted` ones are above the `threshold`, which is null where no
    confidence reaches the `target`.
    """

    id: str
    stage: Stage
    status: RunStatus
    progress: float | None = Field(description="0..1")
    labeled: int
    items: int
    figure: FigureOut | None
    target: float | None
    threshold: float | None
    predicted: int
    trusted: int
    created_at: datetime
    created_by: str = Field(description="empty: it began by itself")
    started: datetime | None
    ended: datetime | None
    compute_seconds: float
    job: str | None = Field(description="where to look at its job")
    error: str | None
    base: str | RunModel | None
    model: RunModel | None

    @classmethod
    def of(cls, run: Run) -> "RunOut":
        """How a run is told."""
        told = {name: getattr(run, name) for name in cls.model_fields if name not in {"figure", "job"}}
        known = run.figure_name is not None and run.figure is not None
        figure = {"name": run.figure_name, "value": run.figure} if known else None
        return cls.model_validate({**told, "figure": figure, "job": run.link})


class ReportOut(BaseModel):
    """What a run found out about itself by cross-fitting.

    `confusion` counts, by given label, what was predicted. `curve` goes from the highest confidence down;
    `grouped`: it judges regions or spans, and its bound draws whole items anew.
    """

    figures: Mapping[str, float]
    labels: list[LabelFigures]
    confusion: Mapping[str, Mapping[str, int]]
    curve: list[CurvePoint]
    grouped: bool
    unreadable: int
    seconds: Mapping[str, float]

    @classmethod
    def of(cls, report: RunReport) -> "ReportOut":
        """How a report is told."""
        return cls.model_validate({name: getattr(report, name) for name in cls.model_fields})


class AuditOut(BaseModel):
    """What blind answers say of trusted prelabels: of so many `items`, `right` of `total` parts were right.

    `bound` is the least precision with 95 % certainty, `ceiling` the most; null of nothing.
    """

    items: int
    right: int
    total: int
    precision: float | None
    bound: float | None
    ceiling: float | None

    @classmethod
    def of(cls, audit: Audit) -> "AuditOut":
        """How an audit is told."""
        return cls(**{name: getattr(audit, name) for name in cls.model_fields})


class RunDetail(RunOut):
    """A run with all that is known of it. `log` are the last lines that its job wrote.

    `trust` and `audit` are null unless its predictions are the ones that are shown.
    """

    report: ReportOut | None
    audit: AuditOut | None
    trust: Trust | None
    log: str

    @classmethod
    def shown(cls, shown: ShownRun) -> "RunDetail":
        """How a run is told in full."""
        return cls(
            **RunOut.of(shown.run).model_dump(),
            report=ReportOut.of(shown.report) if shown.report else None,
            audit=AuditOut.of(shown.audit) if shown.audit else None,
            trust=shown.trust,
            log=shown.log,
        )


class ModelOut(BaseModel):
    """A zip of the model. `url` downloads it until it expires."""

    url: str
    expires: datetime


class RegisterIn(BaseModel):
    """What the model asset is to be called."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,254}$")


class AssetOut(BaseModel):
    """The model asset's id, `azureml:NAME:VERSION`, which other projects may start from."""

    asset: str


class DoubtOut(BaseModel):
    """An item whose answer the model doubts, 0..1 within its run, and what it would say instead."""

    item: ItemOut
    doubt: float
    suggested: Answer


class DoubtPage(BaseModel):
    """Doubts of the last finished training run (null: there is none yet), the most doubtful first."""

    run: str | None
    items: list[DoubtOut]
    next: str | None = None
