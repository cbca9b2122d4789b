"""COCO as Azure ML labeling exported it: coordinates are fractions of the image's width and height.

Fields and their order are its own. `area` is the box's, also in fractions, to three decimals, and 0.0 for
everything else. Azure ML wrote no masks; here they keep their pixels, which have no fractions.
"""

from datetime import UTC

from core.domain.answers import Box, Boxes, Mask, Polygon, Polygons, Region
from core.formats.coco.fractions import to_fractions
from core.formats.coco.layout import Fields, Ids, Layout
from core.formats.export_rows import ExportRow, Sheet
from core.logic.geometry import masks, polygons

_AREA_DECIMALS = 3


def _flaw(row: ExportRow) -> str | None:
    match row.annotation.answer:
        case Boxes(marks) if marks:
            pass
        case Polygons(marks) if marks:
            if any(polygon.holes for polygon in marks):
                return "Azure ML's COCO has no polygons with holes; export absolute coordinates instead"
        case _:
            return None
    return None if row.width and row.height else "the image cannot be read, so its size is not known"


def _image(number: int, row: ExportRow, sheet: Sheet) -> Fields:
    return {
        "id": number,
        "width": float(row.width or 0),
        "height": float(row.height or 0),
        "file_name": row.item.path,
        "coco_url": f"AmlDatastore://{sheet.datastore}/{row.item.path}",
        "absolute_url": row.url,
        "date_captured": f"{row.annotation.at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}0Z",
    }


def _annotation(ids: Ids, region: Region | None, row: ExportRow) -> Fields:
    fields = {"id": ids.annotation, "category_id": ids.category, "image_id": ids.image}
    width, height = row.width or 1, row.height or 1
    match region:
        case Polygon():
            parts = [to_fractions(part, width, height) for part in region.parts]
            bbox = to_fractions(polygons.bounds(region), width, height)
            return {"segmentation": parts} | fields | {"area": 0.0, "bbox": bbox}
        case Mask(_, rle):
            encoded = {"size": rle.size, "counts": rle.counts}
            bbox = to_fractions(masks.bounds(rle), rle.size[1], rle.size[0])
            return {"segmentation": encoded} | fields | {"area": 0.0, "bbox": bbox}
        case Box(_, x, y, box_width, box_height):
            bbox = to_fractions((x, y, box_width, box_height), width, height)
            return fields | {"area": round(bbox[2] * bbox[3], _AREA_DECIMALS), "bbox": bbox}
    return fields | {"area": 0.0}


AZURE_ML = Layout(_flaw, _image, _annotation)
