"""What queue messages say: small typed commands, each safe to carry out twice."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InitializeProject:
    """Turn the blobs of a new project's path into items."""

    project: str


@dataclass(frozen=True, slots=True)
class RefreshProject:
    """Hold a project's items against its data. Somebody asked `by_hand`, or it comes by itself."""

    project: str
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class InspectItems:
    """Look at the images of a shard that nobody has looked at, then at the next shard's."""

    project: str
    shard: int


@dataclass(frozen=True, slots=True)
class DeleteProject:
    """Delete a project's table and blobs."""

    project: str


@dataclass(frozen=True, slots=True)
class WriteExport:
    """Write the file of an export."""

    project: str
    export: str


@dataclass(frozen=True, slots=True)
class ReadImport:
    """Give a project's items the labels of a file."""

    project: str
    import_id: str


@dataclass(frozen=True, slots=True)
class DeliverWebhook:
    """Make an attempt, counted from 1, at delivering a message to a webhook."""

    project: str
    webhook: str
    delivery: str
    attempt: int


@dataclass(frozen=True, slots=True)
class RunOperation:
    """Go on with an operation at its next shard."""

    project: str
    operation: str


@dataclass(frozen=True, slots=True)
class StartRun:
    """Write the manifest of a run, and submit its job."""

    project: str
    run: str


@dataclass(frozen=True, slots=True)
class TakeRun:
    """Check what the job of a run has written, and have it given to the items."""

    project: str
    run: str


@dataclass(frozen=True, slots=True)
class BackUpProject:
    """Write the file of a backup."""

    project: str
    backup: str


@dataclass(frozen=True, slots=True)
class RestoreProject:
    """Bring a project back that is in a backup."""

    project: str
    backup: str


Command = (
    InitializeProject
    | RefreshProject
    | InspectItems
    | DeleteProject
    | WriteExport
    | ReadImport
    | DeliverWebhook
    | RunOperation
    | StartRun
    | TakeRun
    | BackUpProject
    | RestoreProject
)
