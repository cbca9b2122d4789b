"""The shape of Label Studio's exports: a task with its annotations, and what an annotation consists of.

After labelstud.io/guide/export#Label-Studio-JSON-format-of-annotated-tasks. The JSON-MIN export has an entry
for each annotation, with the data and the results side by side; they are told apart by what they look like.
"""

from collections.abc import Collection, Iterator
from typing import Annotated

from pydantic import AliasChoices, BaseModel, ConfigDict, Field

from core.formats.record_values import FURTHEST

_CONTROLS = (
    "rectanglelabels",
    "polygonlabels",
    "brushlabels",
    "hypertextlabels",
    "labels",
    "choices",
    "taxonomy",
)
_MIN_FIELDS = frozenset(
    {"id", "annotator", "annotation_id", "created_at", "updated_at", "lead_time", "agreement"}
)

Byte = Annotated[int, Field(ge=0, le=255)]
Pixels = Annotated[int, Field(ge=0, le=FURTHEST)]


class _Shape(BaseModel):
    model_config = ConfigDict(allow_inf_nan=False)


class Result(_Shape):
    """One mark or choice. `type` is the control's kind in lower case, `from_name` the control's name.

    `original_width`, `original_height` are pixels of the image, `image_rotation` degrees that somebody turned
    it by; `value` is one of the shapes below.
    """

    type: str
    value: dict[str, object]
    from_name: str = ""
    original_width: Pixels | None = None
    original_height: Pixels | None = None
    image_rotation: float = 0.0


class Annotation(_Shape):
    """What one person said of a task. `was_cancelled`: they skipped it. Times are ISO 8601 in UTC."""

    result: list[Result]
    was_cancelled: bool = False
    created_at: str | None = None
    updated_at: str | None = None

    @property
    def time(self) -> str:
        """When it was last changed."""
        return self.updated_at or self.created_at or ""


class Task(_Shape):
    """An image or text, as the fields of `data`, and its annotations."""

    data: dict[str, object]
    annotations: list[Annotation] = []
    id: int | str | None = None


class Choices(_Shape):
    """Labels of the whole image or text."""

    choices: list[str]


class Taxonomy(_Shape):
    """Labels of the whole image or text, each as the names from the root of a tree down."""

    taxonomy: list[list[str]]


class Rectangle(_Shape):
    """Percent of the image's width and height; `rotation` in degrees around the upper left corner."""

    x: float
    y: float
    width: float
    height: float
    labels: list[str] = Field(validation_alias=AliasChoices("rectanglelabels", "labels"))
    rotation: float = 0.0


class Outline(_Shape):
    """Points x, y in percent of the image's width and height."""

    points: list[tuple[float, float]]
    labels: list[str] = Field(validation_alias=AliasChoices("polygonlabels", "labels"))


class Brush(_Shape):
    """The bytes that `brush.decode` reads."""

    rle: list[Byte]
    labels: list[str] = Field(validation_alias=AliasChoices("brushlabels", "labels"))


class Stretch(_Shape):
    """A stretch of the text, half-open; see `offsets` for what is counted. `text` is what it covers."""

    start: int
    end: int
    labels: list[str]
    text: str | None = None


def task_of(entry: object, labels: Collection[str]) -> Task:
    """The task that an entry of either export is; in JSON-MIN a string that is one of `labels` is a choice.

    Raises pydantic.ValidationError.
    """
    if isinstance(entry, dict) and "annotation_id" in entry and "annotations" not in entry:
        return Task.model_validate(_expanded(entry, labels))
    return Task.model_validate(entry)


def _expanded(entry: dict[str, object], labels: Collection[str]) -> dict[str, object]:
    fields = {name: value for name, value in entry.items() if name not in _MIN_FIELDS}
    found = {name: list(_results(name, value, labels)) for name, value in fields.items()}
    return {
        "id": entry.get("id"),
        "data": {name: value for name, value in fields.items() if not found[name]},
        "annotations": [{"result": [result for results in found.values() for result in results]}],
    }


def _results(name: str, value: object, labels: Collection[str]) -> Iterator[dict[str, object]]:
    if isinstance(value, str) and value in labels:
        yield {"type": "choices", "from_name": name, "value": {"choices": [value]}}
    for part in value if isinstance(value, list) else [value]:
        control = next((key for key in _CONTROLS if isinstance(part, dict) and key in part), None)
        if isinstance(part, dict) and control:
            sizes = {key: part.get(key) for key in ("original_width", "original_height")}
            yield {"type": control, "from_name": name, "value": part, **sizes}
