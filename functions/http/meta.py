"""Who the caller is, how to sign in, and whether everything works."""

import asyncio

from fastapi import APIRouter, Response

from core.usecases.accept_invitation import accept_invitations
from core.usecases.find_member import find_memberships
from functions.access import CurrentPorts, CurrentServices, CurrentUser
from functions.schemas.meta import Config, Health, Me, Membership
from functions.services import Check
from functions.version import VERSION

router = APIRouter(prefix="/api", tags=["meta"])

ADMINISTRATOR = "Administrator"
_PATIENCE_SECONDS = 10


@router.get("/me")
async def me(user: CurrentUser, ports: CurrentPorts) -> Me:
    """The caller, as others will see them. Who was invited becomes a member."""
    await ports.people.remember(user)
    await accept_invitations(ports, user)
    memberships = await find_memberships(ports, user)
    return Me(
        id=user.id,
        name=user.name,
        email=user.email,
        roles=[ADMINISTRATOR] if user.administrator else [],
        projects=[Membership(id=member.project, role=member.role) for member in memberships.values()],
    )


@router.get("/config")
async def config(services: CurrentServices) -> Config:
    """What a front end needs to sign people in. Open to everybody."""
    oidc = services.settings.oidc
    return Config(authority=oidc.issuer, client_id=oidc.client_id, scope=oidc.scope, version=VERSION)


@router.get("/health", responses={503: {"model": Health, "description": "A part does not answer"}})
async def health(services: CurrentServices, response: Response) -> Health:
    """200 when every part answers, else 503. Open to everybody."""
    names = list(services.checks)
    answers = await asyncio.gather(*(_answer(services.checks[name]) for name in names))
    parts = dict(zip(names, answers, strict=True))
    healthy = all(answer == "ok" for answer in answers)
    response.status_code = 200 if healthy else 503
    return Health(status="ok" if healthy else "failing", parts=parts)


async def _answer(check: Check) -> str:
    try:
        await asyncio.wait_for(check(), _PATIENCE_SECONDS)
    except Exception as error:  # whatever is wrong with a part is what is asked for
        return f"{type(error).__name__}: {error}".partition("\n")[0]
    return "ok"
