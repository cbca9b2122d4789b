"""Operations, as the API says them."""

from datetime import datetime

from pydantic import BaseModel

from core.domain.operations import Operation, OperationType
from core.domain.transfers import TransferStatus


class OperationOut(BaseModel):
    """Something that goes through a project in the background. `changed` counts the items it changed."""

    id: str
    type: OperationType
    status: TransferStatus
    progress: float
    changed: int
    created_at: datetime
    created_by: str
    error: str | None

    @classmethod
    def of(cls, operation: Operation) -> "OperationOut":
        """How an operation is told."""
        return cls(**{name: getattr(operation, name) for name in cls.model_fields})
