"""What somebody is in a project: by themselves, or by a group that their token names."""

from collections import defaultdict
from collections.abc import Mapping

from core.domain.people import Member, User
from core.logic.projects.membership import counting_member
from core.ports import Ports


async def find_member(ports: Ports, project: str, user: User) -> Member | None:
    """The membership that counts; up to a few seconds old. Groups are looked at only where they matter."""
    own = await ports.members.get(project, user.id)
    if not user.groups or (own is not None and not own.vendor):
        return own
    groups = await ports.members.groups()
    return counting_member(
        own, (one for one in groups if one.project == project and one.group in user.groups)
    )


async def find_memberships(ports: Ports, user: User) -> Mapping[str, Member]:
    """The membership that counts in each project that the user belongs to."""
    own = {member.project: member for member in await ports.members.of_user(user.id)}
    of_groups: defaultdict[str, list[Member]] = defaultdict(list)
    if user.groups:
        for member in await ports.members.groups():
            if member.group in user.groups:
                of_groups[member.project].append(member)
    found = {
        project: counting_member(own.get(project), of_groups[project])
        for project in sorted({*own, *of_groups})
    }
    return {project: member for project, member in found.items() if member is not None}
