"""Images whose boxes an expert draws: smears that are made on the spot, or those of a data set."""

import io
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw

from benchmarks.page_projects import LABELS, jpeg
from core.domain.answers import Boxes
from core.domain.kinds import Kind
from core.formats.import_records import Record, Sought
from core.formats.voc import reader

IMAGES = 20
SMEAR = (640, 480)
KINDS = {
    "red cell": ((22, 30), "#d98a84"),
    "white cell": ((38, 46), "#7a6bb0"),
    "platelet": ((8, 12), "#c9a24b"),
}
"""How large each is, as a radius, and its colour."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A box: its label, and its left, top, right and bottom in pixels."""

    label: str
    corners: tuple[float, float, float, float]


@dataclass(frozen=True)
class Boxed:
    """Images by name, and the boxes of each in the order in which they are drawn."""

    labels: tuple[str, ...]
    files: Mapping[str, bytes]
    boxes: Mapping[str, list[Drawn]]

    def width(self, name: str) -> int:
        """Of an image, in pixels."""
        return Image.open(io.BytesIO(self.files[name])).width


def drawn() -> Boxed:
    """Twenty smears, drawn."""
    cells = {f"{number:02}.jpg": _cells(number) for number in range(IMAGES)}
    return Boxed(LABELS, {name: smear(found) for name, found in cells.items()}, cells)


def pascal_voc(folder: Path) -> Boxed:
    """The first twenty images of a data set in Pascal VOC: the folders `JPEGImages` and `Annotations`."""
    images = sorted((folder / "JPEGImages").iterdir())[:IMAGES]
    boxes = {image.name: _annotated(folder / "Annotations" / f"{image.stem}.xml") for image in images}
    labels = tuple(dict.fromkeys(box.label for found in boxes.values() for box in found))
    return Boxed(labels, {image.name: image.read_bytes() for image in images}, boxes)


def _annotated(file: Path) -> list[Drawn]:
    with file.open("rb") as data:
        (record,) = reader.read(data, file.name, Sought(Kind.OBJECT_DETECTION, ()))
    if not isinstance(record, Record) or not isinstance(record.answer, Boxes) or record.size is None:
        raise ValueError(f"{file} has no boxes of an image whose size it tells.")
    width, height = record.size
    return [
        Drawn(
            box.label,
            (
                max(0, box.x),
                max(0, box.y),
                min(width, box.x + box.width),
                min(height, box.y + box.height),
            ),
        )
        for box in record.answer.boxes
    ]


def _cells(seed: int) -> list[Drawn]:
    """Eighteen cells of a smear in no order of their labels: mostly red ones, as in blood."""
    draw = random.Random(seed)  # noqa: S311  the same pictures every time
    found = []
    for label in draw.choices(LABELS, (15, 1, 2), k=18):
        radius = draw.randint(*KINDS[label][0])
        x, y = draw.randint(radius, SMEAR[0] - radius), draw.randint(radius, SMEAR[1] - radius)
        found.append(Drawn(label, (x - radius, y - radius, x + radius, y + radius)))
    return found


def smear(cells: Iterable[Drawn]) -> bytes:
    """A JPEG of these cells, as discs."""
    image = Image.new("RGB", SMEAR, "#efe6dc")
    pen = ImageDraw.Draw(image)
    for cell in cells:
        pen.ellipse(cell.corners, fill=KINDS[cell.label][1], outline="#6d4a52")
    return jpeg(image)
