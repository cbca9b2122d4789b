"""Who the caller is, how to sign in, whether everything works."""

from pydantic import BaseModel

from core.domain.people import Role


class Membership(BaseModel):
    """A project that somebody is a member of."""

    id: str
    role: Role


class Me(BaseModel):
    """The caller."""

    id: str
    name: str
    email: str
    roles: list[str]
    projects: list[Membership]


class Config(BaseModel):
    """What a front end needs to sign people in."""

    authority: str
    client_id: str
    scope: str
    version: str


class Health(BaseModel):
    """Whether every part answers: `ok`, or what is wrong with it."""

    status: str
    parts: dict[str, str]
