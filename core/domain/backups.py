"""A backup: one file with everything that a project is, but for the data that it labels."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from core.domain.people import Invitation, Member, Person
from core.domain.projects import Datastore, Project
from core.domain.transfers import TransferStatus


@dataclass(frozen=True, slots=True)
class Contents:
    """How much a backup holds: rows of the project's table, and blobs with so many bytes."""

    rows: int = 0
    blobs: int = 0
    bytes: int = 0


NOTHING = Contents()


@dataclass(frozen=True, slots=True)
class Restoration:
    """The last time that a backup was restored, or is to be, and how far that is, 0..1.

    `name` is what the project is called from then on, if not as before. `moved`: its data were copied to
    where they are now. `attempt` is the id of the last attempt, which alone may go on.
    """

    at: datetime
    by: str
    name: str | None = None
    moved: bool = False
    status: TransferStatus = TransferStatus.QUEUED
    progress: float = 0.0
    attempt: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup of a project, how far it is, 0..1, and the blob that it is in, of `size` bytes.

    `project` and `name` are the project's, which may be gone. `version` is that of the Tagwerk that made it.
    """

    id: str
    project: str
    name: str
    blob: str
    created_at: datetime
    created_by: str
    version: str
    status: TransferStatus = TransferStatus.QUEUED
    progress: float = 0.0
    size: int = 0
    contents: Contents = NOTHING
    error: str | None = None
    restoration: Restoration | None = None


@dataclass(frozen=True, slots=True)
class About:
    """What a backup's file says of itself. `format` is that of the file, which grows when older versions of
    Tagwerk could not restore it."""

    format: int
    id: str
    project: str
    name: str
    created_at: datetime
    created_by: str
    version: str


@dataclass(frozen=True, slots=True)
class Belongings:
    """What a project has outside its table and its folders. `people` are its members by id, as far as they
    ever signed in."""

    project: Project
    datastore: Datastore
    members: tuple[Member, ...] = ()
    invitations: tuple[Invitation, ...] = ()
    people: Mapping[str, Person] = field(default_factory=dict)
