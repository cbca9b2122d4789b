"""The people of a development sign-in, and what their tokens say about them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

TENANT = "7a67c0de-0000-4000-8000-000000000001"
ADMINISTRATOR = "Administrator"


@dataclass(frozen=True)
class Person:
    """Somebody who signs in: an id that also names them in the API, and what to call them."""

    id: str
    name: str
    does: str
    administrator: bool = False
    groups: tuple[str, ...] = ()


LABELERS = "labelers"
"""A group, whose object id is this."""

DEMO_PEOPLE = (
    Person("ana", "Ana", "administrator", administrator=True),
    Person("ben", "Ben", "labeler"),
    Person("cleo", "Cleo", "labeler"),
    Person("dan", "Dan", "reviewer"),
    Person("eva", "Eva", "quality of the customer"),
    Person("finn", "Finn", "labeler by a group", groups=(LABELERS,)),
)


def person_of(name: str, *, administrator: bool = False, groups: Iterable[str] = ()) -> Person | None:
    """The person who signs in as `name`; None if no letter or digit is in it.

    The demo people keep their role and groups; others are administrators, or in groups, only if asked for.
    """
    identifier = re.sub(r"[^\w]+", "-", name.strip().lower()).strip("-_")
    if not identifier:
        return None
    for person in DEMO_PEOPLE:
        if person.id == identifier:
            return replace(
                person,
                administrator=person.administrator or administrator,
                groups=(*person.groups, *groups),
            )
    shown = name.strip() if name != name.lower() else name.strip().title()
    return Person(identifier, shown, "guest", administrator, tuple(groups))


def claims_of(person: Person) -> dict[str, Any]:
    """What Entra ID would put into a token about a person."""
    claims = {
        "sub": person.id,
        "oid": person.id,
        "name": person.name,
        "preferred_username": f"{person.id}@tagwerk.local",
        "email": f"{person.id}@tagwerk.local",
        "tid": TENANT,
        "ver": "2.0",
    }
    roles = {"roles": [ADMINISTRATOR]} if person.administrator else {}
    groups = {"groups": list(person.groups)} if person.groups else {}
    return claims | roles | groups
