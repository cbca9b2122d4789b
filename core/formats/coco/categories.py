"""The categories of a COCO file, and the project's labels that they are."""

from collections.abc import Collection, Mapping, Sequence

from core.domain.labels import SEPARATOR
from core.formats.record_values import Misread, shown


def key(value: object) -> str | None:
    """An id, so that `1`, `1.0` and `"1"` are the same; None for what is none."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, str | int) and not isinstance(value, bool):
        return str(value).strip() or None
    return None


class Categories:
    """Labels by the ids of categories. A category is named by its label's path, or by the label's name below
    its `supercategory`.
    """

    def __init__(self, entries: Sequence[object], labels: Collection[str]) -> None:
        self._labels: dict[str, str] = {}
        self._flaws: dict[str, str] = {}
        known = frozenset(labels)
        for entry in entries:
            if isinstance(entry, dict) and (number := key(entry.get("id"))) is not None:
                self._add(number, _label(entry, known))

    def label(self, annotation: Mapping[str, object]) -> str:
        """The label of an annotation. Raises Misread where there is none."""
        number = key(annotation.get("category_id"))
        if number is None:
            raise Misread("it has no category_id.")
        if number in self._flaws:
            raise Misread(f"category {shown(number)} {self._flaws[number]}.")
        if number not in self._labels:
            raise Misread(f"the file has no category {shown(number)}.")
        return self._labels[number]

    def _add(self, number: str, label: str | None) -> None:
        if label is None:
            self._flaws[number] = "has no name"
        elif self._labels.setdefault(number, label) != label:
            self._flaws[number] = "is there twice, with different names"


def _label(entry: Mapping[str, object], labels: Collection[str]) -> str | None:
    name = key(entry.get("name"))
    path = f"{entry.get('supercategory')}{SEPARATOR}{name}"
    return path if name not in labels and path in labels else name
