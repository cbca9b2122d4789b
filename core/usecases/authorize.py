"""The one place where permission is asked for."""

from dataclasses import dataclass, replace

from core.domain.errors import Forbidden, NotFound
from core.domain.people import Role, User
from core.domain.projects import Project
from core.logic.permissions import Action, allowed
from core.ports import Ports, Versioned


@dataclass(frozen=True, slots=True)
class Access:
    """A permitted caller in a project. `role` is None for an administrator who is no member."""

    user: User
    project: Project
    etag: str
    role: Role | None

    def after(self, change: Versioned[Project]) -> "Access":
        """The same caller's access to the project as it has become."""
        return replace(self, project=change.value, etag=change.etag)

    def may(self, action: Action) -> bool:
        """Whether the caller may also do this."""
        return allowed(action, self.role, administrator=self.user.administrator)


def authorize(user: User, action: Action) -> User:
    """The user, if they may do what concerns no single project. Raises Forbidden."""
    if not allowed(action, None, administrator=user.administrator):
        raise Forbidden(action)
    return user


async def authorize_in(ports: Ports, user: User, action: Action, project: str) -> Access:
    """The user's access to the project. Raises NotFound to strangers, Forbidden to members without it."""
    found = await ports.projects.get(project)
    role = await ports.members.role(project, user.id)
    if role is None and not user.administrator:
        raise NotFound("project", project)
    if not allowed(action, role, administrator=user.administrator):
        raise Forbidden(action)
    return Access(user, found.value, found.etag, role)
