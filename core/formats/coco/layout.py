"""What the two layouts of a COCO file differ in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from core.domain.answers import Region
from core.formats.export_rows import ExportRow, Sheet

Fields = Mapping[str, object]
"""What becomes a JSON object."""


class Ids(NamedTuple):
    """Of an annotation, its image and its category; each counts from 1."""

    annotation: int
    image: int
    category: int


@dataclass(frozen=True, slots=True)
class Layout:
    """`flaw` says why a row cannot be written, or None when it can.

    An annotation is made for each region of an answer, or for each of its labels where it has no regions (the
    region is then None).
    """

    flaw: Callable[[ExportRow], str | None]
    image: Callable[[int, ExportRow, Sheet], Fields]
    annotation: Callable[[Ids, Region | None, ExportRow], Fields]
