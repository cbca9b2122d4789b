"""How domain values are stored as JSON: exactly their fields, by pydantic."""

from typing import Generic, TypeVar

from pydantic import TypeAdapter

from core.domain.agreement import AgreementReport, AgreementSums
from core.domain.backups import Backup
from core.domain.exports import Export
from core.domain.imports import Import
from core.domain.log import LogEntry
from core.domain.operations import Operation
from core.domain.projects import Datastore, InstructionsVersion, Project
from core.domain.records import ItemRecord
from core.domain.runs import Doubt, Run, RunReport
from core.domain.webhooks import Delivery, Webhook

T = TypeVar("T")


class Document(Generic[T]):
    """JSON of one type, without the fields that have their default."""

    def __init__(self, adapter: TypeAdapter[T]) -> None:
        self._adapter = adapter

    def encode(self, value: T) -> str:
        """The value as compact JSON."""
        return self._adapter.dump_json(value, exclude_defaults=True).decode()

    def decode(self, text: str | bytes) -> T:
        """The value of which `encode` made this. Raises pydantic.ValidationError for anything else."""
        return self._adapter.validate_json(text)


PROJECT = Document(TypeAdapter(Project))
DATASTORE = Document(TypeAdapter(Datastore))
EXPORT = Document(TypeAdapter(Export))
IMPORT = Document(TypeAdapter(Import))
OPERATION = Document(TypeAdapter(Operation))
RUN = Document(TypeAdapter(Run))
RUN_REPORT = Document(TypeAdapter(RunReport))
DOUBT = Document(TypeAdapter(Doubt))
RECORD = Document(TypeAdapter(ItemRecord))
INSTRUCTIONS_VERSION = Document(TypeAdapter(InstructionsVersion))
LOG_ENTRY = Document(TypeAdapter(LogEntry))
WEBHOOK = Document(TypeAdapter(Webhook))
AGREEMENT_SUMS = Document(TypeAdapter(AgreementSums))
AGREEMENT_REPORT = Document(TypeAdapter(AgreementReport))
DELIVERY = Document(TypeAdapter(Delivery))
BACKUP = Document(TypeAdapter(Backup))
