"""The formats that can be read."""

from collections.abc import Mapping

from core.domain.imports import ImportFormat
from core.formats import coco, csv, ground_truth, jsonl, mltable, voc, yolo
from core.formats.import_records import Read
from core.formats.label_studio import reading as label_studio

READERS: Mapping[ImportFormat, Read] = {
    ImportFormat.JSONL: jsonl.read,
    ImportFormat.MLTABLE: mltable.read,
    ImportFormat.CSV: csv.read,
    ImportFormat.COCO: coco.read,
    ImportFormat.MANIFEST: ground_truth.read,
    ImportFormat.LABEL_STUDIO: label_studio.read,
    ImportFormat.YOLO: yolo.read,
    ImportFormat.VOC: voc.read,
}
