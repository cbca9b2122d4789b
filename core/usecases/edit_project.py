"""Change what may change of a project."""

from dataclasses import dataclass, replace

from core.domain.commands import RefreshProject
from core.domain.errors import Unsupported, WrongStatus
from core.domain.projects import Assist, Instructions, Project, Refresh, Status
from core.ports import Ports, Versioned
from core.usecases.change_project import change_project
from core.usecases.create_project import check_lease_minutes


@dataclass(frozen=True, slots=True)
class Edits:
    """What to change; None leaves a field as it is."""

    instructions: Instructions | None = None
    refresh: Refresh | None = None
    assist: Assist | None = None
    lease_minutes: int | None = None


async def edit_project(
    ports: Ports, project: str, edits: Edits, etag: str | None = None
) -> Versioned[Project]:
    """Apply the edits; with refresh on, new data is looked for at once.

    Raises Stale when `etag` is not the project's any more, Unsupported, Invalid.
    """
    if edits.assist is not None and edits.assist.enabled:
        raise Unsupported("This version has no ML assist.", field="assist.enabled")

    if edits.lease_minutes is not None:
        check_lease_minutes(edits.lease_minutes)

    def edited(found: Project) -> Project:
        return replace(
            found,
            instructions=edits.instructions or found.instructions,
            refresh=edits.refresh or found.refresh,
            lease_minutes=edits.lease_minutes or found.lease_minutes,
        )

    changed = await change_project(ports, project, edited, etag)
    if edits.refresh is not None and edits.refresh.enabled:
        await ports.commands.send(RefreshProject(project))
    return changed


async def pause_project(ports: Ports, project: str) -> Versioned[Project]:
    """Stop handing out tasks. Pausing twice does no harm. Raises WrongStatus."""
    return await _move(ports, project, Status.RUNNING, Status.PAUSED)


async def resume_project(ports: Ports, project: str) -> Versioned[Project]:
    """Hand out tasks again. Resuming twice does no harm. Raises WrongStatus."""
    return await _move(ports, project, Status.PAUSED, Status.RUNNING)


async def _move(ports: Ports, project: str, before: Status, after: Status) -> Versioned[Project]:
    def moved(found: Project) -> Project:
        if found.status not in {before, after}:
            raise WrongStatus(found.status, before)
        return replace(found, status=after)

    return await change_project(ports, project, moved)
