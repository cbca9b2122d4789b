"""A project's log: what happened, in order, never changed but for who is to be forgotten."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

Detail = str | int | float | bool | None
"""What a detail of an entry may be: a name, a count, an id. Never an answer, a token or a signed address."""

FORGOTTEN = "forgotten"
"""What stands for an e-mail address in details, once its owner is to be forgotten."""

NOBODY = ""
"""Who does what Tagwerk does by itself."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_LAST = 10**17


class Happened(StrEnum):
    """What can happen in a project, as the log and webhooks name it."""

    PROJECT_CREATED = "project_created"
    PROJECT_PAUSED = "project_paused"
    PROJECT_RESUMED = "project_resumed"
    PROJECT_EDITED = "project_edited"
    PROJECT_DELETED = "project_deleted"
    INSTRUCTIONS_CHANGED = "instructions_changed"
    LABELS_CHANGED = "labels_changed"
    LABELS_CHANGE_FINISHED = "labels_change_finished"
    MEMBER_ADDED = "member_added"
    MEMBER_CHANGED = "member_changed"
    MEMBER_REMOVED = "member_removed"
    INVITATION_SENT = "invitation_sent"
    INVITATION_ACCEPTED = "invitation_accepted"
    EXPORT_FINISHED = "export_finished"
    IMPORT_FINISHED = "import_finished"
    REFRESHED = "refreshed"
    ITEMS_REVIEWED = "items_reviewed"
    ITEMS_ASSIGNED = "items_assigned"
    GOLD_MARKED = "gold_marked"
    RESERVATIONS_CHANGED = "reservations_changed"
    AGREEMENT_MEASURED = "agreement_measured"
    WEBHOOK_ADDED = "webhook_added"
    WEBHOOK_CHANGED = "webhook_changed"
    WEBHOOK_REMOVED = "webhook_removed"
    RUN_STARTED = "run_started"
    RUN_FINISHED = "run_finished"
    RUN_FAILED = "run_failed"
    RUN_CANCELED = "run_canceled"
    THRESHOLD_CHANGED = "threshold_changed"
    MODEL_REGISTERED = "model_registered"
    BACKED_UP = "backed_up"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One thing that happened, and whose doing it was: a user's, or NOBODY's."""

    id: str
    at: datetime
    user: str
    what: Happened
    details: Mapping[str, Detail] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """A key, no other entry's, that sorts before those of all earlier entries."""
        return place_of(self.at, self.id)

    def without(self, text: str) -> "LogEntry":
        """The same with FORGOTTEN where a detail is this text."""
        found = {name: FORGOTTEN if detail == text else detail for name, detail in self.details.items()}
        return self if found == self.details else replace(self, details=found)


@dataclass(frozen=True, slots=True)
class LogPage:
    """Some entries, newest first, and the place to go on from if there are more."""

    entries: Sequence[LogEntry]
    next: str | None


def place_of(at: datetime, name: str) -> str:
    """A key that sorts before those of all earlier moments, and is its own by an id that nobody else has."""
    return f"{_LAST - (at - _EPOCH) // _MICROSECOND:017d}-{name}"
