import io
import zipfile
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.answers import Box, Boxes, Polygon, Polygons
from core.domain.errors import InvalidFile
from core.domain.kinds import Kind
from core.domain.transfers import Refusal
from core.formats import yolo
from core.formats.import_records import Record
from tests.unit.formats.rows import read_all

NAMES = "names: [Animal, Rose]"
DETECTION, INSTANCES = Kind.OBJECT_DETECTION, Kind.INSTANCE_SEGMENTATION


def _read(files: Mapping[str, str | bytes], kind: Kind = DETECTION) -> tuple[list[Record], list[Refusal]]:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return read_all(yolo.read, data.getvalue(), kind)


def _line(line: str, kind: Kind = DETECTION) -> Record | Refusal:
    records, refusals = _read({"data.yaml": NAMES, "labels/a.txt": line}, kind)
    return records[0] if records else refusals[0]


def test_boxes_become_corners_and_sizes_in_fractions() -> None:
    files = {"data.yaml": NAMES, "labels/train/photos/a b.txt": "1 0.5 0.5 0.5 0.25\n\n0 0.25 0.75 0.5 0.5\n"}
    records, refusals = _read(files)
    answer = Boxes((Box("Rose", 0.25, 0.375, 0.5, 0.25), Box("Animal", 0, 0.5, 0.5, 0.5)))
    assert records == [Record("labels/train/photos/a b.txt", answer, "photos/a b", normalized=True)]
    assert not refusals


def test_polygons_become_polygons_or_their_bounds() -> None:
    ring = (0.25, 0.5, 0.75, 0.5, 0.75, 1.0)
    line = "0 " + " ".join(map(str, ring))
    polygons, boxes = _line(line, INSTANCES), _line(line)
    assert isinstance(polygons, Record)
    assert isinstance(boxes, Record)
    assert polygons.answer == Polygons((Polygon("Animal", (ring,)),))
    assert boxes.answer == Boxes((Box("Animal", 0.25, 0.5, 0.5, 0.5),))


def test_an_empty_file_is_a_true_negative() -> None:
    found = _line("\n")
    assert isinstance(found, Record)
    assert found.answer == Boxes(())


def test_a_last_number_is_the_confidence() -> None:
    found = _line("1 0.5 0.5 0.5 0.25 0.9\n1 0.5 0.5 0.5 0.5 0.75")
    assert isinstance(found, Record)
    assert found.confidence == 0.75


@pytest.mark.parametrize(
    ("name", "location"),
    [
        ("labels/a.txt", "a"),
        ("labels/train/a.b.txt", "a.b"),
        ("labels/val/p/a.txt", "p/a"),
        ("labels/p/train/a.txt", "p/train/a"),
        ("train/labels/a.txt", "a"),
        ("valid/labels/train/a.txt", "train/a"),
        ("bees/labels/test/a.txt", "a"),
        ("bees/labels/train.txt", "train"),
        ("labels/train/p/labels/a.txt", "p/labels/a"),
        ("labels/train/p/%69mages/%2E%2E/%2569mages.txt", "p/images/../%69mages"),
        ("labels\\train\\a.txt", "a"),
    ],
)
def test_a_label_file_names_an_image(name: str, location: str) -> None:
    (record,), _ = _read({"data.yaml": NAMES, name: "1 0.5 0.5 0.5 0.25"})
    assert record.location == location


@pytest.mark.parametrize(
    "described",
    [
        {"data.yaml": "names:\n- Animal\n- Rose\n"},
        {"bees/data.yml": "names: {1: Rose, 0: Animal}", "bees/deeper/data.yaml": "names: [x]"},
        {"classes.txt": "Animal\nRose\n", "labels/classes.txt": "x"},
        {"labels/classes.txt": "Animal\r\nRose"},
        {"about.yaml": "made: today", "data.yaml": "names: {'0': Animal, '1': Rose}"},
    ],
)
def test_classes_have_names(described: Mapping[str, str]) -> None:
    records, _ = _read({**described, "labels/a.txt": "1 0.5 0.5 0.5 0.25"})
    answer = next(record.answer for record in records if record.location == "a")
    assert answer == Boxes((Box("Rose", 0.25, 0.375, 0.5, 0.25),))


def test_names_that_yaml_takes_for_something_else_stay_names() -> None:
    files = {"data.yaml": "names: [no, 12, 2026-01-01]", "labels/a.txt": "0 0.5 0.5 0.5 0.5"}
    (record,), _ = _read(files)
    assert record.answer == Boxes((Box("no", 0.25, 0.25, 0.5, 0.5),))


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("7 0.5 0.5 0.5 0.5", "there is no class 7."),
        ("1.5 0.5 0.5 0.5 0.5", "there is no class 1.5."),
        ("Rose 0.5 0.5 0.5 0.5", "its class is 'Rose', which is no number."),
        ("1 0.5 0.5 nan 0.5", "a coordinate is nan, which is no number of pixels."),
        ("1 0.5 x 0.5 0.5", "a coordinate is 'x', which is no number."),
        ("1 320 240 64 48", "320 is no fraction of the image's width or height, which are 0 to 1."),
        ("1 0.5 0.5 0 0.5", "it is 0 wide and 0.5 high; both must be above 0."),
        ("1 0.5 0.5", "it has 2 numbers after its class; a box has 4."),
        ("1", "it has 0 numbers after its class; a box has 4."),
    ],
)
def test_a_bad_line_refuses_its_file_and_no_other(line: str, why: str) -> None:
    files = {"data.yaml": NAMES, "labels/a.txt": f"0 0.5 0.5 0.5 0.5\n{line}\n", "labels/b.txt": ""}
    (record,), (refusal,) = _read(files)
    assert refusal == Refusal("labels/a.txt line 2", why)
    assert record.where == "labels/b.txt"


def test_a_box_is_no_outline() -> None:
    found = _line("1 0.5 0.5 0.5 0.25", INSTANCES)
    assert found == Refusal(
        "labels/a.txt line 1", "it has 4 numbers after its class; a polygon has 6 or more."
    )


def test_a_file_that_is_no_text_is_refused() -> None:
    _, (refusal,) = _read({"data.yaml": NAMES, "labels/a.txt": b"\xff\xfe1"})
    assert refusal == Refusal("labels/a.txt", "it is no text in UTF-8.")


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({"labels/a.txt": ""}, "neither a data.yaml nor a classes.txt"),
        ({"data.yaml": NAMES, "a.txt": ""}, "no label files"),
        ({"data.yaml": "names: [[a, b], c]"}, "`names` is neither"),
        ({"data.yaml": "names: {one: a}"}, "`names` is neither"),
        ({"data.yaml": "names: [" + "[" * 5_000}, "no YAML"),
        ({"data.yaml": "names: &a [*a"}, "no YAML"),
        ({"data.yaml": "#" * 1_048_577}, "more than 1,048,576 bytes"),
    ],
)
def test_an_archive_that_says_nothing_is_refused(files: Mapping[str, str], why: str) -> None:
    with pytest.raises(InvalidFile, match=why):
        _read(files)


def test_other_kinds_are_not_in_yolo_files() -> None:
    with pytest.raises(InvalidFile, match="semantic_segmentation"):
        read_all(yolo.read, b"", Kind.SEMANTIC_SEGMENTATION)


@given(st.text() | st.lists(st.floats() | st.integers(0, 1)).map(lambda found: " ".join(map(str, found))))
def test_nothing_in_a_line_makes_the_reader_fail(text: str) -> None:
    for kind in (DETECTION, INSTANCES):
        data = text.encode("utf-8", "surrogatepass")
        records, refusals = _read({"data.yaml": NAMES, "labels/a.txt": data}, kind)
        assert len(records) + len(refusals) == 1
