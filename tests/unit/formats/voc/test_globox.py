"""What we write, read by globox (github.com/laclouis5/globox), which knows nothing of us."""

import io
import zipfile
from pathlib import Path

from globox import AnnotationSet

from core.domain.answers import Box, Boxes, Polygon, Polygons
from core.domain.kinds import Kind
from core.formats import voc
from tests.unit.formats.rows import a_row, a_sheet, written


def test_boxes_and_bounds_of_polygons(tmp_path: Path) -> None:
    rows = [
        a_row("p/a b.jpg", Boxes((Box("Rose", 6, 8, 30, 10.5), Box("Animal/Cat", 0, 0, 60, 40))), (60, 40)),
        a_row("c.jpg", Polygons((Polygon("Rose", ((6, 8, 36, 10, 24, 30),)),)), (50, 70)),
        a_row("d.jpg", Boxes(()), (7, 9)),
    ]
    data, _ = written(voc.write, a_sheet(Kind.OBJECT_DETECTION), *rows)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(tmp_path)
    found = AnnotationSet.from_pascal_voc(tmp_path / "Annotations", recursive=True)
    assert {annotation.image_id: annotation.image_size for annotation in found} == {
        "p/a b.jpg": (60, 40),
        "c.jpg": (50, 70),
        "d.jpg": (7, 9),
    }
    assert {
        annotation.image_id: [(box.label, box.xmin, box.ymin, box.xmax, box.ymax) for box in annotation.boxes]
        for annotation in found
    } == {
        "p/a b.jpg": [("Rose", 7, 9, 36, 19), ("Animal/Cat", 1, 1, 60, 40)],
        "c.jpg": [("Rose", 7, 9, 36, 30)],
        "d.jpg": [],
    }
