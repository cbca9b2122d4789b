"""Projects."""

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Response

from core.domain.errors import Immutable, Invalid
from core.domain.people import Role, User
from core.domain.projects import Project, Refresh, Wording
from core.logic.permissions import Action
from core.ports import Ports
from core.usecases.authorize import Access
from core.usecases.authorize_model import authorize_model
from core.usecases.create_project import NewProject, create_project
from core.usecases.delete_project import delete_project
from core.usecases.edit_project import Edits, edit_project, pause_project, resume_project
from core.usecases.initialize_project import project_prefix
from core.usecases.list_projects import list_projects
from core.usecases.request_export import formats_for
from core.usecases.request_refresh import request_refresh
from functions.access import CurrentPorts, CurrentUser, permit, permit_in
from functions.schemas.common import Page
from functions.schemas.projects import ProjectOut, ProjectPatch

router = APIRouter(prefix="/api/projects", tags=["projects"])

Reader = Annotated[Access, Depends(permit_in(Action.READ_PROJECT))]
Editor = Annotated[Access, Depends(permit_in(Action.EDIT_PROJECT))]
Pauser = Annotated[Access, Depends(permit_in(Action.PAUSE_PROJECT))]


@router.post("", status_code=201)
async def create(
    new: NewProject,
    user: Annotated[User, Depends(permit(Action.CREATE_PROJECT))],
    ports: CurrentPorts,
    response: Response,
) -> ProjectOut:
    """Create a project. It initializes by itself, then runs."""
    await authorize_model(ports, user, new.assist.base, new.kind)
    created = await create_project(ports, user, new)
    response.headers["Location"] = f"/api/projects/{created.value.id}"
    return _told(ports, Access(user, created.value, created.etag, Role.OWNER), response)


@router.get("")
async def index(user: CurrentUser, ports: CurrentPorts) -> Page[ProjectOut]:
    """The projects that the caller is a member of; all of them for administrators."""
    listed = await list_projects(ports, user)
    return Page(items=[_project_out(ports, access) for access in listed])


@router.get("/{project}")
async def read(access: Reader, ports: CurrentPorts, response: Response) -> ProjectOut:
    """One project. The ETag is for PATCH."""
    return _told(ports, access, response)


@router.patch("/{project}")
async def edit(
    patch: ProjectPatch,
    access: Editor,
    ports: CurrentPorts,
    response: Response,
    if_match: Annotated[str | None, Header()] = None,
) -> ProjectOut:
    """Change instructions, refresh, assist or lease_minutes; with If-Match only if nobody else did."""
    for field in patch.model_extra or ():
        if field in Project.__dataclass_fields__:
            raise Immutable(field)
        raise Invalid(f"A project has no '{field}' that could be changed.", field=field)
    wording, refresh, base = patch.instructions, patch.refresh, (patch.assist or {}).get("base")
    if base != access.project.assist.base:
        await authorize_model(ports, access.user, base, access.project.kind)
    edits = Edits(
        instructions=Wording(wording.text, wording.url) if wording else None,
        refresh=Refresh(refresh.enabled) if refresh else None,
        assist=patch.assist,
        lease_minutes=patch.lease_minutes,
    )
    edited = await edit_project(ports, access.project.id, access.user.id, edits, if_match)
    return _told(ports, access.after(edited), response)


@router.delete("/{project}", status_code=202)
async def delete(
    access: Annotated[Access, Depends(permit_in(Action.DELETE_PROJECT))], ports: CurrentPorts
) -> None:
    """Delete the project and everything in it. Its name stays reserved."""
    await delete_project(ports, access.project.id, access.user.id)


@router.post("/{project}/pause")
async def pause(access: Pauser, ports: CurrentPorts, response: Response) -> ProjectOut:
    """Stop handing out tasks."""
    paused = await pause_project(ports, access.project.id, access.user.id)
    return _told(ports, access.after(paused), response)


@router.post("/{project}/resume")
async def resume(access: Pauser, ports: CurrentPorts, response: Response) -> ProjectOut:
    """Hand out tasks again."""
    resumed = await resume_project(ports, access.project.id, access.user.id)
    return _told(ports, access.after(resumed), response)


@router.post("/{project}/refresh", status_code=202)
async def refresh(
    access: Annotated[Access, Depends(permit_in(Action.REFRESH_PROJECT))], ports: CurrentPorts
) -> None:
    """Look for new data now. A project that failed begins again."""
    await request_refresh(ports, access.project)


def _told(ports: Ports, access: Access, response: Response) -> ProjectOut:
    response.headers["ETag"] = access.etag
    return _project_out(ports, access)


def _project_out(ports: Ports, access: Access) -> ProjectOut:
    project = access.project
    return ProjectOut(
        **{name: getattr(project, name) for name in ProjectOut.model_fields if hasattr(project, name)},
        outputs=ports.blobs.url(ports.limits.app_container, project_prefix(project.id)),
        role=access.role or "administrator",
        export_formats=formats_for(project.kind),
    )
