"""The formats that can be written: how, for which kinds, and what the file is called."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module

from core.domain.exports import Format
from core.domain.items import ItemStatus
from core.domain.kinds import Kind
from core.formats.export_rows import Write

_IMAGES = frozenset(kind for kind in Kind if kind.is_image)
_OUTLINED = frozenset({Kind.OBJECT_DETECTION, Kind.INSTANCE_SEGMENTATION})
_FILLED = frozenset({Kind.INSTANCE_SEGMENTATION, Kind.SEMANTIC_SEGMENTATION})
_ALL = frozenset(Kind)
_VOTED = (ItemStatus.LABELED, ItemStatus.NEEDS_REVIEW)


@dataclass(frozen=True, slots=True)
class Writer:
    """A format that carries answers of these kinds; of items of which status, unless somebody says."""

    form: Format
    kinds: frozenset[Kind]
    extension: str
    content_type: str
    status: tuple[ItemStatus, ...] = (ItemStatus.LABELED,)

    @property
    def write(self) -> Write:
        """How it is written. Imported when asked for: a cold start writes no file."""
        write: Write = import_module(f"core.formats.{self.form}").write
        return write


WRITERS: Mapping[Format, Writer] = {
    writer.form: writer
    for writer in (
        Writer(Format.COCO, _IMAGES, "coco.json", "application/json"),
        Writer(Format.JSONL, _ALL, "jsonl", "application/jsonl"),
        Writer(Format.MLTABLE, _ALL, "mltable.zip", "application/zip"),
        Writer(Format.CSV, _ALL, "csv", "text/csv"),
        Writer(Format.CONLL, frozenset({Kind.TEXT_NER}), "conll", "text/plain"),
        Writer(Format.MASKS, _FILLED, "masks.zip", "application/zip"),
        Writer(Format.YOLO, _OUTLINED, "yolo.zip", "application/zip"),
        Writer(Format.VOC, _OUTLINED, "voc.zip", "application/zip"),
        Writer(Format.VOTES, _ALL, "votes.jsonl", "application/jsonl", _VOTED),
    )
}
