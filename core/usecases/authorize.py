"""The one place where permission is asked for."""

from dataclasses import dataclass, replace

from core.domain.errors import Forbidden, NotFound
from core.domain.people import VENDOR_ROLES, Invitation, Member, Role, User
from core.domain.projects import Project
from core.logic.permissions import Action, allowed
from core.ports import Ports, Versioned
from core.usecases.accept_invitation import accept_invitation
from core.usecases.find_member import find_member


@dataclass(frozen=True, slots=True)
class Access:
    """A permitted caller in a project. `role` is None for an administrator who is no member.

    `limit` is how many items they may label at most; None means any number.
    """

    user: User
    project: Project
    etag: str
    role: Role | None
    limit: int | None = None

    def after(self, change: Versioned[Project]) -> "Access":
        """The same caller's access to the project as it has become."""
        return replace(self, project=change.value, etag=change.etag)

    def may(self, action: Action) -> bool:
        """Whether the caller may also do this."""
        return allowed(action, self.role, administrator=self.user.administrator)

    def require(self, action: Action) -> None:
        """Raises Forbidden unless the caller may also do this."""
        if not self.may(action):
            raise Forbidden(action)

    @property
    def for_vendor(self) -> bool:
        """Whether the caller acts for the vendor, and so has to do with the vendor's people alone."""
        return self.role in VENDOR_ROLES and not self.user.administrator

    def gives_to_vendor(self, role: Role) -> bool:
        """Whether the place that the caller gives belongs to the vendor, when they do not say."""
        return self.for_vendor or role in VENDOR_ROLES

    def sees(self, place: Member | Invitation) -> bool:
        """Whether the caller, who may see members, may see this one."""
        return place.vendor or not self.for_vendor

    def manages(self, place: Member | Invitation) -> bool:
        """Whether the caller, who may change members, may give or take this place."""
        return (place.vendor and place.role is Role.LABELER) or not self.for_vendor


def authorize(user: User, action: Action) -> User:
    """The user, if they may do what concerns no single project. Raises Forbidden."""
    if not allowed(action, None, administrator=user.administrator):
        raise Forbidden(action)
    return user


async def authorize_in(ports: Ports, user: User, action: Action, project: str) -> Access:
    """The user's access to the project. Raises NotFound to strangers, Forbidden to members without it.

    A stranger who was invited becomes a member here.
    """
    found = await ports.projects.get(project)
    member = await find_member(ports, project, user)
    if member is None and not user.administrator:
        member = await accept_invitation(ports, project, user)
        if member is None:
            raise NotFound("project", project)
    access = Access(
        user, found.value, found.etag, member.role if member else None, member.limit if member else None
    )
    access.require(action)
    return access
