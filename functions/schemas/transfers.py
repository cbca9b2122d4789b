"""What imports and exports have in common, as the API says it."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel

from core.domain.exports import Export
from core.domain.imports import Import
from core.domain.transfers import Refusal, TransferStatus


class TransferOut(BaseModel):
    """How far an import or an export is: `read` = `written` + `refused`."""

    id: str
    status: TransferStatus
    created_at: datetime
    progress: float
    read: int
    written: int
    refused: int
    refusals: list[Refusal]
    error: str | None


def progress_of(transfer: Import | Export) -> dict[str, Any]:
    """The fields of a `TransferOut`."""
    report = transfer.report
    return {
        "id": transfer.id,
        "status": transfer.status,
        "created_at": transfer.created_at,
        "progress": transfer.progress,
        "read": report.read,
        "written": report.written,
        "refused": report.refused,
        "refusals": list(report.refusals),
        "error": transfer.error,
    }
