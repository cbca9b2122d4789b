"""Write down how an export or an import ended."""

from core.domain.exports import Export
from core.domain.imports import Import
from core.domain.log import Happened
from core.ports import Ports
from core.usecases.log_event import log_event


async def log_transfer(ports: Ports, project: str, transfer: Export | Import) -> None:
    """Log that it is done, or that it failed: whose it was, its format, and how much it took along."""
    if isinstance(transfer, Export):
        what, form = Happened.EXPORT_FINISHED, transfer.options.format.value
    else:
        what, form = Happened.IMPORT_FINISHED, transfer.format.value
    await log_event(
        ports,
        project,
        transfer.created_by,
        what,
        id=transfer.id,
        format=form,
        status=transfer.status,
        written=transfer.report.written,
        refused=transfer.report.refused,
    )
