"""A Pascal VOC file, or a zip of them.

A record is an XML file. It names its image by `filename`, else by `path`, else by its own name below the
folder `Annotations`. A bad object refuses the file. `folder`, `pose`, `truncated`, `difficult` and parts of
objects are left aside.
"""

import posixpath
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from core.domain.answers import Box, Boxes, Polygon, Polygons
from core.domain.errors import InvalidFile
from core.domain.kinds import Kind
from core.domain.transfers import Refusal
from core.formats.import_records import Record, Sought
from core.formats.record_values import Misread, image_size, number
from core.formats.zips import Archive, original
from core.logic.geometry.polygons import bounds

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_BYTES = 8 * 1024 * 1024
"""Of one XML file: ten thousand objects need half of it, and Python up to fifty times the memory."""

_KINDS = frozenset({Kind.OBJECT_DETECTION, Kind.INSTANCE_SEGMENTATION})
_ZIP = b"PK"
_FOLDER, _EXTENSION = "/Annotations/", ".xml"
_CORNERS = ("xmin", "ymin", "xmax", "ymax")
_COORDINATE = re.compile(r"([xy])(\d{1,6})")
_POINTS_MIN = 3


def read(file: BinaryIO, path: str, sought: Sought) -> Iterator[Record | Refusal]:
    """A record for each XML file. One without objects is a true negative."""
    if sought.kind not in _KINDS:
        raise InvalidFile(f"Pascal VOC files hold boxes and polygons, and no labels of kind '{sought.kind}'.")
    is_archive = file.read(len(_ZIP)) == _ZIP
    file.seek(0)
    if not is_archive:
        yield _record(file.read(MAX_BYTES + 1), path, sought.kind)
        return
    archive = Archive(file, _EXTENSION)
    if not archive.names:
        raise InvalidFile("The archive has no .xml files.")
    for name in archive.names:
        try:
            data = archive.read(name)
        except Misread as error:
            yield Refusal(name, str(error))
        else:
            yield _record(data, name, sought.kind)


def _record(data: bytes, name: str, kind: Kind) -> Record | Refusal:
    boxes: list[Box] = []
    polygons: list[Polygon] = []
    where = name
    try:
        root = _root(data)
        for at, found in enumerate(root.findall("object"), 1):
            where = f"{name} object {at}"
            if kind is Kind.OBJECT_DETECTION:
                boxes.append(_box(found))
            else:
                polygons.append(_polygon(found))
    except Misread as error:
        return Refusal(where, str(error))
    answer = Boxes(tuple(boxes)) if kind is Kind.OBJECT_DETECTION else Polygons(tuple(polygons))
    size = image_size(root.findtext("size/width"), root.findtext("size/height"))
    return Record(name, answer, _location(root, name), size=size)


def _root(data: bytes) -> "Element":
    from defusedxml import ElementTree  # here, for the cold start's sake

    if len(data) > MAX_BYTES:
        raise Misread(f"it has more than {MAX_BYTES:,} bytes.")
    try:
        root = ElementTree.fromstring(data)
    except (SyntaxError, ValueError, LookupError) as error:
        raise Misread(f"it is no XML that can be read: {error}.") from error
    if root.tag != "annotation":
        raise Misread("it is no Pascal VOC: its outermost element is not `annotation`.")
    return root


def _location(root: "Element", name: str) -> str:
    for tag in ("filename", "path"):
        text = root.findtext(tag, "")
        if text.strip():
            return text.strip() if "\n" in text else text  # a line of its own is how some tools indent
    inside = f"/{name}".rpartition(_FOLDER)[2].removeprefix("/")
    return original(posixpath.splitext(inside)[0])


def _label(found: "Element") -> str:
    label = found.findtext("name", "").strip()
    if not label:
        raise Misread("it has no name.")
    return label


def _box(found: "Element") -> Box:
    label = _label(found)
    corners = found.find("bndbox")
    if corners is None:
        return Box(label, *bounds(_polygon(found)))
    xmin, ymin, xmax, ymax = (number(corners.findtext(name, ""), f"its {name}") for name in _CORNERS)
    if xmax < xmin or ymax < ymin:
        raise Misread(f"it ends at {xmax:g}, {ymax:g}, before it begins at {xmin:g}, {ymin:g}.")
    return Box(label, xmin - 1, ymin - 1, xmax - xmin + 1, ymax - ymin + 1)


def _polygon(found: "Element") -> Polygon:
    """Several `polygon` elements are parts of one."""
    parts = tuple(_ring(ring) for ring in found.findall("polygon"))
    if not parts:
        raise Misread("it has no polygon, so its outline is not known.")
    return Polygon(_label(found), parts)


def _ring(ring: "Element") -> tuple[float, ...]:
    found: dict[tuple[int, str], float] = {}
    for coordinate in ring:
        if name := _COORDINATE.fullmatch(coordinate.tag):
            found[int(name[2]), name[1]] = (
                number(coordinate.text or "", f"{coordinate.tag} of its polygon") - 1
            )
    numbers = sorted({at for at, _ in found})
    if len(numbers) < _POINTS_MIN:
        raise Misread(f"its polygon has fewer than {_POINTS_MIN} points.")
    if len(found) != 2 * len(numbers):
        raise Misread("its polygon has points with only one coordinate.")
    return tuple(found[at, axis] for at in numbers for axis in "xy")
