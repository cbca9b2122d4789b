"""Who belongs to a project, and who is invited to."""

from typing import Annotated

from fastapi import APIRouter, Depends

from core.domain.people import Invitation, Member
from core.logic.permissions import Action
from core.usecases.authorize import Access
from core.usecases.invite import invite, list_invitations, withdraw_invitation
from core.usecases.set_member import list_members, remove_member, set_member
from functions.access import CurrentPorts, permit_in
from functions.schemas.common import Page
from functions.schemas.members import InvitationIn, InvitationOut, MemberIn, MemberOut

router = APIRouter(prefix="/api/projects/{project}", tags=["members"])

Reader = Annotated[Access, Depends(permit_in(Action.READ_MEMBERS))]
Editor = Annotated[Access, Depends(permit_in(Action.EDIT_MEMBERS))]


@router.get("/members")
async def index(access: Reader, ports: CurrentPorts) -> Page[MemberOut]:
    """The members of the project; for the vendor's people, the vendor's."""
    found = await list_members(ports, access)
    people = await ports.people.find([member.user for member in found])
    return Page(items=[MemberOut.of(member, people.get(member.user)) for member in found])


@router.put("/members/{user:path}")
async def put(user: str, body: MemberIn, access: Editor, ports: CurrentPorts) -> MemberOut:
    """Add somebody by the id that /api/me shows them, or a group as `group:<object id>`, or change them."""
    vendor = access.gives_to_vendor(body.role) if body.vendor is None else body.vendor
    member = Member(access.project.id, user, body.role, body.limit, vendor)
    await set_member(ports, access, member)
    return MemberOut.of(member, (await ports.people.find([user])).get(user))


@router.delete("/members/{user:path}", status_code=204)
async def delete(user: str, access: Editor, ports: CurrentPorts) -> None:
    """Remove somebody, who gives back all that they hold. A project keeps at least one owner."""
    await remove_member(ports, access, user)


@router.get("/invitations")
async def invitations(access: Reader, ports: CurrentPorts) -> Page[InvitationOut]:
    """The invitations that nobody has accepted yet; for the vendor's people, the vendor's."""
    return Page(items=[InvitationOut.of(found) for found in await list_invitations(ports, access)])


@router.post("/invitations", status_code=201)
async def post_invitation(body: InvitationIn, access: Editor, ports: CurrentPorts) -> InvitationOut:
    """Invite an e-mail address, or change its invitation. Nothing is sent: tell them to sign in.

    Whoever signs in with it becomes a member, once; somebody who is a member stays what they are.
    """
    vendor = access.gives_to_vendor(body.role) if body.vendor is None else body.vendor
    invitation = Invitation(access.project.id, body.email, body.role, body.limit, vendor)
    return InvitationOut.of(await invite(ports, access, invitation))


@router.delete("/invitations/{email:path}", status_code=204)
async def delete_invitation(email: str, access: Editor, ports: CurrentPorts) -> None:
    """Take an invitation back."""
    await withdraw_invitation(ports, access, email)
