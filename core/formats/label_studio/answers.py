"""The answer that an annotation's results amount to, for each kind of project.

A project in Label Studio may ask for several things at once. Taken are the results of the kind's own
controls, and where some of these know labels of the project, the results of those that do.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeVar

from core.domain.answers import Answer, Box, Boxes, Classes, Mask, Masks, Polygon, Polygons, Rle, Span, Spans
from core.domain.kinds import Kind
from core.domain.labels import SEPARATOR
from core.formats.label_studio import brush
from core.formats.label_studio.offsets import code_points
from core.formats.label_studio.tasks import Brush, Choices, Outline, Rectangle, Result, Stretch, Taxonomy
from core.formats.record_values import Misread, shown
from core.logic.geometry import masks

_PERCENT = 100
_DEGREE_DIGITS = 3
_PLACES = frozenset({"x", "points", "rle", "start"})
"""A result with one of these marks a place; without, it is said of the whole image or text."""

Shape = TypeVar("Shape", Rectangle, Outline, Brush, Stretch)


def answer_of(kind: Kind, results: Sequence[Result], text: str | None, labels: Collection[str]) -> Answer:
    """The answer. Regions of images are fractions of width and height, masks and spans as everywhere.

    `labels` are the project's; `text` is what spans are counted in, where known. Raises Misread, and
    pydantic.ValidationError for a value of the wrong shape.
    """
    return _ANSWERS[kind](results, text, labels)


def _classes(results: Sequence[Result], _text: str | None, labels: Collection[str]) -> Classes:
    chosen = [(result, _chosen(result)) for result in results if not _PLACES & result.value.keys()]
    controls = _controls(chosen, labels)
    names = [name for result, names in chosen if result.from_name in controls for name in names]
    if not names:
        raise Misread(f"it has no choice{_instead(results)}")
    return Classes(tuple(dict.fromkeys(names)))


def _chosen(result: Result) -> list[str]:
    if result.type == "choices":
        return Choices.model_validate(result.value).choices
    if result.type == "taxonomy":
        return [SEPARATOR.join(names) for names in Taxonomy.model_validate(result.value).taxonomy]
    return []


def _boxes(results: Sequence[Result], _text: str | None, labels: Collection[str]) -> Boxes:
    found = _marks(results, Rectangle, "rectanglelabels", "width", labels)
    if any(_is_turned(shape.rotation) for _, shape in found):
        raise Misread("it has a turned rectangle; boxes are upright")
    return Boxes(
        tuple(
            Box(name, shape.x / _PERCENT, shape.y / _PERCENT, shape.width / _PERCENT, shape.height / _PERCENT)
            for _, shape in found
            for name in shape.labels
        )
    )


def _polygons(results: Sequence[Result], _text: str | None, labels: Collection[str]) -> Polygons:
    return Polygons(
        tuple(
            Polygon(name, (tuple(value / _PERCENT for point in shape.points for value in point),))
            for _, shape in _marks(results, Outline, "polygonlabels", "points", labels)
            for name in shape.labels
        )
    )


def _masks(results: Sequence[Result], _text: str | None, labels: Collection[str]) -> Masks:
    by_label: dict[str, list[Rle]] = {}
    for result, shape in _marks(results, Brush, "brushlabels", "rle", labels):
        try:
            rle = brush.decode(bytes(shape.rle), result.original_width or 0, result.original_height or 0)
        except ValueError as error:
            raise Misread(str(error)) from error
        for name in shape.labels:
            by_label.setdefault(name, []).append(rle)
    if len({rle.size for rles in by_label.values() for rle in rles}) > 1:
        raise Misread("its masks are of different sizes")
    return Masks(tuple(Mask(name, masks.merged(rles)) for name, rles in by_label.items()))


def _spans(results: Sequence[Result], text: str | None, labels: Collection[str]) -> Spans:
    if any(result.type == "hypertextlabels" or "startOffset" in result.value for result in results):
        raise Misread("its labels are places in a hypertext, which has no plain text")
    shapes = [shape for _, shape in _marks(results, Stretch, "labels", "start", labels)]
    places = code_points(text or "", shapes)
    return Spans(
        tuple(
            Span(name, start, end)
            for shape, (start, end) in zip(shapes, places, strict=True)
            for name in shape.labels
        )
    )


def _marks(
    results: Sequence[Result], shape: type[Shape], control: str, field: str, labels: Collection[str]
) -> Sequence[tuple[Result, Shape]]:
    """The results of a control, which has its own labels, or those of a `Labels` control beside it."""
    found = [
        (result, shape.model_validate(result.value))
        for result in results
        if result.type in {control, "labels"} and field in result.value
    ]
    if results and not found:
        raise Misread(f"it has no {control}{_instead(results)}")
    if not all(value.labels for _, value in found):
        raise Misread("a region has no label")
    if any(_is_turned(result.image_rotation) for result, _ in found):
        raise Misread("the image was turned in Label Studio, and its regions with it")
    controls = _controls([(result, value.labels) for result, value in found], labels)
    return [(result, value) for result, value in found if result.from_name in controls]


def _controls(found: Sequence[tuple[Result, Sequence[str]]], labels: Collection[str]) -> Collection[str]:
    """The names of the controls that know one of these labels, or of all when none does."""
    known = {result.from_name for result, names in found if not set(names).isdisjoint(labels)}
    return known or {result.from_name for result, _ in found}


def _is_turned(degrees: float) -> bool:
    return round(degrees, _DEGREE_DIGITS) % 360 != 0


def _instead(results: Sequence[Result]) -> str:
    types = dict.fromkeys(result.type for result in results)
    return f", only {shown(', '.join(types))}" if types else ""


_ANSWERS: Mapping[Kind, Callable[[Sequence[Result], str | None, Collection[str]], Answer]] = {
    Kind.IMAGE_MULTICLASS: _classes,
    Kind.IMAGE_MULTILABEL: _classes,
    Kind.OBJECT_DETECTION: _boxes,
    Kind.INSTANCE_SEGMENTATION: _polygons,
    Kind.SEMANTIC_SEGMENTATION: _masks,
    Kind.TEXT_MULTICLASS: _classes,
    Kind.TEXT_MULTILABEL: _classes,
    Kind.TEXT_NER: _spans,
}
