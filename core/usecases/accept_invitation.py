"""Make a member of somebody who was invited to an address of theirs, when they first come."""

from core.domain.log import Happened
from core.domain.people import Invitation, Member, User
from core.ports import Ports
from core.usecases.log_event import log_event


async def accept_invitations(ports: Ports, user: User) -> None:
    """Accept every invitation to the user. Each is used up, once, and changes no place that they have."""
    for address in sorted(user.addresses):
        for invitation in await ports.invitations.to(address):
            await _accept(ports, user, invitation)


async def accept_invitation(ports: Ports, project: str, user: User) -> Member | None:
    """Accept the invitation to this project, if there is one; the membership it gives."""
    for address in sorted(user.addresses):
        for invitation in await ports.invitations.to(address):
            if invitation.project == project:
                return await _accept(ports, user, invitation)
    return None


async def _accept(ports: Ports, user: User, invitation: Invitation) -> Member | None:
    taken = await ports.invitations.take(invitation.project, invitation.email)
    if taken is None:
        return None
    if any(member.project == taken.project for member in await ports.members.of_user(user.id)):
        return None
    member = Member(taken.project, user.id, taken.role, taken.limit, taken.vendor)
    await ports.members.put(member)
    await log_event(
        ports, taken.project, user.id, Happened.INVITATION_ACCEPTED, email=taken.email, role=taken.role
    )
    return member
