import io
import zipfile
from xml.etree import ElementTree as ET

import pytest

from core.domain.answers import Answer, Box, Boxes, Polygon, Polygons
from core.domain.kinds import Kind
from core.domain.transfers import Refusal
from core.formats import voc
from core.formats.export_rows import ExportRow
from tests.unit.formats.rows import a_row, a_sheet, written

RING = (0.0, 0.25, 63.0, 0.0, 64.123456, 48.0)


def _files(*rows: ExportRow) -> tuple[dict[str, str], list[Refusal]]:
    data, refusals = written(voc.write, a_sheet(Kind.OBJECT_DETECTION), *rows)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}, refusals


def _root(answer: Answer, path: str = "p/a.jpg") -> ET.Element:
    files, _ = _files(a_row(path, answer, (640, 480)))
    return ET.fromstring(next(iter(files.values())))  # noqa: S314  our own


def test_an_image_has_a_file() -> None:
    files, _ = _files(a_row('p/<&"é">.jpg', Boxes((Box("Rose", 1, 2, 30, 40),)), (640, 480)))
    assert list(files) == ['Annotations/p/<&"é">.xml', "ImageSets/Main/default.txt"]
    assert files["ImageSets/Main/default.txt"] == 'p/<&"é">\n'
    root = ET.fromstring(files['Annotations/p/<&"é">.xml'])  # noqa: S314  our own
    texts = {name: root.findtext(name) for name in ("folder", "filename", "path", "segmented")}
    assert texts == {
        "folder": "photos",
        "filename": 'p/<&"é">.jpg',
        "path": 'https://s/p/<&"é">.jpg',
        "segmented": "0",
    }
    assert [root.findtext(f"size/{name}") for name in ("width", "height", "depth")] == ["640", "480", "3"]
    assert [(element.tag, element.text) for element in root.findall("object/*")[:4]] == [
        ("name", "Rose"),
        ("pose", "Unspecified"),
        ("truncated", "0"),
        ("difficult", "0"),
    ]


@pytest.mark.parametrize(
    ("box", "corners"),
    [
        (Box("Rose", 0, 0, 640, 480), "1 1 640 480"),
        (Box("Rose", 0, 0, 1, 1), "1 1 1 1"),
        (Box("Rose", 10.4, 20.6, 30.2, 40.2), "11 22 41 61"),
        (Box("Rose", 10.1, 20.6, 0.2, 0.1), "11 21 11 21"),
        (Box("Rose", 639.7, 479.9, 0.3, 0.1), "640 480 640 480"),
        (Box("Rose", -0.6, 0, 641.4, 480), "1 1 640 480"),
    ],
)
def test_pixels_count_from_one_and_the_last_is_inside(box: Box, corners: str) -> None:
    found = _root(Boxes((box,)))
    assert " ".join(element.text or "" for element in found.findall("object/bndbox/*")) == corners


def test_a_polygon_is_its_points_and_bounds() -> None:
    found = _root(Polygons((Polygon("Rose", (RING,)),)))
    assert [(element.tag, element.text) for element in found.findall("object/polygon/*")] == [
        ("x1", "1"),
        ("y1", "1.25"),
        ("x2", "64"),
        ("y2", "1"),
        ("x3", "65.123"),
        ("y3", "49"),
    ]
    corners = [element.text for element in found.findall("object/bndbox/*")]
    assert (corners, found.findtext("segmented")) == (["1", "1", "64", "48"], "1")


def test_an_image_without_regions_has_no_objects() -> None:
    assert not _root(Boxes(())).findall("object")


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (a_row("a.jpg", None), "it was skipped"),
        (a_row("a.jpg", Boxes(()), None), "its size is not known"),
        (a_row("a.jpg", Polygons((Polygon("Rose", (RING, RING)),))), "several parts"),
        (a_row("a.jpg", Polygons((Polygon("Rose", (RING,), (RING,)),))), "holes"),
        (a_row("a\x01.jpg", Boxes(())), "a character that XML cannot carry"),
        (a_row("a.jpg", Boxes((Box("R\ufffe", 1, 2, 3, 4),))), "a character that XML cannot carry"),
        (a_row("b.png", Boxes(())), "'Annotations/b.xml' has the labels of another image"),
    ],
)
def test_what_voc_cannot_carry_is_refused(row: ExportRow, why: str) -> None:
    files, (refusal,) = _files(a_row("b.jpg", Boxes(())), row)
    assert refusal.where == row.item.path
    assert why in refusal.why
    assert list(files) == ["Annotations/b.xml", "ImageSets/Main/default.txt"]
