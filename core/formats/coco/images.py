"""The images of a COCO file. Azure ML wrote an image once for each of its annotations; they are one here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from core.domain.transfers import Refusal
from core.formats.coco.categories import key
from core.formats.coco.segmentations import Annotation
from core.formats.record_values import Misread, image_size, is_text, shown

_LOCATIONS = ("file_name", "coco_url", "absolute_url")
_SAME_ID = "another image of the file has the same id."


@dataclass(slots=True)
class Image:
    """An image, and the annotations that name it, each with where it is in the file.

    `size` is width and height in pixels where the file tells. `doubt`: annotations may be missing, and why.
    """

    where: str
    location: str
    size: tuple[int, int] | None
    annotations: list[tuple[str, Annotation]] = field(default_factory=list)
    doubt: str | None = None


class Images:
    """In the order of the file. `refusals` are of entries that name no image."""

    def __init__(self, entries: Sequence[object]) -> None:
        self.refusals: list[Refusal] = []
        self._by_location: dict[str, Image] = {}
        self._by_id: dict[str, Image | str] = {}
        for position, entry in enumerate(entries, 1):
            self._add(entry, where("image", entry, position))

    def __iter__(self) -> Iterator[Image]:
        return iter(self._by_location.values())

    def owner(self, annotation: object) -> tuple[Image, Annotation]:
        """The image of an annotation. Raises Misread where there is none."""
        if not isinstance(annotation, dict):
            raise Misread("it is no JSON object.")
        number = key(annotation.get("image_id"))
        if number is None:
            raise Misread("it has no image_id.")
        image = self._by_id.get(number)
        if image is None:
            raise Misread(f"its image {shown(number)} is not in the file.")
        if isinstance(image, str):
            raise Misread(f"its image {shown(number)} cannot be told: {image}")
        return image, annotation

    def _add(self, entry: object, place: str) -> None:
        number = key(entry.get("id")) if isinstance(entry, dict) else None
        location = _location(entry) if isinstance(entry, dict) else None
        if not isinstance(entry, dict) or number is None or location is None:
            missing = "it has no id." if number is None else "it has no file_name."
            self.refusals.append(Refusal(place, missing))
            if number is not None:
                self._by_id.setdefault(number, missing)
            return
        size = image_size(entry.get("width"), entry.get("height"))
        image = self._by_location.setdefault(location, Image(place, location, size))
        image.size = image.size or size
        before = self._by_id.setdefault(number, image)
        if before is not image:
            image.doubt = _SAME_ID
            if isinstance(before, Image):
                before.doubt = _SAME_ID
            self._by_id[number] = _SAME_ID


def where(what: str, entry: object, position: int) -> str:
    """How a person finds an entry: by its id, or its position from 1 where it has none."""
    number = key(entry.get("id")) if isinstance(entry, dict) else None
    return f"{what} {shown(position if number is None else number)}"


def _location(entry: Mapping[str, object]) -> str | None:
    for name in _LOCATIONS:
        value = entry.get(name)
        if isinstance(value, str) and value.strip() and is_text(value):
            return value
    return None
