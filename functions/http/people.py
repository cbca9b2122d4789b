"""People, whatever project they are in."""

from typing import Annotated

from fastapi import APIRouter, Depends

from core.domain.people import User
from core.logic.permissions import Action
from core.usecases.forget_person import forget_person
from functions.access import CurrentPorts, permit

router = APIRouter(prefix="/api/people", tags=["members"])

Forgetter = Annotated[User, Depends(permit(Action.FORGET_PEOPLE))]


@router.delete("/{user:path}", status_code=204)
async def delete(user: str, caller: Forgetter, ports: CurrentPorts) -> None:
    """Take somebody out of every project and forget their name and e-mail address. Their answers stay.

    Who signs in again is known again: take away their right to sign in first. Doing it twice does no harm.
    """
    await forget_person(ports, caller, user)
