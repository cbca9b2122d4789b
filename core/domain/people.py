"""Who calls, and what they may be in a project."""

from dataclasses import dataclass
from enum import StrEnum

GROUP = "group:"
"""What the id of a member begins with that is a group of people: `group:<the group's object id>`."""


@dataclass(frozen=True, slots=True)
class User:
    """A signed-in person, as their token describes them. `id` is stable; name and email may change.

    `groups` are the object ids of their groups. `addresses` are the e-mail addresses that the issuer vouches
    for, casefolded: an invitation to one of them is theirs.
    """

    id: str
    name: str
    email: str
    administrator: bool
    groups: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Person:
    """How somebody who signed in once is called."""

    name: str
    email: str


class Role(StrEnum):
    """What a member is in one project. Whoever has roles by several groups has the first in this order."""

    OWNER = "owner"
    REVIEWER = "reviewer"
    CUSTOMER_QA = "customer_qa"
    VENDOR_ADMIN = "vendor_admin"
    VENDOR_QA = "vendor_qa"
    LABELER = "labeler"
    EXPORTER = "exporter"


VENDOR_ROLES = frozenset({Role.VENDOR_ADMIN, Role.VENDOR_QA})
"""The roles that only the vendor's own people have."""


@dataclass(frozen=True, slots=True)
class Member:
    """A person's, or a group's, place in one project.

    `limit` is how many items they may label at most, each person of a group for themselves; None means any
    number. `vendor` says that they belong to the project's vendor.
    """

    project: str
    user: str
    role: Role
    limit: int | None = None
    vendor: bool = False

    @property
    def group(self) -> str | None:
        """The object id of the group, if the member is one."""
        return self.user.removeprefix(GROUP) if self.user.startswith(GROUP) else None


@dataclass(frozen=True, slots=True)
class Invitation:
    """A place in a project for whoever signs in with this e-mail address, casefolded, first."""

    project: str
    email: str
    role: Role
    limit: int | None = None
    vendor: bool = False
