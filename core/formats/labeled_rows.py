"""Rows of a table that name an item, and may label it: what a project or an import can begin with.

Which column is which is told by `Columns`, or found by the names that such columns usually have. A row may
give its image's size: in `image_details` (`{"width": "400px", "height": "258px"}`), as Azure ML's JSONL has
it, or in `width` and `height`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from core.domain.errors import InvalidFile
from core.domain.kinds import Kind
from core.domain.transfers import Refusal
from core.formats.azure_labels.reading import LabelReader, are_fractions, confidence_of, is_missing
from core.formats.import_records import Record, Sought
from core.formats.record_values import Misread, image_size, shown
from core.formats.tables.rows import Row

LOCATIONS = ("path", "image_url", "image", "filename", "file_name", "file")
TEXTS = ("text", "data")
LABELS = ("label", "labels", "category", "class")
CONFIDENCES = ("label_confidence", "confidence")
SUFFIX = "_tagwerk"
"""What our CSV appends to the name of a column of ours where the item's table has one of that name."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column names the image or text (`location`), and which label it and say how sure that is.

    `texts` are columns that hold a text itself, one under the other, empty ones left out.
    """

    location: str | None
    label: str | None = None
    confidence: str | None = None
    texts: tuple[str, ...] = ()


class LabeledRow(NamedTuple):
    """What a row says of one item. `label` and `confidence` are as the table has them, None for nothing."""

    where: str
    location: str | None
    text: str | None
    label: object
    confidence: object
    size: tuple[int, int] | None


def labeled_rows(rows: Iterable[Row[object] | Refusal], columns: Columns) -> Iterator[LabeledRow | Refusal]:
    """What each row says of its item, and a refusal for each that names none."""
    for row in rows:
        if isinstance(row, Refusal):
            yield row
            continue
        try:
            yield _labeled(row, columns)
        except Misread as why:
            yield Refusal(row.where, f"{why}.")


def records(
    rows: Iterable[Row[object] | Refusal], columns: Columns, sought: Sought
) -> Iterator[Record | Refusal]:
    """The label of each row, and a refusal for each that has none or one that cannot be read."""
    labels = LabelReader(sought)
    for row in labeled_rows(rows, columns):
        try:
            yield row if isinstance(row, Refusal) else _record(row, labels)
        except Misread as why:
            yield Refusal(row.where, f"{why}.")


def records_by_name(rows: Iterable[Row[object] | Refusal], sought: Sought) -> Iterator[Record | Refusal]:
    """The same, with the columns found by name in the first row, in upper or lower case.

    Where none of `LOCATIONS` names a text, one of `TEXTS` is the text, else all columns but those of the
    label. Raises InvalidFile where there is no label, or nothing that names an image.
    """
    following = iter(rows)
    for row in following:
        if isinstance(row, Refusal):
            yield row
        else:
            columns = find_columns(row.columns.keys(), sought.kind)
            yield from records(chain([row], following), columns, sought)


def find_columns(names: Collection[str], kind: Kind) -> Columns:
    """The columns of a table by their names. Raises InvalidFile."""
    location, label = _found(names, LOCATIONS), _found(names, LABELS)
    confidence, text = _found(names, CONFIDENCES), _found(names, TEXTS)
    if label is None:
        raise InvalidFile(_lacking("label", LABELS, names))
    if location is None and kind.is_image:
        raise InvalidFile(_lacking("image", LOCATIONS, names))
    if location is not None:
        return Columns(location, label, confidence)
    others = (name for name in names if name not in {label, confidence})
    return Columns(None, label, confidence, texts=(text,) if text else tuple(others))


def _found(names: Collection[str], wanted: Sequence[str]) -> str | None:
    known = {name.strip().lower(): name for name in names}
    for name in wanted:
        while name + SUFFIX in known:
            name += SUFFIX
        if name in known:
            return known[name]
    return None


def _lacking(what: str, wanted: Sequence[str], names: Collection[str]) -> str:
    found = shown(", ".join(names))
    return f"No column of the table tells the {what}: one of {', '.join(wanted)}. It has {found}."


def _labeled(row: Row[object], columns: Columns) -> LabeledRow:
    cells = row.columns
    location = None if columns.location is None else _location(cells, columns.location)
    text = "\n".join(str(cells[name]) for name in columns.texts if not is_missing(cells.get(name))) or None
    if location is None and text is None:
        raise Misread(f"it has no {columns.location or 'text'}")
    return LabeledRow(
        row.where,
        location,
        text,
        None if columns.label is None else cells.get(columns.label),
        None if columns.confidence is None else cells.get(columns.confidence),
        _size(cells),
    )


def _location(cells: Mapping[str, object], column: str) -> str | None:
    location = cells.get(column)
    if is_missing(location):
        return None
    if not isinstance(location, str):
        raise Misread(f"{column} is no text")
    return location


def _size(cells: Mapping[str, object]) -> tuple[int, int] | None:
    details = cells.get("image_details")
    found = details if isinstance(details, dict) else cells
    width, height = _pixels(found.get("width")), _pixels(found.get("height"))
    return None if width is None or height is None else image_size(width, height)


def _pixels(value: object) -> object:
    return value.removesuffix("px") if isinstance(value, str) else value


def _record(row: LabeledRow, labels: LabelReader) -> Record:
    answer = labels.answer(row.label)
    return Record(
        row.where,
        answer,
        row.location,
        row.text,
        confidence_of(row.confidence),
        row.size,
        normalized=are_fractions(answer),
    )
