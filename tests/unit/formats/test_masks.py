import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from core.domain.answers import Answer, Mask, Masks, Polygon, Polygons
from core.domain.kinds import Kind
from core.domain.transfers import Refusal
from core.formats import masks
from core.formats.export_rows import ExportRow, Sheet
from core.logic.geometry.masks import from_runs
from tests.unit.formats.rows import a_row, a_sheet, written

SHEET = a_sheet(Kind.SEMANTIC_SEGMENTATION)
LEFT = Mask("Rose", from_runs((2, 3), [0, 4, 2]))
"""The left two columns of three."""
TOP_RIGHT = Mask("Animal/Cat", from_runs((2, 3), [2, 1, 1, 1, 1]))
"""The upper row, without its first pixel."""


def _files(*rows: ExportRow, sheet: Sheet = SHEET) -> tuple[dict[str, bytes], list[Refusal]]:
    data, refusals = written(masks.write, sheet, *rows)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}, refusals


def _pixels(data: bytes, mode: str) -> Sequence[Sequence[int]]:
    with Image.open(io.BytesIO(data)) as image:
        assert image.mode == mode
        rows: Sequence[Sequence[int]] = np.array(image).astype(int).tolist()
        return rows


def test_an_image_has_a_bitmap_for_each_label_it_has() -> None:
    files, _ = _files(a_row("p/a.jpg", Masks((LEFT, TOP_RIGHT)), (3, 2)))
    assert list(files) == [
        "labels.csv",
        "output/p/a.jpg/Rose.png",
        "output/p/a.jpg/Animal%2FCat.png",
        "indexed/p/a.jpg.png",
    ]
    assert _pixels(files["output/p/a.jpg/Rose.png"], "1") == [[1, 1, 0], [1, 1, 0]]
    assert _pixels(files["output/p/a.jpg/Animal%2FCat.png"], "1") == [[0, 1, 1], [0, 0, 0]]


@pytest.mark.parametrize("order", [(LEFT, TOP_RIGHT), (TOP_RIGHT, LEFT)])
def test_the_later_label_is_seen_where_two_overlap(order: tuple[Mask, Mask]) -> None:
    files, _ = _files(a_row("a.jpg", Masks(order), (3, 2)))
    assert _pixels(files["indexed/a.jpg.png"], "P") == [[3, 3, 2], [3, 3, 0]]


def test_labels_have_numbers_and_the_colours_of_the_image() -> None:
    files, _ = _files(a_row("a.jpg", Masks((LEFT,)), (3, 2)))
    assert files["labels.csv"].decode().splitlines() == [
        "index,label,color",
        "1,Animal,#800000",
        "2,Animal/Cat,#008000",
        "3,Rose,#808000",
    ]
    with Image.open(io.BytesIO(files["indexed/a.jpg.png"])) as image:
        assert image.convert("RGB").getpixel((0, 0)) == (0x80, 0x80, 0)
        assert image.convert("RGB").getpixel((2, 0)) == (0, 0, 0)


def test_instances_of_a_label_are_one_mask_without_their_holes() -> None:
    frame = Polygon("Rose", ((0, 0, 3, 0, 3, 3, 0, 3),), ((1, 1, 2, 1, 2, 2, 1, 2),))
    other = Polygon("Rose", ((4, 0, 5, 0, 5, 1, 4, 1),))
    files, _ = _files(a_row("a.jpg", Polygons((frame, other)), (5, 3)))
    assert list(files)[1:] == ["output/a.jpg/Rose.png", "indexed/a.jpg.png"]
    assert _pixels(files["output/a.jpg/Rose.png"], "1") == [[1, 1, 1, 0, 1], [1, 0, 1, 0, 0], [1, 1, 1, 0, 0]]


@pytest.mark.parametrize("answer", [Masks(()), Polygons(())])
def test_an_image_without_regions_is_all_background(answer: Answer) -> None:
    files, _ = _files(a_row("../a.jpg", answer, (2, 1)))
    assert list(files) == ["labels.csv", "indexed/%2E%2E/a.jpg.png"]
    assert _pixels(files["indexed/%2E%2E/a.jpg.png"], "P") == [[0, 0]]


def test_more_labels_than_colours_make_16_bits() -> None:
    sheet = replace(SHEET, labels=[str(number) for number in range(300)])
    row = a_row("a.jpg", Masks((replace(LEFT, label="299"),)), (3, 2))
    files, _ = _files(row, sheet=sheet)
    assert _pixels(files["indexed/a.jpg.png"], "I;16") == [[300, 300, 0], [300, 300, 0]]
    assert files["labels.csv"].decode().splitlines()[300] == "300,299,"


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (a_row("a.jpg", None), "it was skipped"),
        (a_row("a.jpg", Masks(()), None), "its size is not known"),
        (a_row("a.jpg", Polygons(()), (50_000, 50_000)), "more than 100,000,000 pixels"),
    ],
)
def test_what_makes_no_image_is_refused(row: ExportRow, why: str) -> None:
    files, (refusal,) = _files(row)
    assert why in refusal.why
    assert list(files) == ["labels.csv"]
