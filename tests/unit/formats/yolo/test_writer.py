import csv
import io
import zipfile

import pytest
import yaml

from core.domain.answers import Answer, Box, Boxes, Polygon, Polygons
from core.domain.kinds import Kind
from core.domain.transfers import Refusal
from core.formats import yolo
from core.formats.export_rows import ExportRow
from tests.unit.formats.rows import a_row, a_sheet, written

CORNER = Polygon("Animal", ((0, 0, 64, 0, 64, 48),))
BOX = Box("Rose", 64, 48, 128, 240)


def _files(*rows: ExportRow) -> tuple[dict[str, str], list[Refusal]]:
    data, refusals = written(yolo.write, a_sheet(Kind.OBJECT_DETECTION), *rows)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}, refusals


def test_a_box_is_its_centre_and_size_in_fractions() -> None:
    files, _ = _files(a_row("photos/a.jpg", Boxes((BOX, Box("Animal/Cat", 0, 0, 1, 1))), (640, 480)))
    assert files["labels/train/photos/a.txt"] == (
        "2 0.200000 0.350000 0.200000 0.500000\n1 0.000781 0.001042 0.001563 0.002083\n"
    )


def test_a_polygon_is_its_points_in_fractions() -> None:
    files, _ = _files(a_row("a.jpg", Polygons((CORNER,)), (640, 480)))
    assert files["labels/train/a.txt"] == "0 0.000000 0.000000 0.100000 0.000000 0.100000 0.100000\n"


def test_rounding_does_not_lead_out_of_the_image() -> None:
    files, _ = _files(a_row("a.jpg", Boxes((Box("Rose", -0.01, 0, 640.02, 480),)), (640, 480)))
    assert files["labels/train/a.txt"] == "2 0.500000 0.500000 1.000000 1.000000\n"


def test_an_image_without_regions_has_an_empty_file() -> None:
    files, refusals = _files(a_row("a.jpg", Boxes(()), None))
    assert (files["labels/train/a.txt"], refusals) == ("", [])


def test_the_classes_and_images_are_described() -> None:
    files, _ = _files(a_row('a "b", c.jpg', Boxes(())), a_row("set/images/../é.jpg", Boxes(())))
    assert list(files) == [
        "data.yaml",
        'labels/train/a "b", c.txt',
        "labels/train/set/%69mages/%2E%2E/é.txt",
        "images.csv",
    ]
    described = yaml.safe_load(files["data.yaml"])
    assert described["names"] == {0: "Animal", 1: "Animal/Cat", 2: "Rose"}
    assert (described["train"], described["val"]) == ("images/train", "images/train")
    assert list(csv.DictReader(io.StringIO(files["images.csv"]))) == [
        {
            "file": 'images/train/a "b", c.jpg',
            "path": 'a "b", c.jpg',
            "url": 'https://s/a "b", c.jpg',
            "source": "manual",
        },
        {
            "file": "images/train/set/%69mages/%2E%2E/é.jpg",
            "path": "set/images/../é.jpg",
            "url": "https://s/set/images/../é.jpg",
            "source": "manual",
        },
    ]


@pytest.mark.parametrize(
    ("answer", "size", "why"),
    [
        (None, (640, 480), "it was skipped"),
        (Boxes((BOX,)), None, "its size is not known"),
        (Polygons((Polygon("Rose", (CORNER.parts[0], CORNER.parts[0])),)), (640, 480), "several parts"),
        (Polygons((Polygon("Rose", CORNER.parts, CORNER.parts),)), (640, 480), "holes"),
    ],
)
def test_what_yolo_cannot_carry_is_refused(
    answer: Answer | None, size: tuple[int, int] | None, why: str
) -> None:
    files, (refusal,) = _files(a_row("a.jpg", answer, size), a_row("b.jpg", Boxes(())))
    assert refusal.where == "a.jpg"
    assert why in refusal.why
    assert list(files) == ["data.yaml", "labels/train/b.txt", "images.csv"]


def test_two_images_cannot_share_a_label_file() -> None:
    files, (refusal,) = _files(a_row("p/a.jpg", Boxes((BOX,))), a_row("p/a.png", Boxes(())))
    assert refusal.where == "p/a.png"
    assert "'labels/train/p/a.txt' has the labels of another image" in refusal.why
    assert files["labels/train/p/a.txt"]
    assert "a.png" not in files["images.csv"]
