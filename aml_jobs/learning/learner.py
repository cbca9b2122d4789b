"""What every learner can do, whatever it is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from numpy.typing import NDArray

from learning.answers import Answer
from learning.material import Material

Array = NDArray[Any]


@dataclass(frozen=True)
class Found:
    """What a model says of one item.

    `confidence` is how sure it is of the whole answer, and `regions` of each region in it, 0..1; it may list
    regions that are too unsure to be kept. `probabilities`, by label, are those of kinds with classes.
    """

    answer: Answer
    confidence: float
    regions: Sequence[float] | None = None
    probabilities: Array | None = None


class Steps(Protocol):
    """What a learner tells of its way, and where it keeps what it has come to."""

    def at(self, step: int, steps: int, loss: float) -> None:
        """`step` of `steps` is done."""

    def keep(self, state: dict[str, Any]) -> None:
        """Put a state where a killed run finds it again."""

    def kept(self) -> dict[str, Any] | None:
        """The last state that was kept of this fold, if there is one."""


class Learner(Protocol):
    """A way to learn one family of kinds. `Model` is its own; several predict together, as their mean."""

    canvas: tuple[int, int]

    def fit(self, material: Material, seed: int, steps: Steps) -> Any:
        """A model, made from answered items. The same seed gives the same model."""

    def predict(self, models: Sequence[Any], material: Material) -> list[Found]:
        """What the models say together, item by item."""

    def embed(self, model: Any, material: Material) -> Array:
        """A vector for each item: shape (items, dimensions)."""

    def save(self, model: Any, folder: Path) -> None:
        """Put a model into an empty folder."""

    def load(self, folder: Path) -> Any:
        """The model of a folder."""
