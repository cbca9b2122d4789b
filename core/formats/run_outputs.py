"""What a job of ML assist was given and what it wrote, as aml_jobs/*.schema.json describe it.

All is read line by line, and a job is not believed: whatever has not the shape that it should have is an
InvalidFile that names the file, the line and the item. Fields that nobody needs are passed over.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Generic, Protocol, TypeVar

from pydantic import Field, TypeAdapter, ValidationError
from pydantic_core import from_json

from core.domain.answers import Answer
from core.domain.errors import InvalidFile
from core.formats.complaints import why
from core.formats.record_values import shown

if TYPE_CHECKING:  # numpy takes a tenth of a second of a cold start
    import numpy as np
    from numpy.typing import NDArray

ITEMS = "items.jsonl"
PREDICTIONS = "predictions.jsonl"
CROSSFIT = "crossfit.jsonl"
DOUBTS = "doubts.jsonl"
METRICS = "metrics.json"
EMBEDDINGS = "embeddings.npy"
IDS = "ids.json"

LINE_BYTES_MAX = 16 * 1024 * 1024

Share = Annotated[float, Field(ge=0, le=1, strict=True, allow_inf_nan=False)]
Amount = Annotated[float, Field(ge=0, strict=True, allow_inf_nan=False)]


class Row(Protocol):
    """Something that is said of an item."""

    @property
    def id(self) -> str:
        """The item's id."""


A = TypeVar("A", bound=Answer)
R = TypeVar("R", bound=Row)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asked(Generic[A]):
    """A line of items.jsonl: what is known of the item, and the answer that was learned from."""

    id: str
    answer: A | None = None
    width: int | None = None
    height: int | None = None
    text: str | dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Predicted(Generic[A]):
    """A line of predictions.jsonl or crossfit.jsonl."""

    id: str
    answer: A
    confidence: Share
    regions: tuple[Share, ...] | None = None


@dataclass(frozen=True, slots=True)
class Doubted(Generic[A]):
    """A line of doubts.jsonl."""

    id: str
    doubt: Share
    suggested: A


@dataclass(frozen=True, slots=True)
class Embedded:
    """An id of ids.json, whose embedding is in this row of embeddings.npy."""

    id: str
    row: int


@dataclass(frozen=True, slots=True)
class LabelScores:
    """How well a label was found."""

    given: Amount
    found: Amount
    right: Amount
    precision: Share
    recall: Share
    f1: Share
    ap50: Share | None = None
    iou: Share | None = None


@dataclass(frozen=True, slots=True)
class Scores:
    """How well all were found. Which of these there are depends on the kind."""

    accuracy: Share | None = None
    f1: Share | None = None
    precision: Share | None = None
    recall: Share | None = None
    ap50: Share | None = None
    miou: Share | None = None
    by_label: Mapping[str, LabelScores] = field(default_factory=dict)
    confusion: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Speed:
    """How long predicting took."""

    seconds: Amount


@dataclass(frozen=True, slots=True)
class Metrics:
    """metrics.json. `unreadable` says of items that have no prediction why."""

    unreadable: Mapping[str, str]
    seconds: Amount
    overall: Scores = Scores()
    predict: Speed | None = None


_METRICS = TypeAdapter(Metrics)
_IDS = TypeAdapter(list[str])


def read_metrics(file: Path) -> Metrics:
    """What a job says of itself."""
    return _document(_METRICS, file)


def read_ids(file: Path) -> Sequence[str]:
    """The ids of ids.json, in order."""
    return _document(_IDS, file)


def embedded(ids: Sequence[str]) -> Iterator[tuple[str, Embedded]]:
    """The rows of ids, each with its place for a person to find: `ids.json, number 3`."""
    return ((f"{IDS}, number {row + 1}", Embedded(item, row)) for row, item in enumerate(ids))


def read_asked(file: Path, answer: type[A]) -> Iterator[tuple[str, Asked[A]]]:
    """What a job was given, with answers of this type."""
    return _rows(file, TypeAdapter(Asked[answer]))  # type: ignore[valid-type]  # known when it runs


def read_predicted(file: Path, answer: type[A]) -> Iterator[tuple[str, Predicted[A]]]:
    """What was predicted, with answers of this type."""
    return _rows(file, TypeAdapter(Predicted[answer]))  # type: ignore[valid-type]  # as above


def read_doubted(file: Path, answer: type[A]) -> Iterator[tuple[str, Doubted[A]]]:
    """Which answers are doubted, with answers of this type."""
    return _rows(file, TypeAdapter(Doubted[answer]))  # type: ignore[valid-type]  # as above


def _rows(file: Path, adapter: TypeAdapter[T]) -> Iterator[tuple[str, T]]:
    """What each line of a file says, with its place for a person to find: `predictions.jsonl, line 3`."""
    with file.open("rb") as lines:
        number = 0
        while line := lines.readline(LINE_BYTES_MAX + 1):
            number += 1
            place = f"{file.name}, line {number}"
            if len(line) > LINE_BYTES_MAX:
                raise InvalidFile(f"{place}: it has more than {LINE_BYTES_MAX // 2**20} MiB.")
            try:
                yield place, adapter.validate_json(line)
            except ValidationError as error:
                raise InvalidFile(f"{place}{_item_of(line)}: {why(error)}.") from None


def read_embeddings(file: Path, rows: int) -> "NDArray[np.floating]":
    """As many embeddings, shape (rows, dimensions), of which only what is looked at is read."""
    import numpy as np

    try:
        found: NDArray[np.floating] = np.load(file, mmap_mode="r", allow_pickle=False)
    except (ValueError, OSError, EOFError) as error:
        raise InvalidFile(f"{file.name} is no whole array of numpy: {shown(error)}.") from None
    if found.ndim != 2 or found.dtype.kind != "f" or not found.shape[1]:
        raise InvalidFile(f"{file.name} has to be a table of floating-point numbers, a row for each item.")
    if len(found) != rows:
        raise InvalidFile(f"{file.name} has {len(found)} rows, and {IDS} {rows} ids.")
    return found


class InStep(Generic[R]):
    """The rows of a file whose items come in the order of items.jsonl: one for each, but for some."""

    def __init__(self, name: str, rows: Iterator[tuple[str, R]]) -> None:
        self._name, self._rows = name, rows
        self._next = next(rows, None)

    def of(self, item: str, *, may_lack: bool) -> tuple[str, R] | None:
        """What the file says of the item that is due, and where; None if it has nothing, and may."""
        found = self._next
        if found is not None and found[1].id == item:
            self._next = next(self._rows, None)
            return f"{found[0]}, item '{item}'", found[1]
        if may_lack:
            return None
        if found is None:
            raise InvalidFile(f"{self._name} ends before item '{item}': it is cut short.")
        raise InvalidFile(f"{found[0]}: item '{shown(found[1].id)}' {_MISPLACED}; '{item}' is due.")

    def end(self) -> None:
        """No item is left to come. Raises InvalidFile if there is a row left."""
        if self._next is not None:
            place, row = self._next
            raise InvalidFile(f"{place}: item '{shown(row.id)}' {_MISPLACED}; no more is due.")


_MISPLACED = f"is not in {ITEMS}, is there twice, or is out of order"


def _document(adapter: TypeAdapter[T], file: Path) -> T:
    try:
        return adapter.validate_json(file.read_bytes())
    except ValidationError as error:
        raise InvalidFile(f"{file.name}: {why(error)}.") from None


def _item_of(line: bytes) -> str:
    """The item that a line is about, as far as that can be told."""
    try:
        found = from_json(line, allow_partial="trailing-strings")
    except ValueError:
        return ""
    item = found.get("id") if isinstance(found, dict) else None
    return f", item '{shown(item)}'" if isinstance(item, str) else ""
