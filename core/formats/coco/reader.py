"""A COCO file, read whole: the standard layout, and Azure ML labeling's.

Coordinates are fractions if no region of the file has one above 1, and pixels otherwise. Images are matched
by `file_name`, else `coco_url`, else `absolute_url`; several of the same are one image. Ids may be numbers or
texts. Every annotation is a record of its own: what cannot be read is refused alone. `iscrowd` is left aside.
"""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO, TypeVar

from core.domain.answers import Answer, Boxes, Classes, Mask, Masks, Polygons
from core.domain.errors import InvalidFile
from core.domain.kinds import Kind
from core.domain.transfers import Refusal
from core.formats.coco.categories import Categories
from core.formats.coco.images import Image, Images, where
from core.formats.coco.regions import read_box, read_mask, read_polygon
from core.formats.coco.segmentations import Annotation, are_fractions
from core.formats.import_records import Record, Sought
from core.formats.record_values import Misread
from core.logic.geometry import masks

MAX_BYTES = 100 * 1024 * 1024
"""A file is read whole, which takes several times its size."""

T = TypeVar("T")
_LISTS = ("images", "annotations", "categories")


def read(file: BinaryIO, _path: str, sought: Sought) -> Iterator[Record | Refusal]:
    """A record for each image that has a label, in the order of the file. Its labels are the categories."""
    if not sought.kind.is_image:
        raise InvalidFile("A COCO file describes images, and this project's items are texts.")
    entries, annotations, categories = _lists(file)
    images = Images(entries)
    yield from images.refusals
    for position, annotation in enumerate(annotations, 1):
        place = where("annotation", annotation, position)
        try:
            image, found = images.owner(annotation)
        except Misread as error:
            yield Refusal(place, str(error))
        else:
            image.annotations.append((place, found))
    fractions = sought.kind.has_regions and are_fractions(annotations)
    reader = _Reader(sought.kind, Categories(categories, sought.labels), fractions)
    for image in images:
        yield from reader.records(image)


def _lists(file: BinaryIO) -> list[list[object]]:
    """The file's images, annotations and categories."""
    if file.seek(0, os.SEEK_END) > MAX_BYTES:
        raise InvalidFile(f"A COCO file may have {MAX_BYTES:,} bytes. Split this one by images.")
    file.seek(0)
    try:
        document = json.load(file)
    except (ValueError, RecursionError) as error:
        raise InvalidFile(f"This is no JSON file: {error}.") from error
    if isinstance(document, list) and document and isinstance(document[0], dict) and "score" in document[0]:
        raise InvalidFile(
            "This is a COCO results file: a list of detections alone, which does not say what files their "
            "images are. Put it as `annotations` into the file of its data set, beside `images` and "
            "`categories`."
        )
    if not isinstance(document, dict):
        raise InvalidFile("A COCO file is a JSON object, and this one is not.")
    for name in _LISTS:
        if not isinstance(document.get(name), list):
            raise InvalidFile(f"A COCO file has a list of `{name}`, and this one has not.")
    return [document[name] for name in _LISTS]


@dataclass(frozen=True, slots=True)
class _Reader:
    kind: Kind
    categories: Categories
    fractions: bool

    def records(self, image: Image) -> Iterator[Record | Refusal]:
        """What becomes of an image: what is refused of it, and a record where anything is left."""
        refusals: list[Refusal] = []
        answer, places = self._answer(image, refusals)
        yield from refusals
        if image.annotations and not places:
            return
        if image.doubt and not image.annotations:
            yield Refusal(image.where, image.doubt)
        elif isinstance(answer, Classes):
            yield self._labeled(image, answer)
        else:
            size = image.size or _mask_size(answer)
            normalized = self.fractions and not isinstance(answer, Masks)
            yield Record(
                image.where, answer, image.location, size=size, normalized=normalized, regions=tuple(places)
            )

    def _labeled(self, image: Image, answer: Classes) -> Record | Refusal:
        if not answer.labels:
            return Refusal(image.where, "it has no label.")
        return Record(image.where, answer, image.location, size=image.size)

    def _answer(self, image: Image, refusals: list[Refusal]) -> tuple[Answer, Sequence[str]]:
        """All that could be read, and where each region of it is."""
        match self.kind:
            case Kind.OBJECT_DETECTION:
                boxes, places = self._all(image, partial(read_box, fractions=self.fractions), refusals)
                return Boxes(boxes), places
            case Kind.INSTANCE_SEGMENTATION:
                polygons, places = self._all(image, partial(read_polygon, fractions=self.fractions), refusals)
                return Polygons(polygons), places
            case Kind.SEMANTIC_SEGMENTATION:
                read = partial(read_mask, size=image.size, fractions=self.fractions)
                return _merged(*self._all(image, read, refusals))
        labels, places = self._all(image, lambda _, label: label, refusals)
        return Classes(tuple(dict.fromkeys(labels))), places

    def _all(
        self, image: Image, read: Callable[[Annotation, str], T], refusals: list[Refusal]
    ) -> tuple[tuple[T, ...], Sequence[str]]:
        found: list[T] = []
        places: list[str] = []
        for place, annotation in image.annotations:
            try:
                found.append(read(annotation, self.categories.label(annotation)))
                places.append(place)
            except Misread as error:
                refusals.append(Refusal(place, str(error)))
        return tuple(found), places


def _merged(found: Sequence[Mask], places: Sequence[str]) -> tuple[Masks, Sequence[str]]:
    """One mask for each label and size, of all that have them."""
    groups: dict[tuple[str, tuple[int, int]], list[tuple[Mask, str]]] = {}
    for mask, place in zip(found, places, strict=True):
        groups.setdefault((mask.label, mask.rle.size), []).append((mask, place))
    merged = [
        Mask(label, masks.merged([mask.rle for mask, _ in group])) for (label, _), group in groups.items()
    ]
    return Masks(tuple(merged)), [_places([place for _, place in group]) for group in groups.values()]


def _places(places: Sequence[str]) -> str:
    return places[0] if len(places) == 1 else f"{places[0]} and {len(places) - 1} more of its label"


def _mask_size(answer: Answer) -> tuple[int, int] | None:
    """Width and height of the masks."""
    if not isinstance(answer, Masks) or not answer.masks:
        return None
    height, width = answer.masks[0].rle.size
    return width, height
