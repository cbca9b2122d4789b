"""The formats that can be written: how, for which kinds, and what the file is called."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.domain.exports import Format
from core.domain.kinds import Kind
from core.formats import coco, conll, csv, jsonl, masks, mltable, voc, yolo
from core.formats.export_rows import Write

_IMAGES = frozenset(kind for kind in Kind if kind.is_image)
_OUTLINED = frozenset({Kind.OBJECT_DETECTION, Kind.INSTANCE_SEGMENTATION})
_FILLED = frozenset({Kind.INSTANCE_SEGMENTATION, Kind.SEMANTIC_SEGMENTATION})
_ALL = frozenset(Kind)


@dataclass(frozen=True, slots=True)
class Writer:
    """How a format is written."""

    write: Write
    kinds: frozenset[Kind]
    extension: str
    content_type: str


WRITERS: Mapping[Format, Writer] = {
    Format.COCO: Writer(coco.write, _IMAGES, "coco.json", "application/json"),
    Format.JSONL: Writer(jsonl.write, _ALL, "jsonl", "application/jsonl"),
    Format.MLTABLE: Writer(mltable.write, _ALL, "mltable.zip", "application/zip"),
    Format.CSV: Writer(csv.write, _ALL, "csv", "text/csv"),
    Format.CONLL: Writer(conll.write, frozenset({Kind.TEXT_NER}), "conll", "text/plain"),
    Format.MASKS: Writer(masks.write, _FILLED, "masks.zip", "application/zip"),
    Format.YOLO: Writer(yolo.write, _OUTLINED, "yolo.zip", "application/zip"),
    Format.VOC: Writer(voc.write, _OUTLINED, "voc.zip", "application/zip"),
}
