"""Augmented manifests of AWS SageMaker Ground Truth, read: an image or text on each line.

After docs.aws.amazon.com/sagemaker/latest/dg/sms-data-output.html. A line may carry the labels of several
jobs, each an attribute beside another that is called the same with `-metadata`, where `type` says what it is.
The last whose type fits the project and that did not fail counts: jobs that adjust labels append theirs.

A confidence of 0 in a label that people gave means that only one was asked; it is left out.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, BinaryIO

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from core.domain.answers import Answer, Box, Boxes, Classes, Span, Spans
from core.domain.kinds import Kind
from core.domain.transfers import Refusal
from core.formats.complaints import why
from core.formats.import_records import Record, Sought
from core.formats.record_values import Misread, image_size, shown
from core.formats.tables.json_lines import read_lines

_METADATA = "-metadata"
_FAILURE = "failure-reason"
_PREFIX = "groundtruth/"
_SEGMENTATION = "semantic-segmentation"

Confidence = Annotated[float, Field(ge=0, le=1)]
Size = tuple[int, int]


class _Shape(BaseModel):
    model_config = ConfigDict(allow_inf_nan=False)


class _Part(_Shape):
    confidence: Confidence | None = None


class _Metadata(_Shape):
    class_name: str | None = Field(None, alias="class-name")
    class_map: dict[str, str] = Field({}, alias="class-map")
    confidence: Confidence | None = None
    confidence_map: dict[str, Confidence] = Field({}, alias="confidence-map")
    objects: list[_Part] = []
    entities: list[_Part] = []
    human: str | None = Field(None, alias="human-annotated")

    def label(self, number: int | str) -> str:
        """The label of a class. Raises Misread for a class that `class-map` does not have."""
        if (name := self.class_map.get(str(number))) is None:
            raise Misread(f"class-map has no class {shown(number)}")
        return name


class _Box(_Shape):
    class_id: int | str
    left: float
    top: float
    width: float
    height: float


class _Boxes(_Shape):
    annotations: list[_Box]
    image_size: list[dict[str, object]] = []


class _Entity(_Shape):
    label: str
    start: int = Field(alias="startOffset")
    end: int = Field(alias="endOffset")


class _Entities(_Shape):
    entities: list[_Entity]


class _Annotated(_Shape):
    annotations: _Entities


class _Source(_Shape):
    address: str | None = Field(None, alias="source-ref")
    text: str | None = Field(None, alias="source")


_Classes = TypeAdapter(list[int | str])


def read(file: BinaryIO, _path: str, sought: Sought) -> Iterator[Record | Refusal]:
    """One record or refusal a line. Spans count code points, boxes pixels, as they do in the file."""
    for row in read_lines(file):
        if isinstance(row, Refusal):
            yield row
            continue
        try:
            yield _record(row.where, row.columns, sought.kind)
        except ValidationError as error:
            yield Refusal(row.where, f"{why(error)}.")
        except Misread as error:
            yield Refusal(row.where, f"{error}.")


def _record(where: str, line: Mapping[str, object], kind: Kind) -> Record:
    source = _Source.model_validate(line)
    text = None if kind.is_image or source.address is not None else source.text
    if source.address is None and text is None:
        raise Misread("it has no source-ref" if kind.is_image else "it has neither source-ref nor source")
    type_, name, metadata = _label(line, kind)
    answer, sure, size = _ANSWERS[type_](line[name], metadata)
    confidence = min((part for part in sure if part is not None), default=None)
    means_one_person = confidence == 0 and metadata.human != "no"
    return Record(where, answer, source.address, text, None if means_one_person else confidence, size)


def _label(line: Mapping[str, object], kind: Kind) -> tuple[str, str, _Metadata]:
    """The type and name of the attribute that counts, and its metadata."""
    found = {
        key.removesuffix(_METADATA): value
        for key, value in line.items()
        if key.endswith(_METADATA) and isinstance(value, dict)
    }
    types = {name: str(value.get("type", "")).removeprefix(_PREFIX) for name, value in found.items()}
    for name, type_ in reversed(types.items()):
        if type_ in _TYPES[kind] and name in line and _FAILURE not in found[name]:
            return type_, name, _Metadata.model_validate(found[name])
    failures = [value[_FAILURE] for value in found.values() if _FAILURE in value]
    if failures:
        raise Misread(f"its labeling failed: {shown(failures[-1])}")
    if _SEGMENTATION in types.values():
        raise Misread("its mask is another file, a PNG in S3; convert the masks to COCO and import that")
    others = shown(", ".join(dict.fromkeys(types.values())))
    raise Misread(f"it has no label of this project's kind, only {others}" if others else "it has no label")


Parsed = tuple[Answer, list[float | None], Size | None]
"""An answer, how sure of its parts Ground Truth is, and the image's size."""


def _one_class(_value: object, metadata: _Metadata) -> Parsed:
    if metadata.class_name is None:
        raise Misread("its metadata has no class-name")
    return Classes((metadata.class_name,)), [metadata.confidence], None


def _several_classes(value: object, metadata: _Metadata) -> Parsed:
    numbers = _Classes.validate_python(value)
    sure: list[float | None] = [metadata.confidence_map.get(str(number)) for number in numbers]
    return Classes(tuple(metadata.label(number) for number in numbers)), sure, None


def _boxes(value: object, metadata: _Metadata) -> Parsed:
    found = _Boxes.model_validate(value)
    sizes = [image_size(size.get("width"), size.get("height")) for size in found.image_size]
    boxes = tuple(
        Box(metadata.label(box.class_id), box.left, box.top, box.width, box.height)
        for box in found.annotations
    )
    return Boxes(boxes), [part.confidence for part in metadata.objects], sizes[0] if sizes else None


def _spans(value: object, metadata: _Metadata) -> Parsed:
    found = _Annotated.model_validate(value).annotations.entities
    spans = tuple(Span(entity.label, entity.start, entity.end) for entity in found)
    return Spans(spans), [part.confidence for part in metadata.entities], None


_ANSWERS: Mapping[str, Callable[[object, _Metadata], Parsed]] = {
    "image-classification": _one_class,
    "image-classification-multilabel": _several_classes,
    "object-detection": _boxes,
    "text-classification": _one_class,
    "text-classification-multilabel": _several_classes,
    "text-span": _spans,
}

_TYPES: Mapping[Kind, frozenset[str]] = {
    Kind.IMAGE_MULTICLASS: frozenset({"image-classification"}),
    Kind.IMAGE_MULTILABEL: frozenset({"image-classification", "image-classification-multilabel"}),
    Kind.OBJECT_DETECTION: frozenset({"object-detection"}),
    Kind.INSTANCE_SEGMENTATION: frozenset(),
    Kind.SEMANTIC_SEGMENTATION: frozenset(),
    Kind.TEXT_MULTICLASS: frozenset({"text-classification"}),
    Kind.TEXT_MULTILABEL: frozenset({"text-classification", "text-classification-multilabel"}),
    Kind.TEXT_NER: frozenset({"text-span"}),
}
