"""Change what may change of a project."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from core.domain.commands import RefreshProject
from core.domain.errors import Conflict, WrongStatus
from core.domain.log import Happened
from core.domain.projects import Project, Refresh, Status, Wording
from core.logic.assist.settings import changed as changed_assist
from core.logic.projects.instructions import check_wording, reworded
from core.ports import Ports, Versioned
from core.usecases.change_project import change_project
from core.usecases.change_trust import renew_trust
from core.usecases.create_project import check_assistance, check_lease_minutes
from core.usecases.keep_instructions import keep_instructions
from core.usecases.log_event import log_event


@dataclass(frozen=True, slots=True)
class Edits:
    """What to change; None leaves a field as it is. Of `assist` only what is named changes."""

    instructions: Wording | None = None
    refresh: Refresh | None = None
    assist: Mapping[str, Any] | None = None
    lease_minutes: int | None = None


async def edit_project(
    ports: Ports, project: str, user: str, edits: Edits, etag: str | None = None
) -> Versioned[Project]:
    """Apply the edits; with refresh on, new data is looked for at once, and predictions are shown as assist
    wants them by now.

    Raises Stale when `etag` is not the project's any more, Unsupported, Invalid.
    """
    if edits.instructions is not None:
        check_wording(edits.instructions)
    if edits.lease_minutes is not None:
        check_lease_minutes(edits.lease_minutes)

    before: Project | None = None

    def edited(found: Project) -> Project:
        nonlocal before
        before, wording = found, edits.instructions
        assist = found.assist if edits.assist is None else changed_assist(found.assist, edits.assist)
        if assist != found.assist:
            check_assistance(ports, assist, found.quality)
        return replace(
            found,
            instructions=reworded(found.instructions, wording) if wording else found.instructions,
            refresh=edits.refresh or found.refresh,
            assist=assist,
            lease_minutes=edits.lease_minutes or found.lease_minutes,
        )

    changed = await change_project(ports, project, edited, etag)
    if edits.instructions is not None:
        await keep_instructions(ports, project, user, changed.value.instructions)
    await _log_edits(ports, user, before or changed.value, changed.value)
    if edits.refresh is not None and edits.refresh.enabled:
        await ports.commands.send(RefreshProject(project))
    if edits.assist is not None:
        await renew_trust(ports, changed.value)
        return await ports.projects.get(project, fresh=True)
    return changed


async def _log_edits(ports: Ports, user: str, before: Project, after: Project) -> None:
    edited = {field.name for field in fields(Project)}
    edited = {name for name in edited if getattr(before, name) != getattr(after, name)}
    if "instructions" in edited:
        await log_event(
            ports, after.id, user, Happened.INSTRUCTIONS_CHANGED, version=after.instructions.version
        )
    others = sorted(edited - {"instructions"})
    if others:
        await log_event(ports, after.id, user, Happened.PROJECT_EDITED, fields=", ".join(others))


async def pause_project(ports: Ports, project: str, user: str) -> Versioned[Project]:
    """Stop handing out tasks. Pausing twice does no harm. Raises WrongStatus."""
    return await _move(ports, project, user, Status.RUNNING, Status.PAUSED)


async def resume_project(ports: Ports, project: str, user: str) -> Versioned[Project]:
    """Hand out tasks again. Resuming twice does no harm. Raises WrongStatus."""
    return await _move(ports, project, user, Status.PAUSED, Status.RUNNING)


async def _move(ports: Ports, project: str, user: str, before: Status, after: Status) -> Versioned[Project]:
    was = before

    def moved(found: Project) -> Project:
        nonlocal was
        was = found.status
        if was not in {before, after}:
            raise WrongStatus(was, before)
        if found.relabeling:
            raise Conflict("The labels are being changed. The project can run when that is done.")
        return replace(found, status=after)

    changed = await change_project(ports, project, moved)
    if was is not after:
        what = Happened.PROJECT_PAUSED if after is Status.PAUSED else Happened.PROJECT_RESUMED
        await log_event(ports, project, user, what)
    return changed
