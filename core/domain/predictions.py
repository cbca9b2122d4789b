"""What somebody other than a labeler says of an item: a model, or an imported file."""

from dataclasses import dataclass

from core.domain.answers import Answer


@dataclass(frozen=True, slots=True)
class Prediction:
    """An answer to begin with, and how sure whoever made it was, 0..1 (None: it did not say)."""

    answer: Answer
    confidence: float | None = None
