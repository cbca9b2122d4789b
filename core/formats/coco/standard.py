"""COCO as its own tools expect it: pixels of the upright image.

Boxes have an empty `segmentation`, which pycocotools takes for an object without an outline. Polygons are
lists of parts; COCO has none with holes, so these are written as run-length encoded masks, as masks are.
"""

from core.domain.answers import Answer, Box, Mask, Polygon, Polygons, Region, Rle
from core.formats.coco.layout import Fields, Ids, Layout
from core.formats.export_rows import ExportRow, Sheet
from core.logic.geometry import masks, polygons


def _flaw(row: ExportRow) -> str | None:
    if row.width is None or row.height is None:
        return "the image cannot be read, so its size is not known"
    if row.width * row.height > masks.PIXELS_MAX and _has_holes(row.annotation.answer):
        return f"a polygon with holes becomes a mask, and those have at most {masks.PIXELS_MAX:,} pixels"
    return None


def _has_holes(answer: Answer | None) -> bool:
    return isinstance(answer, Polygons) and any(polygon.holes for polygon in answer.polygons)


def _image(number: int, row: ExportRow, _sheet: Sheet) -> Fields:
    return {
        "id": number,
        "width": row.width,
        "height": row.height,
        "file_name": row.item.path,
        "coco_url": row.url,
        "date_captured": row.annotation.at.isoformat(),
    }


def _annotation(ids: Ids, region: Region | None, row: ExportRow) -> Fields:
    fields: dict[str, object] = {
        "id": ids.annotation,
        "image_id": ids.image,
        "category_id": ids.category,
    }
    match region:
        case None:
            fields |= {"area": 0}
        case Box(_, x, y, width, height):
            fields |= {"segmentation": [], "area": width * height, "bbox": (x, y, width, height)}
        case Polygon():
            area, bbox = polygons.area(region), polygons.bounds(region)
            fields |= {"segmentation": _outline(region, row), "area": area, "bbox": bbox}
        case Mask(_, rle):
            area, bbox = masks.area(rle), masks.bounds(rle)
            fields |= {"segmentation": _encoded(rle), "area": area, "bbox": bbox}
    fields["iscrowd"] = 0
    return fields


def _outline(polygon: Polygon, row: ExportRow) -> object:
    if polygon.holes and row.width and row.height:
        return _encoded(masks.from_polygon(polygon, row.width, row.height))
    return polygon.parts


def _encoded(rle: Rle) -> Fields:
    return {"size": rle.size, "counts": rle.counts}


STANDARD = Layout(_flaw, _image, _annotation)
