"""The projects that somebody may see."""

from core.domain.people import Role, User
from core.ports import Ports
from core.usecases.authorize import Access


async def list_projects(ports: Ports, user: User) -> list[Access]:
    """The user's access to each, newest project first: their own, or every one for an administrator."""
    roles: dict[str, Role | None] = {
        member.project: member.role for member in await ports.members.of_user(user.id)
    }
    seen = [
        Access(user, project, "", roles.get(project.id))
        for project in await ports.projects.all()
        if user.administrator or project.id in roles
    ]
    return sorted(seen, key=lambda access: access.project.created_at, reverse=True)
