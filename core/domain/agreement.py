"""How far the labelers of a project agree: what each of its items adds, and the figures that come of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

Value = str | frozenset[str] | None
"""What a labeler says of a thing to be judged: a label, a set of labels, or that there is nothing."""

Values = frozenset[tuple[Value, int]]
"""All that was said of a thing, and by how many labelers each."""


@dataclass(frozen=True, slots=True)
class Judged:
    """So many things of which the same was said."""

    values: Values
    count: int


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often a label was given where the answer that stands has which. None is where there is nothing."""

    given: str | None
    consensus: str | None
    count: int


@dataclass(frozen=True, slots=True)
class LabelerSums:
    """`votes` of a labeler; `compared` of them with an answer that stands, to which they are similar by
    `similarity` together. Of `gold` known answers they got `gold_right` right."""

    votes: int = 0
    compared: int = 0
    similarity: float = 0.0
    gold: int = 0
    gold_right: int = 0


@dataclass(frozen=True, slots=True)
class AgreementSums:
    """What items of several votes add up to; `agreement` is the sum of theirs."""

    items: int = 0
    votes: int = 0
    agreement: float = 0.0
    judged: tuple[Judged, ...] = ()
    confusions: tuple[Confusion, ...] = ()
    labelers: Mapping[str, LabelerSums] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LabelAgreement:
    """How often a label was given, and how often the answer that stands has it there too."""

    label: str
    votes: int
    agreed: int


@dataclass(frozen=True, slots=True)
class LabelerAgreement:
    """A labeler's votes, and how similar they are to the answers that stand, 0..1; None if there are none."""

    votes: int
    agreement: float | None
    gold: int
    gold_right: int


@dataclass(frozen=True, slots=True)
class AgreementReport:
    """The figures. `mean` is that of the items' agreement, 0..1, and `alpha` Krippendorff's, at most 1."""

    at: datetime
    items: int
    votes: int
    mean: float | None
    alpha: float | None
    labels: tuple[LabelAgreement, ...]
    confusion: tuple[Confusion, ...]
    labelers: Mapping[str, LabelerAgreement]


@dataclass(frozen=True, slots=True)
class Measured:
    """The last report of a project: the operation that made it, when, and its first figures."""

    operation: str
    at: datetime
    mean: float | None
    alpha: float | None
