"""Ask for an export."""

from core.domain.commands import WriteExport
from core.domain.errors import WrongStatus
from core.domain.exports import Export, ExportOptions
from core.domain.people import User
from core.domain.projects import Project, Status
from core.ports import Ports


async def request_export(ports: Ports, project: Project, user: User, options: ExportOptions) -> Export:
    """Have the file written by a queue function. Raises WrongStatus."""
    if not project.under_way:
        raise WrongStatus(project.status, f"{Status.RUNNING} or {Status.PAUSED}")
    export = Export(ports.ids.new(), options, ports.clock.now(), user.id)
    await ports.exports.put(project.id, export)
    await ports.commands.send(WriteExport(project.id, export.id))
    return export
