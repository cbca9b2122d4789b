"""The projects that somebody may see."""

from core.domain.people import User
from core.ports import Ports
from core.usecases.authorize import Access
from core.usecases.find_member import find_memberships


async def list_projects(ports: Ports, user: User) -> list[Access]:
    """The user's access to each, newest project first: their own, or every one for an administrator."""
    places = await find_memberships(ports, user)
    seen = [
        Access(user, project, "", places[project.id].role if project.id in places else None)
        for project in await ports.projects.all()
        if user.administrator or project.id in places
    ]
    return sorted(seen, key=lambda access: access.project.created_at, reverse=True)
