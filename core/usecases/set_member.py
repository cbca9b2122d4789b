"""Say who belongs to a project. It always keeps an owner."""

from core.domain.errors import Conflict
from core.domain.people import Member, Role
from core.ports import Ports


async def set_member(ports: Ports, member: Member) -> None:
    """Add a member or change their role. Raises Conflict for the last owner's."""
    if member.role is not Role.OWNER:
        await _check_other_owner(ports, member.project, member.user)
    await ports.members.put(member)


async def remove_member(ports: Ports, project: str, user: str) -> None:
    """Remove a member. Raises Conflict for the last owner."""
    await _check_other_owner(ports, project, user)
    await ports.members.remove(project, user)


async def _check_other_owner(ports: Ports, project: str, user: str) -> None:
    owners = {member.user for member in await ports.members.of_project(project) if member.role is Role.OWNER}
    if owners == {user}:
        raise Conflict("A project needs an owner. Make somebody else an owner first.", user=user)
