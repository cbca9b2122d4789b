"""Ask for an import."""

from core.domain.commands import ReadImport
from core.domain.errors import Invalid, WrongStatus
from core.domain.imports import Import, ImportAs, ImportFormat
from core.domain.people import User
from core.domain.projects import Project, Status
from core.logic.paths import check_path
from core.ports import Ports


async def request_import(
    ports: Ports, project: Project, user: User, form: ImportFormat, path: str, taken_as: ImportAs
) -> Import:
    """Have a file's labels taken by a queue function. Raises WrongStatus, Invalid."""
    if not project.under_way:
        raise WrongStatus(project.status, f"{Status.RUNNING} or {Status.PAUSED}")
    check_path(path)
    if taken_as is ImportAs.CONSENSUS and not project.quality.consensus:
        raise Invalid("In this project one labeler answers an item: there are no votes to merge.", field="as")
    asked = Import(ports.ids.new(), form, path, taken_as, ports.clock.now(), user.id)
    await ports.imports.put(project.id, asked)
    await ports.commands.send(ReadImport(project.id, asked.id))
    return asked
