"""Programs that run beside the app: what one is asked to do, and how far it is."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from core.domain.errors import Invalid

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,254}")
_NAME = re.compile(r"[a-z][a-z0-9]{0,31}")
_PLACE = re.compile(r"\{(inputs|outputs)\.([a-z0-9]*)\}")
_PROGRESS = re.compile(r"^progress (\d(?:\.\d*)?)\b", re.MULTILINE)
_REFUSAL = re.compile(r"^[\w-]+\.py(?: \w+)?: (?:error: )?(\S.*)$")


class Delivery(StrEnum):
    """How a job gets the bytes of an input: all before it starts, or each when it opens the file."""

    DOWNLOAD = "download"
    MOUNT = "mount"


@dataclass(frozen=True, slots=True)
class BlobFolder:
    """The blobs whose names begin with `prefix`, which ends with a slash unless it is empty. What follows the
    prefix is a file's path in the job."""

    container: str
    prefix: str


@dataclass(frozen=True, slots=True)
class BlobFiles:
    """Single blobs of one container: their names by the paths at which the job finds them. One that is gone
    by then is left out."""

    container: str
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ModelAsset:
    """A model that is registered in the Azure ML workspace. Only jobs that run there can read it."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Input:
    """Files that a job reads. It must not write to them."""

    source: BlobFolder | BlobFiles | ModelAsset
    delivery: Delivery = Delivery.DOWNLOAD


@dataclass(frozen=True, slots=True)
class JobSpec:
    """A program to run once.

    `id` has up to 255 letters, digits, _ and -. `program` is a path below the folder of the jobs' programs,
    such as `assist.py`. `arguments` may name the folders of inputs and outputs: `{inputs.data}`,
    `{outputs.model}`; names are up to 32 lower-case letters and digits. `trace` is the W3C traceparent of
    what the job follows from, which the program finds as TRACEPARENT in its environment. Raises Invalid.
    """

    id: str
    program: str
    arguments: tuple[str, ...]
    inputs: Mapping[str, Input]
    outputs: Mapping[str, BlobFolder]
    gpu: bool = True
    time_limit_seconds: int = 4 * 60 * 60
    display_name: str = ""
    experiment: str = "tagwerk"
    tags: Mapping[str, str] = field(default_factory=dict)
    trace: str | None = None

    @property
    def environment(self) -> Mapping[str, str]:
        """What the program finds in its environment."""
        return {} if self.trace is None else {"TRACEPARENT": self.trace}

    def __post_init__(self) -> None:
        if not is_job_id(self.id):
            raise Invalid(f"'{self.id}' is no id for a job: letters, digits, _ and - are allowed.")
        for name in (*self.inputs, *self.outputs):
            if not _NAME.fullmatch(name):
                raise Invalid(f"'{name}' is no name for an input or output: use lower-case letters, digits.")
        folders = [each.source for each in self.inputs.values() if isinstance(each.source, BlobFolder)]
        for folder in (*folders, *self.outputs.values()):
            if folder.prefix and not folder.prefix.endswith("/"):
                raise Invalid(f"The prefix '{folder.prefix}' of a folder must end with a slash.")
        for argument in self.arguments:
            _check_places(argument, {"inputs": self.inputs, "outputs": self.outputs})
        if self.time_limit_seconds < 1:
            raise Invalid("A job needs a time limit of at least a second.")


def is_job_id(text: str) -> bool:
    """Whether a job may be called so."""
    return _ID.fullmatch(text) is not None


def _check_places(argument: str, known: Mapping[str, Collection[str]]) -> None:
    for side, name in _PLACE.findall(argument):
        if name not in known[side]:
            raise Invalid(f"The job's arguments name '{side}.{name}', which it does not have.")


def split_argument(argument: str) -> list[tuple[str, str]]:
    """An argument in pieces: ("", text), or ("inputs" or "outputs", name).

    >>> split_argument("--data={inputs.images}")
    [('', '--data='), ('inputs', 'images')]
    """
    texts = _PLACE.split(argument)  # text, side, name, text, side, name, ..., text
    pieces = [("", texts[0])]
    for at in range(1, len(texts), 3):
        pieces += [(texts[at], texts[at + 1]), ("", texts[at + 2])]
    return [piece for piece in pieces if piece[1]]


class JobState(StrEnum):
    """How far a job is."""

    QUEUED = "queued"
    """It waits for a machine."""
    STARTING = "starting"
    """A machine is being made ready."""
    RUNNING = "running"
    """The program runs, or its outputs are being stored."""
    DONE = "done"
    """It ended well, and its outputs are blobs."""
    FAILED = "failed"
    CANCELED = "canceled"
    LOST = "lost"
    """Nobody knows how it ended. Its outputs, if any, are not to be used."""

    @property
    def ended(self) -> bool:
        """Whether it stays so."""
        return self in (JobState.DONE, JobState.FAILED, JobState.CANCELED, JobState.LOST)


AZURE_ML_STATES: Mapping[str, JobState] = {
    "NotStarted": JobState.QUEUED,
    "Scheduled": JobState.QUEUED,
    "Queued": JobState.QUEUED,
    "Paused": JobState.QUEUED,  # it goes on when somebody, or the cluster, lets it
    "Starting": JobState.STARTING,
    "Provisioning": JobState.STARTING,  # nodes are being made
    "Preparing": JobState.STARTING,  # the image is being built or pulled
    "Running": JobState.RUNNING,
    "Finalizing": JobState.RUNNING,  # outputs are being uploaded
    "CancelRequested": JobState.RUNNING,  # the program may still write
    "Unknown": JobState.RUNNING,  # the service has no better word; it has not said that the job ended
    "Completed": JobState.DONE,
    "Failed": JobState.FAILED,
    "Canceled": JobState.CANCELED,
    "NotResponding": JobState.RUNNING,  # its node is silent, but may speak again; the time limit ends it
}
"""What Azure ML says of a job, in our words. A word that is not here counts as Unknown."""


@dataclass(frozen=True, slots=True)
class JobStatus:
    """How far a job is.

    `started` and `ended` are about the program itself. `link` is where a person may look at it. `progress`,
    0..1, is what the program said last. `error` says what went wrong and ends with the log's last lines.
    """

    state: JobState
    started: datetime | None = None
    ended: datetime | None = None
    link: str | None = None
    progress: float | None = None
    error: str | None = None

    @property
    def compute_seconds(self) -> float | None:
        """How long the program ran; None unless it ran and ended."""
        return (self.ended - self.started).total_seconds() if self.started and self.ended else None


def last_lines(log: str, lines: int) -> str:
    """The last lines of a log.

    >>> last_lines("one\\ntwo\\nthree\\n", 2)
    'two\\nthree'
    """
    return "\n".join(log.splitlines()[-lines:]) if lines > 0 else ""


def told_progress(log: str) -> float | None:
    """What the last line of the form `progress 0.42 ...` in a log says, 0..1; None without one.

    >>> told_progress("progress 0.10 fold 1\\nhello\\nprogress 0.42 fold 2\\n")
    0.42
    """
    told = _PROGRESS.findall(log)
    return min(1.0, float(told[-1])) if told else None


def told_refusal(log: str) -> str | None:
    """Why a program refused what it was given, which is the last line of its log and begins with its name;
    None if it did not.

    >>> told_refusal("progress 0.10 fold 1\\nassist.py: no item has an answer to learn from.\\n")
    'no item has an answer to learn from.'
    """
    found = _REFUSAL.match(last_lines(log.rstrip(), 1))
    return found[1] if found else None
