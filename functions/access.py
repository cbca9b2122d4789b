"""Who calls, and whether they may: FastAPI dependencies over `core.usecases.authorize`."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from core.domain.errors import Unauthenticated
from core.domain.people import User
from core.domain.work import about
from core.logic.permissions import Action
from core.ports import Ports
from core.usecases.authorize import Access, authorize, authorize_in
from functions.services import Connected, Services

_bearer = HTTPBearer(auto_error=False, description="A token of the issuer that /api/config names.")


async def connected(request: Request) -> Connected:
    """The connected adapters of the app that serves the request."""
    services: Services = request.app.state.services
    return await services.get()


async def current_user(
    services: Annotated[Connected, Depends(connected)],
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> User:
    """The signed-in caller. Raises Unauthenticated."""
    if credentials is None:
        raise Unauthenticated("Send a bearer token in the Authorization header. /api/config says whose.")
    return await services.tokens.verify(credentials.credentials)


async def current_ports(services: Annotated[Connected, Depends(connected)]) -> Ports:
    """The ports."""
    return services.ports


CurrentServices = Annotated[Connected, Depends(connected)]
CurrentUser = Annotated[User, Depends(current_user)]
CurrentPorts = Annotated[Ports, Depends(current_ports)]


def permit(action: Action) -> Callable[[User], Awaitable[User]]:
    """A dependency: the caller, if they may do what concerns no single project."""

    async def permitted(user: CurrentUser) -> User:
        return authorize(user, action)

    return permitted


def permit_in(action: Action) -> Callable[[Request, str, User, Ports], Awaitable[Access]]:
    """A dependency: the caller's access to the project in the path, if they may do this in it."""

    async def permitted(request: Request, project: str, user: CurrentUser, ports: CurrentPorts) -> Access:
        access = await authorize_in(ports, user, action, project)
        about(project=project, task=request.path_params.get("task"), run=request.path_params.get("run"))
        return access

    return permitted
