"""Say who belongs to a project. It always keeps an owner."""

from collections.abc import Iterable, Mapping

from core.domain.errors import Conflict, Forbidden
from core.domain.log import Happened
from core.domain.people import Member, Role
from core.logic.permissions import PERMISSIONS, Action
from core.logic.projects.membership import check_place
from core.ports import Ports
from core.usecases.authorize import Access
from core.usecases.leave_project import give_everything_back
from core.usecases.log_event import log_event


async def list_members(ports: Ports, access: Access) -> list[Member]:
    """The members whom the caller may see."""
    return list(filter(access.sees, await ports.members.of_project(access.project.id)))


async def set_member(ports: Ports, access: Access, member: Member) -> None:
    """Add a member or change what they are. Who may label no more gives back what they hold.

    Raises Invalid, Forbidden for those whom the caller does not manage, Conflict for the last owner.
    """
    if not access.manages(member):
        raise Forbidden(Action.EDIT_MEMBERS)
    members = await _members(ports, access, member.user)
    check_place(access.project, member)
    before = members.get(member.user)
    if before == member:
        return
    if member.role is not Role.OWNER:
        _check_other_owner(members, member.user)
    await ports.members.put(member)
    await _check_owner_left(ports, before)
    if Action.LABEL not in PERMISSIONS[member.role]:
        await _give_back(ports, access, before)
    happened = Happened.MEMBER_CHANGED if before else Happened.MEMBER_ADDED
    details = {"role": member.role, "limit": member.limit, "vendor": member.vendor}
    await log_event(ports, access.project.id, access.user.id, happened, member=member.user, **details)


async def remove_member(ports: Ports, access: Access, user: str) -> None:
    """Remove a member, who gives back what they hold. Removing them twice does no harm.

    Raises Forbidden for those whom the caller does not manage, Conflict for the last owner.
    """
    members = await _members(ports, access, user)
    if user not in members:
        return
    _check_other_owner(members, user)
    await ports.members.remove(access.project.id, user)
    await _check_owner_left(ports, members[user])
    await _give_back(ports, access, members[user])
    await log_event(ports, access.project.id, access.user.id, Happened.MEMBER_REMOVED, member=user)


async def _members(ports: Ports, access: Access, user: str) -> Mapping[str, Member]:
    """The project's members by id. Raises Forbidden if the caller does not manage this one."""
    members = {member.user: member for member in await ports.members.of_project(access.project.id)}
    if user in members and not access.manages(members[user]):
        raise Forbidden(Action.EDIT_MEMBERS)
    return members


def _owners(members: Iterable[Member]) -> set[str]:
    """The people who own the project. A group may be empty, so it is not enough of an owner."""
    return {member.user for member in members if member.role is Role.OWNER and not member.group}


def _check_other_owner(members: Mapping[str, Member], user: str) -> None:
    if _owners(members.values()) == {user}:
        raise Conflict("A project needs an owner. Make somebody else an owner first.", user=user)


async def _check_owner_left(ports: Ports, before: Member | None) -> None:
    """Two owners who each take the other's place at once do not both succeed. Raises Conflict."""
    if before is None or before.role is not Role.OWNER:
        return
    if not _owners(await ports.members.of_project(before.project)):
        await ports.members.put(before)
        raise Conflict("A project needs an owner, and the other one is leaving too.", user=before.user)


async def _give_back(ports: Ports, access: Access, before: Member | None) -> None:
    """Who belongs to a group is not known; the leases of its people end by themselves."""
    if before is not None and not before.group and Action.LABEL in PERMISSIONS[before.role]:
        await give_everything_back(ports, access.project, before.user)
