"""What we write, read by COCO's own tools."""

import contextlib
import io
from collections.abc import Mapping
from pathlib import Path

import pytest
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

from core.domain.answers import Answer, Box, Boxes, Classes, Mask, Masks, Polygon, Polygons
from core.domain.exports import Coordinates
from core.domain.kinds import Kind
from core.formats import coco
from core.formats.export_rows import ExportRow
from core.logic.geometry import masks
from tests.unit.formats.rows import a_row, a_sheet, written

SQUARE = (10.0, 10.0, 50.0, 10.0, 50.0, 50.0, 10.0, 50.0)
APART = (100.0, 10.0, 103.0, 10.0, 103.0, 15.0, 100.0, 15.0)
HOLE = (20.0, 20.0, 30.0, 20.0, 30.0, 25.0, 20.0, 25.0)
POLYGONS = Polygons((Polygon("Rose", (SQUARE, APART)), Polygon("Animal", (SQUARE,), (HOLE,))))
BOXES = Boxes(
    (Box("Rose", 10.5, 20, 30, 40.25), Box("Rose", 300, 200, 90, 110), Box("Animal/Cat", 1, 2, 3, 4))
)
MASKS = Masks((Mask("Rose", masks.from_polygon(POLYGONS.polygons[1], 640, 480)),))

ANSWERS: Mapping[Kind, Answer] = {
    Kind.IMAGE_MULTICLASS: Classes(("Rose",)),
    Kind.IMAGE_MULTILABEL: Classes(("Rose", "Animal")),
    Kind.OBJECT_DETECTION: BOXES,
    Kind.INSTANCE_SEGMENTATION: POLYGONS,
    Kind.SEMANTIC_SEGMENTATION: MASKS,
}
OLD_NUMPY = "ignore:__array__ implementation:DeprecationWarning"
"""pycocotools' decoder makes numpy 2 warn."""


def _loaded(folder: Path, kind: Kind, *rows: ExportRow, coordinates: Coordinates | None = None) -> COCO:
    file = folder / "coco.json"
    file.write_bytes(written(coco.write, a_sheet(kind, coordinates), *rows)[0])
    with contextlib.redirect_stdout(io.StringIO()):
        return COCO(str(file))


@pytest.mark.parametrize("coordinates", Coordinates)
@pytest.mark.parametrize(("kind", "answer"), ANSWERS.items())
def test_every_kind_is_loaded(kind: Kind, answer: Answer, coordinates: Coordinates, tmp_path: Path) -> None:
    if kind is Kind.INSTANCE_SEGMENTATION and coordinates is Coordinates.NORMALIZED:
        answer = Polygons(POLYGONS.polygons[:1])
    loaded = _loaded(tmp_path, kind, a_row("a.jpg", answer), a_row("b.jpg", None), coordinates=coordinates)
    assert loaded.getImgIds() == [1, 2]
    assert loaded.getCatIds(catNms=["Rose"]) == [3]
    assert loaded.getImgIds(catIds=[3]) == [1]
    assert loaded.getAnnIds(imgIds=[2]) == []


@pytest.mark.filterwarnings(OLD_NUMPY)
@pytest.mark.parametrize("kind", [Kind.INSTANCE_SEGMENTATION, Kind.SEMANTIC_SEGMENTATION])
def test_the_pixels_of_a_mask_are_as_many_as_its_area(kind: Kind, tmp_path: Path) -> None:
    loaded = _loaded(tmp_path, kind, a_row("a.jpg", ANSWERS[kind]))
    annotations = loaded.loadAnns(loaded.getAnnIds())
    areas = [40 * 40 + 3 * 5, 40 * 40 - 10 * 5] if kind is Kind.INSTANCE_SEGMENTATION else [40 * 40 - 10 * 5]
    assert [int(loaded.annToMask(annotation).sum()) for annotation in annotations] == areas
    assert [annotation["area"] for annotation in annotations] == areas


@pytest.mark.filterwarnings(OLD_NUMPY)
@pytest.mark.parametrize(
    ("kind", "measure"),
    [
        (Kind.OBJECT_DETECTION, "bbox"),
        (Kind.INSTANCE_SEGMENTATION, "segm"),
        (Kind.SEMANTIC_SEGMENTATION, "segm"),
    ],
)
def test_an_export_evaluated_against_itself_is_perfect(kind: Kind, measure: str, tmp_path: Path) -> None:
    rows = [a_row(f"{name}.jpg", answer) for name, answer in [("a", ANSWERS[kind]), ("b", None)]]
    truth = _loaded(tmp_path, kind, *rows)
    with contextlib.redirect_stdout(io.StringIO()):
        found = truth.loadRes([{**annotation, "score": 0.9} for annotation in truth.dataset["annotations"]])
        evaluation = COCOeval(truth, found, measure)
        evaluation.evaluate()
        evaluation.accumulate()
        evaluation.summarize()
    assert evaluation.stats[0] == pytest.approx(1.0)
