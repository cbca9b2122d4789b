"""Every format that has room for it says which answers a model gave and no person."""

import csv as stdlib_csv
import io
import json
import zipfile
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from core.domain.answers import Box, Boxes, Classes, Mask, Masks
from core.domain.exports import Coordinates, Format
from core.domain.kinds import Kind
from core.domain.records import Source
from core.formats.export_formats import WRITERS
from core.formats.export_rows import ExportRow
from core.logic.geometry.masks import from_runs
from tests.unit.formats.rows import a_row, a_sheet, written

ROSE = Classes(("Rose",))
BOX = Boxes((Box("Rose", 1, 2, 3, 4),))
MASK = Masks((Mask("Rose", from_runs((2, 3), [0, 6])),))


def _by_model(row: ExportRow) -> ExportRow:
    return replace(row, annotation=replace(row.annotation, source=Source.MODEL))


def _written(
    form: Format, kind: Kind, first: ExportRow, second: ExportRow, coordinates: Coordinates | None = None
) -> bytes:
    """A file of two items, the answer to the second of which a model gave."""
    data, refusals = written(WRITERS[form].write, a_sheet(kind, coordinates), first, _by_model(second))
    assert not refusals
    return data


def _zipped(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def _rows(text: str) -> list[dict[str, str]]:
    return list(stdlib_csv.DictReader(io.StringIO(text, newline="")))


def test_csv() -> None:
    data = _written(Format.CSV, Kind.IMAGE_MULTICLASS, a_row("a.jpg", ROSE), a_row("b.jpg", ROSE))
    assert [row["source"] for row in _rows(data.decode())] == ["manual", "model"]


def test_jsonl_and_mltable() -> None:
    rows = (a_row("a.jpg", ROSE), a_row("b.jpg", ROSE))
    plain = _written(Format.JSONL, Kind.IMAGE_MULTICLASS, *rows).decode()
    zipped = _zipped(_written(Format.MLTABLE, Kind.IMAGE_MULTICLASS, *rows), "labeledDatapoints_1.jsonl")
    for text in (plain, zipped):
        first, second = map(json.loads, text.splitlines())
        assert ("source" in first, second["source"]) == (False, "model")


@pytest.mark.parametrize("coordinates", [None, Coordinates.NORMALIZED])
def test_coco(coordinates: Coordinates | None) -> None:
    rows = (a_row("a.jpg", BOX), a_row("b.jpg", BOX))
    found = json.loads(_written(Format.COCO, Kind.OBJECT_DETECTION, *rows, coordinates))
    for part in ("images", "annotations"):
        first, second = found[part]
        assert ("source" in first, second["source"]) == (False, "model")


def test_pascal_voc() -> None:
    data = _written(Format.VOC, Kind.OBJECT_DETECTION, a_row("a.jpg", BOX), a_row("b.jpg", BOX))
    texts = [_zipped(data, f"Annotations/{name}.xml") for name in "ab"]
    found = [ET.fromstring(text).findtext("source/annotation") for text in texts]  # noqa: S314 -- our own
    assert found == [None, "model"]


def test_yolo() -> None:
    data = _written(Format.YOLO, Kind.OBJECT_DETECTION, a_row("a.jpg", BOX), a_row("b.jpg", BOX))
    assert [row["source"] for row in _rows(_zipped(data, "images.csv"))] == ["manual", "model"]


def test_masks() -> None:
    rows = (a_row("p/a.jpg", MASK, (3, 2)), a_row("p/b.jpg", MASK, (3, 2)))
    data = _written(Format.MASKS, Kind.SEMANTIC_SEGMENTATION, *rows)
    assert _zipped(data, "by_model.txt") == "p/b.jpg\n"
