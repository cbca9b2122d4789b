"""What formats with a file of labels for each image have in common, as YOLO and Pascal VOC."""

from core.domain.answers import Polygon, Polygons
from core.formats.export_rows import ExportRow

SKIPPED = "it was skipped, and a file without labels would say that there is nothing in the image"
NO_SIZE = "the image cannot be read, so its size is not known"


def flaw(row: ExportRow, form: str) -> str | None:
    """Why a row has no place in such a format, or None when it has: skipped, or its polygons divided."""
    answer = row.annotation.answer
    if answer is None:
        return SKIPPED
    if isinstance(answer, Polygons) and any(map(_is_divided, answer.polygons)):
        return f"{form} has no polygons of several parts or with holes; export COCO instead"
    return None


class Names:
    """The names of the files so far. Hashes of them take a third of their memory."""

    def __init__(self) -> None:
        self._taken: set[int] = set()

    def take(self, name: str) -> str | None:
        """Why a file cannot have this name, or None when it can and then has it."""
        if hash(name) in self._taken:
            return f"'{name}' has the labels of another image, whose name differs only in its extension"
        self._taken.add(hash(name))
        return None


def _is_divided(polygon: Polygon) -> bool:
    return bool(polygon.holes) or len(polygon.parts) > 1
