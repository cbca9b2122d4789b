import json
from collections.abc import Mapping

import pytest

from core.domain.answers import Answer, Box, Boxes, Classes, Mask, Masks, Polygon, Polygons
from core.domain.exports import Coordinates
from core.domain.kinds import Kind
from core.domain.transfers import Refusal
from core.formats import coco
from core.formats.export_rows import ExportRow
from core.logic.geometry import masks
from tests.unit.formats.rows import a_row, a_sheet, written

BOX = Box("Rose", 10, 20, 30, 40.5)
PARTS = ((0.0, 0.0, 4.0, 0.0, 4.0, 3.0, 0.0, 3.0), (10.0, 10.0, 12.0, 10.0, 12.0, 15.0, 10.0, 15.0))
TWO_PARTS = Polygon("Animal/Cat", PARTS)
WITH_A_HOLE = Polygon("Rose", (PARTS[0],), ((1, 1, 3, 1, 3, 2, 1, 2),))
L_SHAPE = masks.from_runs((3, 2), [1, 2, 2, 1])
"""Down the columns 0 1 1, 0 0 1."""


def _coco(kind: Kind, *rows: ExportRow, normalized: bool = False) -> Mapping[str, list[Mapping[str, object]]]:
    coordinates = Coordinates.NORMALIZED if normalized else None
    data, refusals = written(coco.write, a_sheet(kind, coordinates), *rows)
    assert not refusals
    document: Mapping[str, list[Mapping[str, object]]] = json.loads(data)
    return document


def _annotation(answer: Answer, *, normalized: bool = False) -> Mapping[str, object]:
    row = a_row("a.jpg", answer, (640, 480))
    return _coco(Kind.OBJECT_DETECTION, row, normalized=normalized)["annotations"][0]


def test_a_classified_image_has_an_annotation_for_each_label() -> None:
    document = _coco(
        Kind.IMAGE_MULTILABEL,
        a_row("a.jpg", Classes(("Rose", "Animal/Cat"))),
        a_row("é b.jpg", Classes(("Animal",)), (7, 5)),
    )
    assert [(image["id"], image["file_name"], image["width"]) for image in document["images"]] == [
        (1, "a.jpg", 640),
        (2, "é b.jpg", 7),
    ]
    assert document["annotations"] == [
        {"id": 1, "image_id": 1, "category_id": 3, "area": 0, "iscrowd": 0},
        {"id": 2, "image_id": 1, "category_id": 2, "area": 0, "iscrowd": 0},
        {"id": 3, "image_id": 2, "category_id": 1, "area": 0, "iscrowd": 0},
    ]
    assert document["categories"][1] == {"id": 2, "name": "Animal/Cat"}


def test_a_box_is_in_pixels() -> None:
    assert _annotation(Boxes((BOX,))) == {
        "id": 1,
        "image_id": 1,
        "category_id": 3,
        "segmentation": [],
        "area": 1215,
        "bbox": [10, 20, 30, 40.5],
        "iscrowd": 0,
    }


def test_a_polygon_is_a_list_of_parts() -> None:
    assert _annotation(Polygons((TWO_PARTS,))) == {
        "id": 1,
        "image_id": 1,
        "category_id": 2,
        "segmentation": [list(part) for part in PARTS],
        "area": 4 * 3 + 2 * 5,
        "bbox": [0, 0, 12, 15],
        "iscrowd": 0,
    }


def test_a_polygon_with_a_hole_becomes_a_mask() -> None:
    found = _annotation(Polygons((WITH_A_HOLE,)))
    rle = masks.from_polygon(WITH_A_HOLE, 640, 480)
    assert found["segmentation"] == {"size": [480, 640], "counts": rle.counts}
    assert (found["area"], found["bbox"], masks.area(rle)) == (10, [0, 0, 4, 3], 10)


def test_a_mask_is_run_length_encoded() -> None:
    found = _annotation(Masks((Mask("Rose", L_SHAPE),)))
    assert found["segmentation"] == {"size": [3, 2], "counts": L_SHAPE.counts}
    assert (found["area"], found["bbox"], found["iscrowd"]) == (3, [0, 1, 2, 2], 0)


@pytest.mark.parametrize("answer", [None, Boxes(()), Polygons(()), Masks(())])
def test_an_image_without_regions_is_there(answer: Answer | None) -> None:
    document = _coco(Kind.OBJECT_DETECTION, a_row("a.jpg", answer))
    assert (len(document["images"]), document["annotations"]) == (1, [])


def test_an_image_of_unknown_size_is_refused() -> None:
    rows = (a_row("a.jpg", Boxes((BOX,)), None), a_row("b.jpg", Boxes((BOX,))))
    data, refusals = written(coco.write, a_sheet(Kind.OBJECT_DETECTION), *rows)
    assert refusals == [Refusal("a.jpg", "the image cannot be read, so its size is not known")]
    assert [image["file_name"] for image in json.loads(data)["images"]] == ["b.jpg"]


def test_a_hole_in_an_enormous_image_is_refused() -> None:
    row = a_row("a.jpg", Polygons((WITH_A_HOLE,)), (50_000, 50_000))
    _, (refusal,) = written(coco.write, a_sheet(Kind.INSTANCE_SEGMENTATION), row)
    assert "at most 100,000,000 pixels" in refusal.why


def test_azure_ml_has_images_with_three_addresses() -> None:
    (image,) = _coco(Kind.IMAGE_MULTICLASS, a_row("é/a b.jpg", Classes(("Rose",))), normalized=True)["images"]
    assert image == {
        "id": 1,
        "width": 640.0,
        "height": 480.0,
        "file_name": "é/a b.jpg",
        "coco_url": "AmlDatastore://photos/é/a b.jpg",
        "absolute_url": "https://s/é/a b.jpg",
        "date_captured": "2026-11-20T12:00:00.0000000Z",
    }


def test_azure_ml_has_classes_without_boxes() -> None:
    found = _annotation(Classes(("Rose",)), normalized=True)
    assert json.dumps(found) == '{"id": 1, "category_id": 3, "image_id": 1, "area": 0.0}'


def test_azure_ml_has_boxes_in_fractions() -> None:
    assert _annotation(Boxes((Box("Rose", 10, 10, 30, 60),)), normalized=True) == {
        "id": 1,
        "category_id": 3,
        "image_id": 1,
        "area": 0.006,  # 0.046875 * 0.125 = 0.005859
        "bbox": [0.015625, pytest.approx(0.0208333, abs=1e-7), 0.046875, 0.125],
    }


def test_azure_ml_has_polygons_in_fractions() -> None:
    found = _annotation(Polygons((Polygon("Rose", ((64, 48, 128, 48, 128, 96),)),)), normalized=True)
    assert found["segmentation"] == [[0.1, 0.1, 0.2, 0.1, 0.2, 0.2]]
    assert (found["area"], found["bbox"]) == (0.0, [0.1, 0.1, 0.1, 0.1])
    assert list(found) == ["segmentation", "id", "category_id", "image_id", "area", "bbox"]


def test_in_azure_mls_layout_masks_keep_their_pixels() -> None:
    found = _annotation(Masks((Mask("Rose", L_SHAPE),)), normalized=True)
    assert found["segmentation"] == {"size": [3, 2], "counts": L_SHAPE.counts}
    assert found["bbox"] == pytest.approx([0, 1 / 3, 1, 2 / 3])


def test_azure_mls_layout_has_no_holes_and_needs_sizes_only_for_regions() -> None:
    rows = (
        a_row("hole.jpg", Polygons((WITH_A_HOLE,))),
        a_row("unknown.jpg", Polygons((TWO_PARTS,)), None),
        a_row("nothing.jpg", Polygons(()), None),
    )
    data, refusals = written(coco.write, a_sheet(Kind.INSTANCE_SEGMENTATION, Coordinates.NORMALIZED), *rows)
    assert [refusal.where for refusal in refusals] == ["hole.jpg", "unknown.jpg"]
    assert [image["width"] for image in json.loads(data)["images"]] == [0.0]
