"""Settings of ML assist, as the API takes changes to them. What is given is held to the ranges elsewhere."""

from typing import Annotated

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict  # pydantic reads the standard one from Python 3.12 on

from core.domain.assist import Order, RunModel, Unsure

Base = Annotated[
    str | RunModel | None,
    Field(
        description="what training starts from: a model of a hub (facebook/dinov2-small), a model asset "
        "(azureml:NAME:VERSION) or the model of a run of a project; null: nothing"
    ),
]


@with_config(ConfigDict(extra="forbid"))
class TrainingPatch(TypedDict, total=False):
    """Changes to when models are trained; what is left out stays."""

    first: int | None
    labels: int
    per_label: int
    growth: float


@with_config(ConfigDict(extra="forbid"))
class AssistPatch(TypedDict, total=False):
    """Changes to the settings of ML assist; what is left out stays."""

    enabled: bool
    target: float
    strict: bool
    unsure: Unsure
    accept: bool
    audit_rate: float
    order: Order
    base: Base
    training: TrainingPatch
    monthly_budget: float | None
