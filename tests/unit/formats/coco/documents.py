"""COCO files to read, as small as can be: categories 3 (Rose) and "4" (Cat, of Animal)."""

import json
from collections.abc import Mapping, Sequence

from core.domain.kinds import Kind
from core.domain.transfers import Refusal
from core.formats import coco
from core.formats.import_records import Record
from tests.unit.formats.rows import read_all

CATEGORIES = [{"id": 3, "name": "Rose"}, {"id": "4", "name": "Cat", "supercategory": "Animal"}]
TRIANGLE = [1.0, 2.0, 30.0, 4.0, 5.0, 60.0]
REGIONS = [Kind.OBJECT_DETECTION, Kind.INSTANCE_SEGMENTATION, Kind.SEMANTIC_SEGMENTATION]

Fields = Mapping[str, object]
Read = tuple[list[Record], list[Refusal]]


def an_image(number: object, name: str, width: float = 640, height: float = 480) -> Fields:
    """An entry of `images`."""
    return {"id": number, "file_name": name, "width": width, "height": height}


def an_annotation(number: object, image: object, **fields: object) -> Fields:
    """An entry of `annotations`; a Rose where `category_id` is not given."""
    return {"id": number, "image_id": image, "category_id": 3, **fields}


def read_document(
    kind: Kind, images: Sequence[object], annotations: Sequence[object], categories: object = CATEGORIES
) -> Read:
    """What is read of a file, and what refused."""
    document = {"images": images, "annotations": annotations, "categories": categories}
    return read_all(coco.read, json.dumps(document).encode(), kind)


def read_annotation(kind: Kind, **fields: object) -> Read:
    """What is read of a file with one image (7, a.jpg, 640 x 480) and one annotation (17)."""
    return read_document(kind, [an_image(7, "a.jpg")], [an_annotation(17, 7, **fields)])
