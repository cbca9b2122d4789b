"""A YOLO data set from a zip, in the usual layouts: `labels/train/…` (Ultralytics), `train/labels/…`
(Roboflow), `labels/…` with `classes.txt` (Label Studio, LabelImg).

A record is a label file, which names an image by its path without extension. A bad line refuses the file. A
last number too many is the confidence of a prediction; the least of them is the record's.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

from core.domain.answers import Box, Boxes, Polygon, Polygons
from core.domain.errors import InvalidFile
from core.domain.kinds import Kind
from core.domain.transfers import Refusal
from core.formats.import_records import Record, Sought
from core.formats.record_values import Misread, number, shown
from core.formats.yolo.classes import read_classes
from core.formats.yolo.names import is_label_file, location
from core.formats.zips import Archive
from core.logic.geometry.bounds import around

_KINDS = frozenset({Kind.OBJECT_DETECTION, Kind.INSTANCE_SEGMENTATION})
_BOX, _POLYGON_MIN = 4, 6
_SLACK = 0.001
"""By which fractions may leave 0..1: rounding, and boxes drawn to the edge."""


def read(file: BinaryIO, _path: str, sought: Sought) -> Iterator[Record | Refusal]:
    """A record for each label file. An empty one is a true negative."""
    if sought.kind not in _KINDS:
        raise InvalidFile(f"YOLO files hold boxes and polygons, and no labels of kind '{sought.kind}'.")
    archive = Archive(file, ".txt", ".yaml", ".yml")
    classes, source = read_classes(archive)
    names = [name for name in archive.names if is_label_file(name) and name != source]
    if not names:
        raise InvalidFile("The archive has no label files: .txt files below a folder `labels`.")
    for name in names:
        yield _record(archive, name, classes, sought.kind)


def _record(archive: Archive, name: str, classes: Mapping[int, str], kind: Kind) -> Record | Refusal:
    boxes: list[Box] = []
    polygons: list[Polygon] = []
    sure: list[float] = []
    try:
        lines = _text(archive.read(name)).splitlines()
    except Misread as error:
        return Refusal(name, str(error))
    for at, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            label, numbers = _parsed(line, classes)
            if len(numbers) % 2:
                sure.append(numbers.pop())
            if kind is Kind.OBJECT_DETECTION:
                boxes.append(_box(label, numbers))
            else:
                polygons.append(_polygon(label, numbers))
        except Misread as error:
            return Refusal(f"{name} line {at}", str(error))
    answer = Boxes(tuple(boxes)) if kind is Kind.OBJECT_DETECTION else Polygons(tuple(polygons))
    return Record(name, answer, location(name), confidence=min(sure, default=None), normalized=True)


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Misread("it is no text in UTF-8.") from None


def _parsed(line: str, classes: Mapping[int, str]) -> tuple[str, list[float]]:
    """The label of a line, and its fractions."""
    first, *others = line.split()
    index = number(first, "its class")
    if index not in classes:
        raise Misread(f"there is no class {shown(first)}.")
    numbers = [number(value, "a coordinate") for value in others]
    for value in numbers:
        if not -_SLACK <= value <= 1 + _SLACK:
            raise Misread(f"{value:g} is no fraction of the image's width or height, which are 0 to 1.")
    return classes[int(index)], numbers


def _box(label: str, numbers: Sequence[float]) -> Box:
    if len(numbers) >= _POLYGON_MIN:
        return Box(label, *around(numbers))
    if len(numbers) != _BOX:
        raise Misread(f"it has {len(numbers)} numbers after its class; a box has {_BOX}.")
    x, y, width, height = numbers
    if width <= 0 or height <= 0:
        raise Misread(f"it is {width:g} wide and {height:g} high; both must be above 0.")
    return Box(label, x - width / 2, y - height / 2, width, height)


def _polygon(label: str, numbers: Sequence[float]) -> Polygon:
    if len(numbers) < _POLYGON_MIN:
        raise Misread(f"it has {len(numbers)} numbers after its class; a polygon has {_POLYGON_MIN} or more.")
    return Polygon(label, (tuple(numbers),))
