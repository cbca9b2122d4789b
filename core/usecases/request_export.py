"""Ask for an export."""

from core.domain.commands import WriteExport
from core.domain.errors import Unsupported, WrongStatus
from core.domain.exports import Export, ExportOptions, Format
from core.domain.kinds import Kind
from core.domain.people import User
from core.domain.projects import Project, Status
from core.formats.export_formats import WRITERS
from core.ports import Ports


async def request_export(ports: Ports, project: Project, user: User, options: ExportOptions) -> Export:
    """Have the file written by a queue function. Raises WrongStatus, Unsupported."""
    if not project.under_way:
        raise WrongStatus(project.status, f"{Status.RUNNING} or {Status.PAUSED}")
    if options.format not in formats_for(project.kind):
        able = ", ".join(formats_for(project.kind))
        raise Unsupported(f"Answers of kind {project.kind} are exported as {able}.", field="format")
    if options.register is not None and ports.assets is None:
        raise Unsupported(
            "This deployment knows no Azure ML workspace to register the export in. An operator names one "
            "with AZURE_ML_SUBSCRIPTION, AZURE_ML_RESOURCE_GROUP and AZURE_ML_WORKSPACE.",
            field="register",
        )
    export = Export(ports.ids.new(), options, ports.clock.now(), user.id)
    await ports.exports.put(project.id, export)
    await ports.commands.send(WriteExport(project.id, export.id))
    return export


def formats_for(kind: Kind) -> list[Format]:
    """The formats that carry answers of this kind."""
    return [form for form, writer in WRITERS.items() if kind in writer.kinds]
