"""Answers from Azure ML's `label` and `label_confidence`, and from what tables have in their place.

A value may be a text, a list, or a list as JSON. A text that is no label of the project is taken for several
labels joined by commas, where the kind takes several. `isCrowd` is not kept.
"""

import json
import math
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from core.domain.answers import Answer, Box, Boxes, Classes, Mask, Masks, Polygon, Polygons, Rle, Span, Spans
from core.domain.kinds import Kind
from core.formats.complaints import why
from core.formats.import_records import Sought
from core.formats.record_values import FURTHEST, Misread
from core.logic.geometry.masks import is_sound

FRACTION_MAX = 1.01
"""A coordinate up to this can be a fraction: what ends at an image's edge may be rounded to beyond it."""

_SEVERAL = frozenset({Kind.IMAGE_MULTILABEL, Kind.TEXT_MULTILABEL})
_CONFIG = ConfigDict(allow_inf_nan=False, coerce_numbers_to_str=True)


Coordinate = Annotated[float, Field(ge=-FURTHEST, le=FURTHEST)]


class _Region(BaseModel):
    model_config = _CONFIG
    label: str = Field(min_length=1)


class _Box(_Region):
    left: Coordinate = Field(alias="topX")
    top: Coordinate = Field(alias="topY")
    right: Coordinate = Field(alias="bottomX")
    bottom: Coordinate = Field(alias="bottomY")


class _Polygon(_Region):
    polygon: list[list[Coordinate]]


class _Rle(BaseModel):
    size: tuple[int, int]
    counts: str


class _Mask(_Region):
    rle: _Rle


class _Span(_Region):
    start: int = Field(alias="offsetStart")
    end: int = Field(alias="offsetEnd")


_BOXES = TypeAdapter(list[_Box])
_POLYGONS = TypeAdapter(list[_Polygon])
_MASKS = TypeAdapter(list[_Mask])
_SPANS = TypeAdapter(list[_Span])
_LABELS = TypeAdapter(list[Annotated[str, Field(min_length=1)]], config=_CONFIG)
_CONFIDENCES = TypeAdapter(list[Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]])


class LabelReader:
    """Reads the labels of one file for one project."""

    def __init__(self, sought: Sought) -> None:
        self._read = _READERS[sought.kind]
        self._several = sought.kind in _SEVERAL
        self._known = frozenset(sought.labels)
        self._commas = max((label.count(",") for label in sought.labels), default=0)

    def answer(self, value: object) -> Answer:
        """The answer that a value stands for. Raises Misread."""
        if is_missing(value):
            raise Misread("it has no label")
        if isinstance(value, str):
            value = self._listed(value)
        try:
            return self._read(value if isinstance(value, list) else [value])
        except ValidationError as error:
            raise Misread(f"its label cannot be read: {why(error)}") from error

    def _listed(self, text: str) -> list[object]:
        if text in self._known:
            return [text]
        if text.lstrip().startswith("["):
            return parsed(text)
        return list(self._split(text)) if self._several else [text]

    def _split(self, text: str) -> Iterator[str]:
        """Labels joined by commas. Labels may hold commas too, so the longest that is known is taken."""
        parts = text.split(",")
        at = 0
        while at < len(parts):
            furthest = min(at + 1 + self._commas, len(parts))
            ends = range(furthest, at + 1, -1)
            end = next((end for end in ends if ",".join(parts[at:end]).strip() in self._known), at + 1)
            yield ",".join(parts[at:end]).strip()
            at = end


def confidence_of(value: object) -> float | None:
    """The confidence, of several the least, 0..1; None where there is none. Raises Misread."""
    if is_missing(value):
        return None
    if isinstance(value, str):
        value = parsed(value) if value.lstrip().startswith("[") else value.split(",")
    try:
        found = _CONFIDENCES.validate_python(value if isinstance(value, list) else [value])
    except ValidationError as error:
        raise Misread(f"its confidence cannot be read: {why(error)}") from error
    return min(found, default=None)


def are_fractions(answer: Answer) -> bool:
    """Whether all coordinates of boxes or polygons can be fractions of an image's size, so are not pixels."""
    match answer:
        case Boxes(boxes):
            found: Iterator[float] = chain.from_iterable(
                (box.x, box.y, box.x + box.width, box.y + box.height) for box in boxes
            )
        case Polygons(polygons):
            found = chain.from_iterable(ring for polygon in polygons for ring in polygon.parts)
        case _:
            return False
    return all(1 - FRACTION_MAX <= value <= FRACTION_MAX for value in found)


def is_missing(value: object) -> bool:
    """Whether a value stands for none: null, an empty text, or NaN, which tables fill gaps with."""
    return value is None or value == "" or (isinstance(value, float) and math.isnan(value))


def parsed(text: str) -> list[object]:
    """The list that is in a cell as JSON. Raises Misread."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, list):
        raise Misread("it holds a list that is no JSON")
    return found


def _classes(value: list[object]) -> Answer:
    whole = [int(label) if isinstance(label, float) and label.is_integer() else label for label in value]
    labels = _LABELS.validate_python(whole)
    if not labels:
        raise Misread("it has no label")
    return Classes(tuple(labels))


def _boxes(value: list[object]) -> Answer:
    found = _BOXES.validate_python(value)
    return Boxes(
        tuple(Box(box.label, box.left, box.top, box.right - box.left, box.bottom - box.top) for box in found)
    )


def _polygons(value: list[object]) -> Answer:
    found = _POLYGONS.validate_python(value)
    if any(len(ring) % 2 for polygon in found for ring in polygon.polygon):
        raise Misread("a polygon has an x without its y")
    return Polygons(tuple(Polygon(one.label, tuple(map(tuple, one.polygon))) for one in found))


def _masks(value: list[object]) -> Answer:
    if any(isinstance(mask, dict) and "labelFilePath" in mask for mask in value):
        raise Misread("its masks are in another file, which is not looked into; export COCO or convert them")
    found = _MASKS.validate_python(value)
    masks = tuple(Mask(mask.label, Rle(mask.rle.size, mask.rle.counts)) for mask in found)
    if not all(is_sound(mask.rle) for mask in masks):
        raise Misread("the rle of a mask is no run-length encoding of its size")
    return Masks(masks)


def _spans(value: list[object]) -> Answer:
    found = _SPANS.validate_python(value)
    return Spans(tuple(Span(span.label, span.start, span.end) for span in found))


_READERS: Mapping[Kind, Callable[[list[object]], Answer]] = {
    Kind.IMAGE_MULTICLASS: _classes,
    Kind.IMAGE_MULTILABEL: _classes,
    Kind.OBJECT_DETECTION: _boxes,
    Kind.INSTANCE_SEGMENTATION: _polygons,
    Kind.SEMANTIC_SEGMENTATION: _masks,
    Kind.TEXT_MULTICLASS: _classes,
    Kind.TEXT_MULTILABEL: _classes,
    Kind.TEXT_NER: _spans,
}
