"""ProjectStore, MemberStore, PeopleStore, DatastoreStore."""

import asyncio
from dataclasses import replace

import pytest

from core.adapters.system import RandomIds
from core.domain.errors import NameTaken, NotFound, Stale
from core.domain.labels import Label
from core.domain.people import Invitation, Member, Person, Role, User
from core.domain.projects import Datastore, Status
from tests.contract.conftest import Stores
from tests.examples import a_project


async def test_a_project_comes_back_as_it_was_stored(stores: Stores) -> None:
    project = a_project(RandomIds().new())
    await stores.projects.add(project)
    assert (await stores.projects.get(project.id)).value == project
    assert project in await stores.projects.all()


async def test_a_thousand_long_labels_come_back(stores: Stores) -> None:
    """In JSON they take 200 KiB; a property of Azure Tables holds 64 KiB."""
    names = (f"{number:04d}{'🌸' + 'petal' * 39}" for number in range(1_000))
    labels = tuple(Label(name, "#e4572e") for name in names)
    project = replace(a_project(RandomIds().new()), labels=labels)
    await stores.projects.add(project)
    found = await stores.projects.get(project.id)
    assert found.value == project
    fewer = replace(project, labels=labels[:1])
    await stores.projects.replace(fewer, found.etag)
    assert (await stores.projects.get(project.id)).value == fewer


async def test_a_name_is_never_given_twice(stores: Stores) -> None:
    first = a_project(RandomIds().new())
    await stores.projects.add(first)
    await stores.projects.remove(first.id)
    second = replace(first, id=RandomIds().new(), name=first.name.upper())
    with pytest.raises(NameTaken):
        await stores.projects.add(second)
    assert second not in await stores.projects.all()


@pytest.mark.parametrize("name", ["a/b", "a\\b#?", "50% = half", "Ünïcode 🙂", "it's"])
async def test_any_name_can_be_reserved(stores: Stores, name: str) -> None:
    project = a_project(RandomIds().new(), name=name + RandomIds().new())
    await stores.projects.add(project)
    assert (await stores.projects.get(project.id)).value.name == project.name


async def test_names_that_differ_only_in_forbidden_characters_are_different(stores: Stores) -> None:
    unique = RandomIds().new()
    await stores.projects.add(a_project(RandomIds().new(), name=f"a/b{unique}"))
    await stores.projects.add(a_project(RandomIds().new(), name=f"a=2Fb{unique}"))


async def test_the_second_of_two_changes_is_stale(stores: Stores) -> None:
    project = a_project(RandomIds().new())
    await stores.projects.add(project)
    found = await stores.projects.get(project.id)
    etag = await stores.projects.replace(replace(project, status=Status.PAUSED), found.etag)
    with pytest.raises(Stale):
        await stores.projects.replace(replace(project, status=Status.FAILED), found.etag)
    again = await stores.projects.get(project.id)
    assert (again.value.status, again.etag) == (Status.PAUSED, etag)


async def test_what_is_not_there_is_not_found(stores: Stores) -> None:
    with pytest.raises(NotFound):
        await stores.projects.get("nowhere")
    with pytest.raises(NotFound):
        await stores.datastores.get("nowhere")
    await stores.projects.remove("nowhere")


async def test_members(stores: Stores) -> None:
    project, other = RandomIds().new(), RandomIds().new()
    ben = f"ben/{project}"
    await stores.members.put(Member(project, ben, Role.LABELER, limit=40))
    await stores.members.put(Member(other, ben, Role.OWNER))
    await stores.members.put(Member(project, ben, Role.VENDOR_QA, vendor=True))
    now = Member(project, ben, Role.VENDOR_QA, vendor=True)
    assert await stores.members.get(project, ben) == now
    assert await stores.members.get(project, "nobody") is None
    assert await stores.members.of_project(project) == [now]
    assert {member.project for member in await stores.members.of_user(ben)} == {project, other}
    await stores.members.remove(project, ben)
    await stores.members.remove(project, ben)
    assert await stores.members.get(project, ben) is None


async def test_groups_are_members_too(stores: Stores) -> None:
    project, other = RandomIds().new(), RandomIds().new()
    flowers = Member(project, f"group:rose/{project}", Role.LABELER, limit=9)
    await stores.members.put(flowers)
    await stores.members.put(Member(other, flowers.user, Role.REVIEWER))
    assert await stores.members.of_project(project) == [flowers]
    ours = [member for member in await stores.members.groups() if member.user == flowers.user]
    assert {(member.project, member.role, member.limit) for member in ours} == {
        (project, Role.LABELER, 9),
        (other, Role.REVIEWER, None),
    }
    assert await stores.members.of_user(flowers.user.removeprefix("group:")) == []
    await stores.members.remove(project, flowers.user)
    assert await stores.members.of_project(project) == []
    assert flowers not in await stores.members.groups()


async def test_invitations(stores: Stores) -> None:
    project, other = RandomIds().new(), RandomIds().new()
    ben = f"ben+{project}@example.org"
    await stores.invitations.put(Invitation(project, ben, Role.LABELER, limit=5))
    await stores.invitations.put(Invitation(other, ben, Role.EXPORTER))
    again = Invitation(project, ben, Role.VENDOR_ADMIN, vendor=True)
    await stores.invitations.put(again)
    assert await stores.invitations.of_project(project) == [again]
    assert {invitation.project for invitation in await stores.invitations.to(ben)} == {project, other}
    assert await stores.invitations.to("cleo@example.org") == []


async def test_an_invitation_is_taken_once(stores: Stores) -> None:
    invitation = Invitation(RandomIds().new(), "ben@example.org", Role.LABELER, limit=0)
    await stores.invitations.put(invitation)
    takes = (stores.invitations.take(invitation.project, invitation.email) for _ in range(4))
    taken = await asyncio.gather(*takes)
    assert [found for found in taken if found] == [invitation]
    assert await stores.invitations.take(invitation.project, invitation.email) is None


async def test_people_are_remembered(stores: Stores) -> None:
    ana = User(f"ana#{RandomIds().new()}", "Ana", "ana@example.org", administrator=False)
    await stores.people.remember(ana)
    assert await stores.people.names([ana.id, "stranger"]) == {ana.id: "Ana"}
    assert await stores.people.find([ana.id, "stranger"]) == {ana.id: Person("Ana", "ana@example.org")}
    for _ in range(2):
        await stores.people.forget(ana.id)
    assert await stores.people.find([ana.id]) == {}


async def test_datastores(stores: Stores) -> None:
    name = RandomIds().new()
    await stores.datastores.put(Datastore(name, "first"))
    await stores.datastores.put(Datastore(name, "second"))
    assert await stores.datastores.get(name) == Datastore(name, "second")
    assert Datastore(name, "second") in await stores.datastores.all()
