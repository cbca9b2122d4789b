"""Who is to be forgotten leaves no name and no address, but their answers."""

from dataclasses import replace

import pytest

from core.domain.answers import Classes
from core.domain.errors import Conflict
from core.domain.items import parse_item_id
from core.domain.people import Invitation, Member, Role, User
from core.domain.projects import Vendor
from core.domain.tasks import ItemAnswer
from core.usecases.authorize import Access
from core.usecases.change_project import change_project
from core.usecases.claim_task import claim_task
from core.usecases.forget_person import forget_person
from core.usecases.invite import invite
from core.usecases.show_dashboard import show_dashboard
from core.usecases.submit_task import submit_task
from tests.unit.usecases.conftest import ANA, BEN, World

OTTO = User("otto", "Otto", "otto@example.org", administrator=True)


async def test_nothing_but_answers_is_left(world: World) -> None:
    project = await world.running(20)
    owner = Access(ANA, project, "", Role.OWNER)
    await world.ports.members.put(Member(project.id, BEN.id, Role.LABELER))
    await world.ports.people.remember(BEN)
    await invite(world.ports, owner, Invitation(project.id, BEN.email, Role.LABELER))
    vendor = Vendor("Petals", BEN.email.upper())
    await change_project(world.ports, project.id, lambda found: replace(found, vendor=vendor))
    task = await claim_task(world.ports, project, BEN, 2)
    assert task is not None
    answers = [ItemAnswer(parse_item_id(item.id)[1], Classes(("Rose",))) for item in task.items]
    await submit_task(world.ports, project, BEN, task.id, "once", answers)
    assert await claim_task(world.ports, project, BEN, 3)
    for _ in range(2):
        await forget_person(world.ports, OTTO, BEN.id)
    assert await world.ports.people.find([BEN.id]) == {}
    assert await world.ports.members.of_user(BEN.id) == []
    assert await world.ports.invitations.of_project(project.id) == []
    assert (await world.project(project.id)).vendor == Vendor("Petals")
    log = (await world.ports.log.page(project.id, 99)).entries
    assert BEN.email not in str(log)
    assert [entry.details["email"] for entry in log if "email" in entry.details] == ["forgotten"]
    shown = await show_dashboard(world.ports, owner)
    assert (shown.leased, shown.labelers[BEN.id].labeled) == (0, 2)


async def test_a_projects_only_owner_is_not_forgotten_before_there_is_another(world: World) -> None:
    project = await world.running(1)
    await world.ports.people.remember(ANA)
    with pytest.raises(Conflict, match=f"'{project.name}': A project needs an owner"):
        await forget_person(world.ports, OTTO, ANA.id)
    assert ANA.id in await world.ports.people.find([ANA.id])
    await world.ports.members.put(Member(project.id, BEN.id, Role.OWNER))
    await forget_person(world.ports, OTTO, ANA.id)
    assert await world.ports.people.find([ANA.id]) == {}
