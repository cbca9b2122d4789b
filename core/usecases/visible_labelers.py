"""Whose figures a caller may see."""

from collections.abc import Mapping
from typing import TypeVar

from core.logic.permissions import Action
from core.ports import Ports
from core.usecases.authorize import Access

T = TypeVar("T")


async def visible_labelers(ports: Ports, access: Access, figures: Mapping[str, T]) -> Mapping[str, T]:
    """What is known of each labeler: everybody's, for the vendor its people's, for a labeler their own."""
    if not access.may(Action.READ_LABELERS):
        seen = {access.user.id}
    elif access.for_vendor:
        members = await ports.members.of_project(access.project.id)
        seen = {access.user.id, *(member.user for member in members if member.vendor)}
    else:
        return figures
    return {user: figure for user, figure in figures.items() if user in seen}
