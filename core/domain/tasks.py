"""A task: a page of items handed to one labeler under a lease, and what comes back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.domain.answers import Answer
from core.domain.errors import NotFound
from core.domain.items import ImageInfo
from core.domain.predictions import Prelabel


class TaskType(StrEnum):
    """What is known of a task's items before a labeler sees them."""

    MANUAL = "manual"
    PRELABELED = "prelabeled"
    CLUSTERED = "clustered"
    """The items look alike."""


@dataclass(frozen=True, slots=True)
class TaskItem:
    """An item as a labeler sees it. `url` reads that one blob until the lease would end.

    `image` is None where nobody had to look at the image; the page measures it then. `prelabel` is what a
    model or a file says, `previous` an answer to begin with: the labeler's own to an item that was taken
    back, or the one that stood before labeling began anew, and `flag` what they noted with it. `comment` is
    what a reviewer said of the last.
    """

    id: str
    path: str
    url: str | None
    text: str | None = None
    columns: Mapping[str, str] | None = None
    image: ImageInfo | None = None
    prelabel: Prelabel | None = None
    previous: Answer | None = None
    flag: str | None = None
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """A page of items to answer until `expires`."""

    id: str
    type: TaskType
    expires: datetime
    items: tuple[TaskItem, ...]


@dataclass(frozen=True, slots=True)
class ItemAnswer:
    """What a labeler sends for one item: an answer, or the reason for skipping it. `flag`: look at this."""

    index: int
    answer: Answer | None = None
    skipped: str | None = None
    width: int | None = None
    height: int | None = None
    milliseconds: int = 0
    flag: str | None = None


@dataclass(frozen=True, slots=True)
class Submission:
    """The answers to a task. The client makes `id`; sending it again changes nothing."""

    id: str
    task: str
    labeler: str
    at: datetime
    answers: tuple[ItemAnswer, ...]


class Outcome(StrEnum):
    """What became of one answer."""

    LABELED = "labeled"
    SKIPPED = "skipped"
    LATE = "late"


def task_id(shard: int, unique: str) -> str:
    """A task's id. It names its shard, so that no look-up is needed."""
    return f"{shard:04d}-{unique}"


def task_shard(task: str) -> int:
    """The shard of a task. Raises NotFound for what is no task id."""
    shard, _, unique = task.partition("-")
    if not (shard.isascii() and shard.isdigit() and unique):
        raise NotFound("task", task)
    return int(shard)
