"""Queue messages: a command as JSON, how it was sent, and the queue that its kind has for itself."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from core.domain.commands import (
    BackUpProject,
    Command,
    DeleteProject,
    DeliverWebhook,
    InitializeProject,
    InspectItems,
    ReadImport,
    RefreshProject,
    RestoreProject,
    RunOperation,
    StartRun,
    TakeRun,
    WriteExport,
)

C = TypeVar("C", bound=Command)

INITIALIZE_QUEUE = "initialize-project"
REFRESH_QUEUE = "refresh-project"
INSPECT_QUEUE = "inspect-items"
DELETE_QUEUE = "delete-project"
EXPORT_QUEUE = "write-export"
IMPORT_QUEUE = "read-import"
OPERATION_QUEUE = "run-operation"
WEBHOOK_QUEUE = "deliver-webhook"
START_RUN_QUEUE = "start-run"
TAKE_RUN_QUEUE = "take-run"
BACK_UP_QUEUE = "back-up-project"
RESTORE_QUEUE = "restore-project"

QUEUES: Mapping[type[Command], str] = {
    InitializeProject: INITIALIZE_QUEUE,
    RefreshProject: REFRESH_QUEUE,
    InspectItems: INSPECT_QUEUE,
    DeleteProject: DELETE_QUEUE,
    WriteExport: EXPORT_QUEUE,
    ReadImport: IMPORT_QUEUE,
    RunOperation: OPERATION_QUEUE,
    DeliverWebhook: WEBHOOK_QUEUE,
    StartRun: START_RUN_QUEUE,
    TakeRun: TAKE_RUN_QUEUE,
    BackUpProject: BACK_UP_QUEUE,
    RestoreProject: RESTORE_QUEUE,
}


def queue_of(command: Command) -> str:
    """The name of the queue that a command goes to."""
    return QUEUES[type(command)]


@dataclass(frozen=True, slots=True)
class Sent:
    """How a command was sent: in which trace (W3C traceparent), to be carried out after how many seconds."""

    traceparent: str | None = None
    delay_seconds: int = 0


def encode(command: Command, sent: Sent | None = None) -> str:
    """A command as the text of a message."""
    return json.dumps(asdict(command) | asdict(sent or Sent()))


def decode(expected: type[C], text: str | bytes) -> C:
    """The command in a message. Raises pydantic.ValidationError."""
    return TypeAdapter(expected).validate_json(text)


def decode_sent(text: str | bytes) -> Sent:
    """How the command in a message was sent, as far as it says so. Never raises."""
    try:
        return TypeAdapter(Sent).validate_json(text)
    except ValidationError:
        return Sent()
