"""Who calls, and what they may be in a project."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class User:
    """A signed-in person, as their token describes them. `id` is stable; name and email may change."""

    id: str
    name: str
    email: str
    administrator: bool


class Role(StrEnum):
    """What a member is in one project."""

    OWNER = "owner"
    REVIEWER = "reviewer"
    LABELER = "labeler"


@dataclass(frozen=True, slots=True)
class Member:
    """One person's place in one project."""

    project: str
    user: str
    role: Role
