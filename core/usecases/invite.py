"""Invite people to a project by e-mail address: whoever signs in with it first is a member."""

from dataclasses import replace

from core.domain.errors import Forbidden
from core.domain.log import Happened
from core.domain.people import Invitation
from core.logic.permissions import Action
from core.logic.projects.membership import check_place, mail_address
from core.ports import Ports
from core.usecases.authorize import Access
from core.usecases.log_event import log_event


async def list_invitations(ports: Ports, access: Access) -> list[Invitation]:
    """The invitations that nobody has accepted yet, by address; those the caller may see."""
    found = await ports.invitations.of_project(access.project.id)
    return sorted(filter(access.sees, found), key=lambda invitation: invitation.email)


async def invite(ports: Ports, access: Access, invitation: Invitation) -> Invitation:
    """Invite somebody, or change the invitation to their address; it comes back as it is stored.

    Raises Invalid, Forbidden for a place that is not the caller's to give.
    """
    invitation = replace(invitation, email=mail_address(invitation.email))
    if not access.manages(invitation):
        raise Forbidden(Action.EDIT_MEMBERS)
    check_place(access.project, invitation)
    await _check_managed(ports, access, invitation.email)
    await ports.invitations.put(invitation)
    await log_event(
        ports,
        access.project.id,
        access.user.id,
        Happened.INVITATION_SENT,
        email=invitation.email,
        role=invitation.role,
        limit=invitation.limit,
        vendor=invitation.vendor,
    )
    return invitation


async def withdraw_invitation(ports: Ports, access: Access, email: str) -> None:
    """Take an invitation back. Doing it twice does no harm. Raises Forbidden."""
    address = email.strip().casefold()
    await _check_managed(ports, access, address)
    await ports.invitations.take(access.project.id, address)


async def _check_managed(ports: Ports, access: Access, email: str) -> None:
    for invitation in await ports.invitations.of_project(access.project.id):
        if invitation.email == email and not access.manages(invitation):
            raise Forbidden(Action.EDIT_MEMBERS)
