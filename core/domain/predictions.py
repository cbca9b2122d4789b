"""What somebody other than a labeler says of an item: a model, or an imported file."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.answers import Answer

Groups = Sequence[Sequence[int]]
"""Items of a shard, by index: each group is a chain in which neighbours look alike."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """An answer to begin with, and how sure whoever made it was, 0..1 (None: it did not say).

    `regions` says the same of each region of the answer, or of each of several labels, in their order. `run`
    names the run whose model made it; None: it comes from a file, and nobody vouches for it.
    """

    answer: Answer
    confidence: float | None = None
    regions: tuple[float, ...] | None = None
    run: str | None = None


@dataclass(frozen=True, slots=True)
class Prelabel:
    """A prediction as a labeler sees it. `trusted`: it is as right as the owner asked for, with certainty;
    `unsure` are the regions, by index, that are not. None where nobody promised anything."""

    prediction: Prediction
    trusted: bool | None = None
    unsure: tuple[int, ...] = ()
