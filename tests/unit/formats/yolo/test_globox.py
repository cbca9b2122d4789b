"""What we write, read by globox (github.com/laclouis5/globox), which knows nothing of us."""

import io
import zipfile
from pathlib import Path

import pytest
from globox import AnnotationSet
from PIL import Image

from core.domain.answers import Answer, Box, Boxes, Polygon, Polygons
from core.domain.kinds import Kind
from core.formats import yolo
from tests.unit.formats.rows import a_row, a_sheet, written

WIDTH, HEIGHT = 60, 40


def _unpacked(folder: Path, kind: Kind, answer: Answer) -> Path:
    data, _ = written(yolo.write, a_sheet(kind), a_row("p/a.png", answer, (WIDTH, HEIGHT)))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(folder)
    image = folder / "images/train/p/a.png"
    image.parent.mkdir(parents=True)
    Image.new("1", (WIDTH, HEIGHT)).save(image)
    return folder


def _corners(found: AnnotationSet) -> tuple[list[str], list[tuple[float, ...]]]:
    """The classes of the only image's boxes, and where they are."""
    (annotation,) = found
    boxes = annotation.boxes
    return [box.label for box in boxes], [(box.xmin, box.ymin, box.xmax, box.ymax) for box in boxes]


def test_boxes(tmp_path: Path) -> None:
    answer = Boxes((Box("Rose", 6, 8, 30, 10.5), Box("Animal", 0, 0, 60, 40)))
    root = _unpacked(tmp_path, Kind.OBJECT_DETECTION, answer)
    labels, corners = _corners(
        AnnotationSet.from_yolo_v5(
            root / "labels/train/p", image_folder=root / "images/train/p", image_extension=".png"
        )
    )
    assert labels == ["2", "0"]
    assert corners[0] == pytest.approx((6, 8, 36, 18.5), abs=1e-4)
    assert corners[1] == pytest.approx((0, 0, 60, 40), abs=1e-4)


def test_polygons_have_their_bounds(tmp_path: Path) -> None:
    answer = Polygons((Polygon("Animal/Cat", ((6, 8, 36, 10, 24, 30),)),))
    root = _unpacked(tmp_path, Kind.INSTANCE_SEGMENTATION, answer)
    labels, (corners,) = _corners(
        AnnotationSet.from_yolo_seg(
            root / "labels/train/p", image_folder=root / "images/train/p", image_extension=".png"
        )
    )
    assert labels == ["1"]
    assert corners == pytest.approx((6, 8, 36, 30), abs=1e-4)
