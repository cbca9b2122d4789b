"""How far labelers agree, as the API says it."""

from datetime import datetime

from pydantic import BaseModel, Field

from core.domain.agreement import Measured


class MeasuredOut(BaseModel):
    """The first figures of the last report."""

    mean: float | None = Field(description="0..1, the mean of the items' agreement; null without an item")
    alpha: float | None = Field(description="Krippendorff's alpha, 1 at most; null where it is not defined")
    at: datetime

    @classmethod
    def of(cls, measured: Measured) -> "MeasuredOut":
        """How it is told."""
        return cls(mean=measured.mean, alpha=measured.alpha, at=measured.at)


class LabelAgreementOut(BaseModel):
    """How often labelers gave a label, and how often the answer that stands has it there too."""

    label: str
    votes: int
    agreed: int


class ConfusionOut(BaseModel):
    """How often one label was given where the answer that stands has another. Null is where nothing is."""

    given: str | None
    consensus: str | None
    count: int


class LabelerAgreementOut(BaseModel):
    """A labeler's votes for items of several votes, how similar they are to the answers that stand (0..1;
    null where none does), and their answers to gold items."""

    user: str
    name: str | None
    votes: int
    agreement: float | None
    gold: int
    gold_right: int


class AgreementOut(MeasuredOut):
    """The last report. Items count from two votes on; the confusions are the thousand most frequent."""

    items: int
    votes: int
    labels: list[LabelAgreementOut]
    confusion: list[ConfusionOut]
    labelers: list[LabelerAgreementOut]
