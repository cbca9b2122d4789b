"""Write down how an export or an import ended."""

from core.domain.exports import Export
from core.domain.imports import Import
from core.domain.log import Happened
from core.ports import Ports
from core.usecases.log_event import log_event


async def log_transfer(ports: Ports, project: str, transfer: Export | Import) -> None:
    """Log that it is done, or that it failed: whose it was, its format, and how much it took along."""
    exported = isinstance(transfer, Export)
    await log_event(
        ports,
        project,
        transfer.created_by,
        Happened.EXPORT_FINISHED if exported else Happened.IMPORT_FINISHED,
        id=transfer.id,
        format=transfer.options.format if exported else transfer.format,
        status=transfer.status,
        written=transfer.report.written,
        refused=transfer.report.refused,
    )
