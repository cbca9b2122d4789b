"""The formats that can be read."""

from collections.abc import Mapping
from importlib import import_module

from core.domain.imports import ImportFormat
from core.formats.import_records import Read

_MODULES: Mapping[ImportFormat, str] = {
    ImportFormat.COCO: "coco",
    ImportFormat.JSONL: "jsonl",
    ImportFormat.MLTABLE: "mltable",
    ImportFormat.CSV: "csv",
    ImportFormat.MANIFEST: "ground_truth",
    ImportFormat.LABEL_STUDIO: "label_studio.reading",
    ImportFormat.VOC: "voc",
    ImportFormat.YOLO: "yolo",
}


def reader(form: ImportFormat) -> Read:
    """How a format is read. Imported when asked for: a cold start reads no file."""
    read: Read = import_module(f"core.formats.{_MODULES[form]}").read
    return read
