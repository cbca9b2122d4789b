"""Files that are not as they should be."""

import tempfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.answers import Classes
from core.domain.errors import InvalidFile
from core.domain.kinds import Kind
from core.domain.transfers import Refusal
from core.formats import coco
from core.formats.coco.reader import MAX_BYTES
from core.formats.import_records import Sought
from tests.unit.formats.coco.documents import (
    REGIONS,
    TRIANGLE,
    Fields,
    an_annotation,
    an_image,
    read_annotation,
    read_document,
)
from tests.unit.formats.rows import LABELS, read_all


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"bbox": [1, 2, 3]}, "its bbox is a list of 3, not [x, y, width, height]."),
        ({"bbox": "1 2 3 4"}, "its bbox is 1 2 3 4, not [x, y, width, height]."),
        ({"bbox": [1, 2, -3, 4]}, "its bbox is -3 wide and 4 high; both must be above 0."),
        ({"bbox": [1, 2, float("nan"), 4]}, "its width is nan, which is no number of pixels."),
        ({"bbox": [float("inf"), 2, 3, 4]}, "its x is inf, which is no number of pixels."),
        ({"bbox": [1, 10**400, 3, 4]}, f"its y is 1{'0' * 59}…, which is no number of pixels."),
        ({"bbox": [1, 2, None, True]}, "its width is None, which is no number of pixels."),
        ({"bbox": []}, "it has no segmentation, so its outline is not known."),
        ({"segmentation": [[1]]}, "part 1 of its segmentation has 1 numbers, which are no pairs of x and y."),
        ({"segmentation": [TRIANGLE, [1, 2, 3, 4]]}, "part 2 of its segmentation has fewer than 3 points."),
        ({"segmentation": [1, 2, 3, 4, 5, 6]}, "part 1 of its segmentation is 1, not [x1, y1, x2, y2, ...]."),
        ({"segmentation": "x"}, "its segmentation is x, neither polygons nor a run-length encoding."),
        ({"bbox": [1, 2, 3, 4], "category_id": 9}, "the file has no category 9."),
        ({"bbox": [1, 2, 3, 4], "category_id": None}, "it has no category_id."),
        ({"bbox": [1, 2, 3, 4], "image_id": 5}, "its image 5 is not in the file."),
        ({"bbox": [1, 2, 3, 4], "image_id": [7]}, "it has no image_id."),
    ],
)  # fmt: skip
def test_a_bad_annotation_is_refused_and_the_rest_goes_in(fields: Fields, why: str) -> None:
    annotations = [an_annotation(17, 7, **fields), an_annotation(18, 7, bbox=[1, 2, 3, 4])]
    (record,), refusals = read_document(Kind.OBJECT_DETECTION, [an_image(7, "a.jpg")], annotations)
    assert refusals == [Refusal("annotation 17", why)]
    assert record.regions == ("annotation 18",)


@pytest.mark.parametrize(
    ("encoded", "why"),
    [
        ({"counts": [6]}, "not [height, width]"),
        ({"size": [3, "2"], "counts": [0, 6]}, "not [height, width]"),
        ({"size": [0, 2], "counts": [0]}, "from 1 to 100,000,000 pixels"),
        ({"size": [10**9, 10**9], "counts": [10**18]}, "from 1 to 100,000,000 pixels"),
        ({"size": [3, 2], "counts": [1, 6]}, "add up to 3 x 2"),
        ({"size": [3, 2], "counts": [7, -1]}, "add up to 3 x 2"),
        ({"size": [3, 2], "counts": [2.5, 3.5]}, "whole numbers"),
        ({"size": [3, 2], "counts": "zzz"}, "no run-length encoding of 3 x 2"),
        ({"size": [3, 2], "counts": "\ud800"}, "no run-length encoding of 3 x 2"),
        ({"size": [3, 2], "counts": "0" * 50_000_000}, "no run-length encoding of 3 x 2"),
        ({"size": [3, 2], "counts": [6]}, "no pixel"),
        ({"size": [3, 2], "counts": None}, "whole numbers"),
    ],
    ids=range(12),
)  # fmt: skip
@pytest.mark.parametrize("kind", REGIONS)
def test_a_bad_encoding_never_reaches_pycocotools(encoded: Fields, why: str, kind: Kind) -> None:
    records, (refusal,) = read_annotation(kind, segmentation=encoded)
    assert not records
    assert why in refusal.why


@pytest.mark.parametrize(
    ("ring", "why"),
    [
        ([0, 0, 700, 0, 9, 9], "sticks out of the image of 640 x 480"),
        ([0, 0, 640, 479] * 2_000, "longer than 1,000,000 pixels"),
        ([1, 1, 1.1, 1, 1, 1.1], "no pixel"),
    ],
)
def test_a_polygon_that_cannot_be_drawn_is_refused(ring: list[float], why: str) -> None:
    records, (refusal,) = read_annotation(Kind.SEMANTIC_SEGMENTATION, segmentation=[ring])
    assert not records
    assert why in refusal.why


def test_dust_has_no_outline() -> None:
    dust = {"size": [2, 300_000], "counts": [1] * 600_000}
    _, (refusal,) = read_annotation(Kind.INSTANCE_SEGMENTATION, segmentation=dust)
    assert refusal.why == "its mask falls into too many pieces to be outlined."


def test_a_box_is_no_outline() -> None:
    _, (refusal,) = read_annotation(Kind.INSTANCE_SEGMENTATION, bbox=[1, 2, 3, 4], segmentation=[])
    assert refusal.why == "it has no segmentation, so its outline is not known."


def test_annotations_without_an_id_are_counted() -> None:
    annotations = [{"image_id": 7, "category_id": 3}, "text", {"image_id": 7}]
    (record,), refusals = read_document(Kind.IMAGE_MULTICLASS, [an_image(7, "a.jpg")], annotations)
    assert record.answer == Classes(("Rose",))
    assert [(refusal.where, refusal.why) for refusal in refusals] == [
        ("annotation 2", "it is no JSON object."),
        ("annotation 3", "it has no category_id."),
    ]


def test_images_that_cannot_be_told_apart_are_refused() -> None:
    images = [an_image(1, "a.jpg"), an_image(1, "b.jpg"), {"id": 2}, "c.jpg", an_image(3, "\ud800.jpg")]
    annotations = [an_annotation(5, 1, bbox=[1, 2, 3, 4]), an_annotation(6, 2, bbox=[1, 2, 3, 4])]
    records, refusals = read_document(Kind.OBJECT_DETECTION, images, annotations)
    assert not records
    assert {refusal.where: refusal.why for refusal in refusals} == {
        "image 1": "another image of the file has the same id.",
        "image 2": "it has no file_name.",
        "image 3": "it has no file_name.",
        "image 4": "it has no id.",
        "annotation 5": "its image 1 cannot be told: another image of the file has the same id.",
        "annotation 6": "its image 2 cannot be told: it has no file_name.",
    }
    assert len(refusals) == 7


def test_categories_that_mean_nothing_refuse_what_is_of_them() -> None:
    categories = [{"id": 3}, {"id": 4, "name": "Rose"}, {"id": 4, "name": "Animal"}, None, {"name": "Rose"}]
    annotations = [an_annotation(1, 7), an_annotation(2, 7, category_id=4)]
    _, refusals = read_document(Kind.IMAGE_MULTILABEL, [an_image(7, "a.jpg")], annotations, categories)
    assert [refusal.why for refusal in refusals] == [
        "category 3 has no name.",
        "category 4 is there twice, with different names.",
    ]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "no JSON file"),
        (b"{", "no JSON file"),
        (b"\xff\xfe\x00", "no JSON file"),
        (b"[" * 100_000, "no JSON file"),
        (b"7", "a JSON object"),
        (b'{"images": [], "annotations": []}', "a list of `categories`"),
        (b'{"images": {}, "annotations": [], "categories": []}', "a list of `images`"),
        (b'[{"image_id": 1, "category_id": 3, "bbox": [1, 2, 3, 4], "score": 0.5}]', "results file"),
    ],
)
def test_what_is_no_coco_file_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(InvalidFile, match=why):
        read_all(coco.read, data, Kind.OBJECT_DETECTION)


def test_a_file_that_would_fill_the_memory_is_not_read() -> None:
    with tempfile.TemporaryFile() as file:
        file.truncate(MAX_BYTES + 1)
        found = coco.read(file, "coco.json", Sought(Kind.OBJECT_DETECTION, LABELS))
        with pytest.raises(InvalidFile, match="104,857,600 bytes"):
            next(found)


def test_texts_are_not_in_coco_files() -> None:
    with pytest.raises(InvalidFile, match="texts"):
        read_all(coco.read, b"{}", Kind.TEXT_NER)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)
ANYTHING = st.fixed_dictionaries(
    {},
    optional={
        "image_id": st.just(7) | JSON,
        "category_id": st.just(3) | JSON,
        "bbox": JSON | st.lists(st.floats() | st.integers(), min_size=4, max_size=4),
        "segmentation": JSON | st.fixed_dictionaries({"size": JSON, "counts": JSON}),
    },
)


@given(st.lists(ANYTHING, max_size=4))
def test_every_annotation_is_read_or_refused(annotations: list[Fields]) -> None:
    records, refusals = read_document(Kind.OBJECT_DETECTION, [an_image(7, "a.jpg")], annotations)
    read = [region for record in records for region in record.regions]
    everything = [f"annotation {position}" for position in range(1, len(annotations) + 1)]
    assert sorted([*read, *(refusal.where for refusal in refusals)]) == everything


@given(st.lists(ANYTHING, max_size=4), st.sampled_from([*REGIONS, Kind.IMAGE_MULTILABEL]))
def test_nothing_in_a_file_makes_the_reader_fail(annotations: list[Fields], kind: Kind) -> None:
    records, refusals = read_document(kind, [an_image(7, "a.jpg")], annotations)
    assert records or refusals
