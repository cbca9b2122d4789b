"""What a project and an item ask of an answer, and the words that all kinds of misfit share."""

from dataclasses import dataclass

from core.domain.kinds import Kind
from core.domain.labels import label_paths
from core.domain.projects import Project
from core.logic.geometry.bounds import Bounds

REGIONS_MAX = 10_000
"""An answer has at most so many regions."""

TOLERANCE = 0.01
"""A region may stick out of its image by so many pixels: what is left of rounding."""

COORDINATE_MAX = 1e9
"""No coordinate is further from 0, in pixels, even where the size of the image is not known."""

_SHOWN_MAX = 100


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for all answers of a project. `labels` are paths; `overlap`: masks may share pixels."""

    kind: Kind
    labels: frozenset[str]
    overlap: bool = False

    @classmethod
    def of(cls, project: Project) -> "Rules":
        """What this project asks."""
        return cls(project.kind, frozenset(label_paths(project.labels)), project.masks.overlap)


@dataclass(frozen=True, slots=True)
class Subject:
    """The item: `width` and `height` in pixels of the upright image, or the text.

    None is not known; what cannot be checked without it is taken as it is.
    """

    width: int | None = None
    height: int | None = None
    text: str | None = None


def shown(value: object) -> str:
    """The value as an error can say it: not for ever, and without halves of characters."""
    text = str(value).encode("utf-8", "backslashreplace").decode("utf-8")
    return text if len(text) <= _SHOWN_MAX else f"{text[:_SHOWN_MAX]}…"


def unknown(rules: Rules, label: str) -> str | None:
    """Why the label cannot be chosen, or None when it can."""
    return None if label in rules.labels else f"there is no label '{shown(label)}' in this project."


def is_coordinate(value: float) -> bool:
    """Whether it is a number, and finite."""
    return abs(value) <= COORDINATE_MAX


def outside(bounds: Bounds, subject: Subject) -> str | None:
    """How something sticks out of the image, or None when it does not or the image's size is not known."""
    if subject.width is None or subject.height is None:
        return None
    right, bottom = bounds.x + bounds.width, bounds.y + bounds.height
    sides = {
        "on the left": bounds.x < -TOLERANCE,
        "at the top": bounds.y < -TOLERANCE,
        "on the right": right > subject.width + TOLERANCE,
        "at the bottom": bottom > subject.height + TOLERANCE,
    }
    where = " and ".join(side for side, out in sides.items() if out)
    return f"sticks out of the image of {subject.width} x {subject.height} pixels {where}." if where else None
