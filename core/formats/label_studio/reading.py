"""Label Studio's exports, task by task.

Of several annotations the newest that was not cancelled counts; predictions and drafts do not. Which field of
the data is the item: `image` or `text`; else the only one with an image's extension; else the only string.
"""

import re
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from pydantic import ValidationError

from core.domain.kinds import Kind
from core.domain.transfers import Refusal
from core.formats.complaints import why
from core.formats.import_records import Record, Sought
from core.formats.json_array import read_elements
from core.formats.label_studio.answers import answer_of
from core.formats.label_studio.tasks import Annotation, Result, Task, task_of
from core.formats.record_values import Misread, shown

_IMAGE = re.compile(r"\.(?:jpe?g|png|jpe|jfif|bmp|tiff?|dcm|dicom)(?:\?|$)", re.IGNORECASE)
_TEXT_FILE = re.compile(r"(?:[a-z][a-z0-9+.-]*://|/data/)\S+\.txt(?:\?\S*)?", re.IGNORECASE)
_ADDRESS_MAX = 8 * 1024
_FRACTIONS = frozenset({Kind.OBJECT_DETECTION, Kind.INSTANCE_SEGMENTATION})


def read(file: BinaryIO, _path: str, sought: Sought) -> Iterator[Record | Refusal]:
    """One record or refusal a task. Raises InvalidFile for what is no list of tasks."""
    labels = frozenset(sought.labels)
    for found in read_elements(file):
        if isinstance(found, Refusal):
            yield found
            continue
        number, entry = found
        where = f"entry {number}"
        try:
            task = task_of(entry, labels)
            if task.id is not None:
                where += f", task {shown(str(task.id))}"
            yield _record(where, task, sought.kind, labels)
        except ValidationError as error:
            yield Refusal(where, f"{why(error)}.")
        except Misread as error:
            yield Refusal(where, f"{error}.")


def _record(where: str, task: Task, kind: Kind, labels: frozenset[str]) -> Record:
    results = _newest(task.annotations).result
    item = _item(task.data, kind)
    is_text = not (kind.is_image or _is_address(item))
    text = item if is_text else None
    answer = answer_of(kind, results, text, labels)
    location = None if is_text else item
    return Record(where, answer, location, text, size=_size(results), normalized=kind in _FRACTIONS)


def _newest(annotations: Sequence[Annotation]) -> Annotation:
    finished = [annotation for annotation in annotations if not annotation.was_cancelled]
    if not finished:
        raise Misread("everybody skipped it" if annotations else "nobody has annotated it")
    return max(reversed(finished), key=lambda annotation: annotation.time)


def _item(data: dict[str, object], kind: Kind) -> str:
    strings = {name: value for name, value in data.items() if isinstance(value, str)}
    named = [value for name, value in strings.items() if name == ("image" if kind.is_image else "text")]
    images = [value for value in strings.values() if kind.is_image and _IMAGE.search(value)]
    for candidates in (named, images, list(strings.values())):
        if len(candidates) == 1:
            return candidates[0]
    raise Misread(
        f"which of its fields is the item cannot be told: {shown(', '.join(data) or 'it has none')}"
    )


def _is_address(text: str) -> bool:
    return len(text) <= _ADDRESS_MAX and _TEXT_FILE.fullmatch(text) is not None


def _size(results: Sequence[Result]) -> tuple[int, int] | None:
    sizes = ((result.original_width, result.original_height) for result in results)
    return next(((width, height) for width, height in sizes if width and height), None)
