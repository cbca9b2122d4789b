import pytest

from core.domain.answers import Box, Boxes, Classes, Mask, Masks, Polygon, Polygons
from core.domain.kinds import Kind
from core.domain.transfers import Refusal
from core.formats.import_records import Record
from core.logic.geometry import masks
from tests.unit.formats.coco.documents import (
    REGIONS,
    TRIANGLE,
    Fields,
    an_annotation,
    an_image,
    read_annotation,
    read_document,
)


def test_boxes_are_in_pixels() -> None:
    annotations = [
        an_annotation(1, 7, bbox=[1, 2, 30, 40]),
        an_annotation(2, 7, bbox=[5.5, 6, 7, 8], category_id=4),
    ]
    records, refusals = read_document(Kind.OBJECT_DETECTION, [an_image(7, "photos/a.jpg")], annotations)
    answer = Boxes((Box("Rose", 1, 2, 30, 40), Box("Animal/Cat", 5.5, 6, 7, 8)))
    regions = ("annotation 1", "annotation 2")
    assert records == [Record("image 7", answer, "photos/a.jpg", size=(640, 480), regions=regions)]
    assert not refusals


def test_azure_mls_boxes_are_fractions_of_images_without_sizes_that_come_more_than_once() -> None:
    url = "AmlDatastore://photos/UI/a.jpg"
    images = [{"id": number, "width": 0.0, "height": 0.0, "coco_url": url} for number in (1, 2)]
    annotations = [
        an_annotation(8, 1, bbox=[0.25, 0.5, 0.75, 0.5]),
        an_annotation(9, 2, bbox=[0, 0, 0.5, 1.0]),
    ]
    records, refusals = read_document(Kind.OBJECT_DETECTION, images, annotations)
    answer = Boxes((Box("Rose", 0.25, 0.5, 0.75, 0.5), Box("Rose", 0, 0, 0.5, 1)))
    regions = ("annotation 8", "annotation 9")
    assert records == [Record("image 1", answer, url, normalized=True, regions=regions)]
    assert not refusals


def test_one_coordinate_above_one_makes_all_of_the_file_pixels() -> None:
    images = [an_image(1, "a.jpg"), an_image(2, "b.jpg")]
    annotations = [an_annotation(1, 1, bbox=[0, 0, 1, 1]), an_annotation(2, 2, bbox=[0, 0, 1, 2])]
    records, _ = read_document(Kind.OBJECT_DETECTION, images, annotations)
    assert [record.normalized for record in records] == [False, False]


def test_what_is_refused_does_not_tell_pixels_from_fractions() -> None:
    annotations = [an_annotation(1, 7, bbox=[0.1, 0.1, 0.5, 0.5]), an_annotation(2, 7, bbox=[50, 50, -9, 9])]
    (record,), (refusal,) = read_document(Kind.OBJECT_DETECTION, [an_image(7, "a.jpg")], annotations)
    assert record.normalized
    assert refusal.where == "annotation 2"


@pytest.mark.parametrize(
    ("fields", "location"),
    [
        ({"file_name": "a b/%2F.jpg", "coco_url": "https://s/c"}, "a b/%2F.jpg"),
        ({"file_name": " ", "coco_url": "azureml://x/a", "absolute_url": "https://s/c"}, "azureml://x/a"),
        ({"absolute_url": "https://s/c/%20.jpg"}, "https://s/c/%20.jpg"),
    ],
)
def test_an_image_is_named_as_the_file_has_it(fields: Fields, location: str) -> None:
    (record,), _ = read_document(Kind.OBJECT_DETECTION, [{"id": 1, **fields}], [])
    assert record.location == location


def test_ids_may_be_texts() -> None:
    images = [an_image("1", "a.jpg"), an_image(2.0, "b.jpg")]
    annotations = [an_annotation("x", 1), an_annotation(5, "2")]
    records, refusals = read_document(Kind.IMAGE_MULTICLASS, images, annotations)
    assert [record.answer for record in records] == [Classes(("Rose",))] * 2
    assert not refusals


def test_a_classified_image_has_the_labels_of_its_annotations() -> None:
    annotations = [
        an_annotation(1, 7),
        an_annotation(2, 7, category_id="4"),
        an_annotation(3, 7, category_id=3),
    ]
    records, refusals = read_document(
        Kind.IMAGE_MULTILABEL, [an_image(7, "a.jpg"), an_image(8, "b.jpg")], annotations
    )
    assert records == [Record("image 7", Classes(("Rose", "Animal/Cat")), "a.jpg", size=(640, 480))]
    assert refusals == [Refusal("image 8", "it has no label.")]


@pytest.mark.parametrize(
    ("kind", "answer"), list(zip(REGIONS, [Boxes(()), Polygons(()), Masks(())], strict=True))
)
def test_an_image_without_annotations_is_a_true_negative(kind: Kind, answer: object) -> None:
    (record,), _ = read_document(kind, [an_image(7, "a.jpg")], [])
    assert (record.answer, record.parts) == (answer, ("image 7",))


def test_a_polygon_has_parts() -> None:
    (record,), _ = read_annotation(Kind.INSTANCE_SEGMENTATION, segmentation=[TRIANGLE, [0, 0, 9, 0, 9, 9]])
    assert record.answer == Polygons((Polygon("Rose", (tuple(TRIANGLE), (0, 0, 9, 0, 9, 9))),))


def test_a_mask_becomes_the_polygon_around_its_pixels() -> None:
    rle = {"size": [3, 2], "counts": [0, 6]}
    (record,), _ = read_annotation(Kind.INSTANCE_SEGMENTATION, segmentation=rle, iscrowd=1)
    assert record.answer == Polygons((Polygon("Rose", ((0, 0, 2, 0, 2, 3, 0, 3),)),))


def test_a_segmentation_without_a_box_has_bounds() -> None:
    (record,), _ = read_annotation(Kind.OBJECT_DETECTION, segmentation=[TRIANGLE])
    assert record.answer == Boxes((Box("Rose", 1, 2, 29, 58),))
    (record,), _ = read_annotation(Kind.OBJECT_DETECTION, segmentation={"size": [3, 2], "counts": [1, 5]})
    assert record.answer == Boxes((Box("Rose", 0, 0, 2, 3),))


def test_among_fractions_a_mask_is_one_too() -> None:
    encoded = an_annotation(2, 7, segmentation={"size": [4, 2], "counts": [2, 2, 4]})
    annotations = [an_annotation(1, 7, bbox=[0, 0, 0.5, 0.5], segmentation=[[0, 0, 1, 0, 1, 1]]), encoded]
    (record,), _ = read_document(Kind.OBJECT_DETECTION, [an_image(7, "a.jpg")], annotations)
    assert record.answer == Boxes((Box("Rose", 0, 0, 0.5, 0.5), Box("Rose", 0, 0.5, 0.5, 0.5)))
    (record,), _ = read_document(Kind.INSTANCE_SEGMENTATION, [an_image(7, "a.jpg")], annotations)
    assert isinstance(record.answer, Polygons)
    assert record.answer.polygons[1].parts == ((0, 0.5, 0.5, 0.5, 0.5, 1, 0, 1),)


def test_masks_of_one_label_are_one_mask() -> None:
    annotations = [
        an_annotation(1, 7, segmentation={"size": [3, 2], "counts": [0, 1, 5]}),
        an_annotation(
            2, 7, segmentation={"size": [3, 2], "counts": masks.from_runs((3, 2), [4, 1, 1]).counts}
        ),
        an_annotation(3, 7, segmentation={"size": [3, 2], "counts": [5, 1]}, category_id=4),
    ]
    (record,), _ = read_document(Kind.SEMANTIC_SEGMENTATION, [{"id": 7, "file_name": "a.jpg"}], annotations)
    assert record.answer == Masks(
        (
            Mask("Rose", masks.from_runs((3, 2), [0, 1, 3, 1, 1])),
            Mask("Animal/Cat", masks.from_runs((3, 2), [5, 1])),
        )
    )
    assert record.regions == ("annotation 1 and 1 more of its label", "annotation 3")
    assert record.size == (2, 3)


@pytest.mark.parametrize("ring", [[1, 0, 3, 0, 3, 2, 1, 2], [0.25, 0, 0.75, 0, 0.75, 0.5, 0.25, 0.5]])
def test_a_polygon_becomes_a_mask_where_the_size_is_known(ring: list[float]) -> None:
    annotation = an_annotation(1, 7, segmentation=[ring])
    (record,), _ = read_document(Kind.SEMANTIC_SEGMENTATION, [an_image(7, "a.jpg", 4, 4)], [annotation])
    assert record.answer == Masks((Mask("Rose", masks.from_runs((4, 4), [4, 2, 2, 2, 6])),))
    assert not record.normalized
    records, (refusal,) = read_document(
        Kind.SEMANTIC_SEGMENTATION, [an_image(7, "a.jpg", 0, 0)], [annotation]
    )
    assert not records
    assert "image's size" in refusal.why
