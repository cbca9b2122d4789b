"""Forget who somebody is: what they did stays, under an id that only the issuer can tell the name of."""

from dataclasses import replace

from core.domain.errors import Conflict, NotFound
from core.domain.people import Member, Role, User
from core.domain.projects import Project
from core.ports import Ports
from core.usecases.authorize import Access
from core.usecases.change_project import change_project
from core.usecases.set_member import remove_member


async def forget_person(ports: Ports, administrator: User, user: str) -> None:
    """Take somebody out of every project, and delete their name and e-mail address wherever they are kept.

    What was done is not undone by an error: the next attempt goes on. Raises Conflict where they are a
    project's only owner.
    """
    for member in await ports.members.of_user(user):
        await _leave(ports, administrator, member)
    person = (await ports.people.find([user])).get(user)
    if person is not None:
        await _forget_address(ports, person.email.casefold())
        await ports.people.forget(user)


async def _leave(ports: Ports, administrator: User, member: Member) -> None:
    try:
        found = await ports.projects.get(member.project)
    except NotFound:
        return await ports.members.remove(member.project, member.user)
    try:
        await remove_member(ports, Access(administrator, found.value, found.etag, Role.OWNER), member.user)
    except Conflict as error:
        raise Conflict(f"'{found.value.name}': {error}", **error.fields) from error


async def _forget_address(ports: Ports, address: str) -> None:
    for invitation in await ports.invitations.to(address):
        await ports.invitations.take(invitation.project, address)
    for project in await ports.projects.all():
        await ports.log.forget(project.id, address)
        if project.vendor and (project.vendor.admin_email or "").casefold() == address:
            await change_project(ports, project.id, _without_address)


def _without_address(project: Project) -> Project:
    vendor = project.vendor and replace(project.vendor, admin_email=None)
    return replace(project, vendor=vendor)
