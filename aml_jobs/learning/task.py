"""What is to be learned: `task.json`, described by task.schema.json."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from learning.errors import Unusable

ONE_CLASS = ("image_multiclass", "text_multiclass")
SEVERAL_CLASSES = ("image_multilabel", "text_multilabel")
CLASSES = ONE_CLASS + SEVERAL_CLASSES
KINDS = (*CLASSES, "object_detection", "instance_segmentation", "semantic_segmentation", "text_ner")
_ANSWERS = {
    "object_detection": "boxes",
    "instance_segmentation": "polygons",
    "semantic_segmentation": "masks",
    "text_ner": "spans",
}


@dataclass(frozen=True)
class Task:
    """The kind of answer, the labels by path (their order is that of probabilities), the columns of texts."""

    kind: str
    labels: tuple[str, ...]
    columns: tuple[str, ...] = ()

    @property
    def is_text(self) -> bool:
        """Whether items are texts; else they are images."""
        return self.kind.startswith("text_")

    @property
    def answers(self) -> str:
        """The one field that an answer has: `labels`, `boxes`, `polygons`, `masks` or `spans`."""
        return _ANSWERS.get(self.kind, "labels")


def read_task(file: Path) -> Task:
    """The task of a file. Raises Unusable."""
    try:
        return task_of(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError) as why:
        raise Unusable(f"{file}: {why}") from None
    except Unusable as why:
        raise Unusable(f"{file}: {why}") from None


def task_of(found: Any) -> Task:
    """The task that a JSON object describes. Raises Unusable."""
    if not isinstance(found, dict):
        raise Unusable("it is no JSON object with `kind` and `labels`; see task.schema.json.")
    if found.get("kind") not in KINDS:
        raise Unusable(f"`kind` is {found.get('kind')!r}, and has to be one of {', '.join(KINDS)}.")
    return Task(found["kind"], _names(found, "labels"), _names(found, "columns", required=False))


def _names(found: dict[str, Any], field: str, required: bool = True) -> tuple[str, ...]:
    names = found.get(field) or []
    if not isinstance(names, list) or not all(isinstance(name, str) and name for name in names):
        raise Unusable(f"`{field}` is no list of names.")
    if required and not names:
        raise Unusable(f"`{field}` is missing or empty.")
    if len(set(names)) < len(names):
        raise Unusable(f"`{field}` has the same name twice.")
    return tuple(names)
