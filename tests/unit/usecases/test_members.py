"""Who belongs to a project: people, groups, whoever is invited; and what becomes of those who leave."""

import asyncio
from dataclasses import dataclass, replace
from typing import Any

import pytest

from core.domain.errors import Conflict, Forbidden, Invalid, NotFound
from core.domain.items import ItemStatus, item_id
from core.domain.log import Happened
from core.domain.people import Invitation, Member, Role, User
from core.domain.projects import Project, Reservation, Vendor
from core.domain.shards import Tally
from core.logic.permissions import Action
from core.ports import MemberStore
from core.usecases.accept_invitation import accept_invitations
from core.usecases.authorize import Access, authorize_in
from core.usecases.change_project import change_project
from core.usecases.claim_task import claim_task
from core.usecases.delete_project import delete_project, erase_project
from core.usecases.invite import invite, list_invitations, withdraw_invitation
from core.usecases.list_projects import list_projects
from core.usecases.review_items import Review, ReviewAction, review_items
from core.usecases.set_member import list_members, remove_member, set_member
from core.usecases.visible_labelers import visible_labelers
from tests.unit.usecases.conftest import ANA, BEN, CLEO, World

VERA = User("vera", "Vera", "vera@petals.example", administrator=False)


def an_owner(project: Project) -> Access:
    return Access(ANA, project, "", Role.OWNER)


def of_vendor(project: Project, role: Role = Role.VENDOR_ADMIN) -> Access:
    return Access(VERA, project, "", role)


@dataclass
class SlowMembers:
    """Members whose list takes a moment, so that others come between."""

    store: MemberStore

    async def of_project(self, project: str) -> list[Member]:
        found = await self.store.of_project(project)
        await asyncio.sleep(0)
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)


@pytest.fixture
async def project(world: World) -> Project:
    """Forty photos, a vendor, and these members: Ana (owner), Ben (labeler), Vera (the vendor's admin)."""
    await world.upload(*(f"photos/{number:02d}.jpg" for number in range(40)))
    made = await world.over("photos/**", vendor=Vendor("Petals", "Vera@Petals.example"))
    await world.ports.members.put(Member(made.id, "ben", Role.LABELER))
    await world.ports.members.put(Member(made.id, "vera", Role.VENDOR_ADMIN, vendor=True))
    return made


async def logged(world: World, project: Project) -> list[tuple[str, Happened]]:
    page = await world.ports.log.page(project.id, 100)
    return sorted((entry.user, entry.what) for entry in page.entries)


class TestGroups:
    """Members by a claim of the token."""

    async def test_a_group_lets_its_people_in(self, world: World, project: Project) -> None:
        await world.ports.members.put(Member(project.id, "group:florists", Role.LABELER, limit=7))
        cleo = replace(CLEO, groups=frozenset({"florists", "others"}))
        access = await authorize_in(world.ports, cleo, Action.LABEL, project.id)
        assert (access.role, access.limit) == (Role.LABELER, 7)
        assert [seen.role for seen in await list_projects(world.ports, cleo)] == [Role.LABELER]
        with pytest.raises(NotFound):
            await authorize_in(world.ports, CLEO, Action.LABEL, project.id)

    async def test_ones_own_membership_wins(self, world: World, project: Project) -> None:
        await world.ports.members.put(Member(project.id, "group:florists", Role.OWNER))
        ben = replace(BEN, groups=frozenset({"florists"}))
        with pytest.raises(Forbidden):
            await authorize_in(world.ports, ben, Action.EDIT_PROJECT, project.id)

    async def test_groups_of_other_projects_do_not_count(self, world: World, project: Project) -> None:
        await world.ports.members.put(Member("elsewhere", "group:florists", Role.OWNER))
        cleo = replace(CLEO, groups=frozenset({"florists"}))
        with pytest.raises(NotFound):
            await authorize_in(world.ports, cleo, Action.READ_PROJECT, project.id)


class TestInvitations:
    """Places for whoever signs in with an address."""

    async def test_an_invitation_binds_on_first_sign_in_and_once(
        self, world: World, project: Project
    ) -> None:
        wanted = Invitation(project.id, " Cleo@Example.org", Role.LABELER, limit=3)
        assert (await invite(world.ports, an_owner(project), wanted)).email == "cleo@example.org"
        cleo = replace(CLEO, addresses=frozenset({"cleo@example.org"}))
        access = await authorize_in(world.ports, cleo, Action.LABEL, project.id)
        assert (access.role, access.limit) == (Role.LABELER, 3)
        assert [one.email for one in await world.ports.invitations.of_project(project.id)] == [
            "vera@petals.example"
        ]
        other = replace(cleo, id="another-cleo")
        with pytest.raises(NotFound):
            await authorize_in(world.ports, other, Action.LABEL, project.id)

    async def test_an_address_nobody_vouches_for_binds_nothing(self, world: World, project: Project) -> None:
        await invite(world.ports, an_owner(project), Invitation(project.id, CLEO.email, Role.LABELER))
        with pytest.raises(NotFound):
            await authorize_in(world.ports, CLEO, Action.LABEL, project.id)

    async def test_inviting_again_changes_the_invitation(self, world: World, project: Project) -> None:
        owner = an_owner(project)
        await invite(world.ports, owner, Invitation(project.id, CLEO.email, Role.LABELER))
        await invite(world.ports, owner, Invitation(project.id, "CLEO@example.org", Role.REVIEWER))
        cleo = [one for one in await list_invitations(world.ports, owner) if one.email == CLEO.email]
        assert [one.role for one in cleo] == [Role.REVIEWER]
        await withdraw_invitation(world.ports, owner, "Cleo@Example.org")
        assert CLEO.email not in {one.email for one in await list_invitations(world.ports, owner)}

    async def test_they_go_with_the_project(self, world: World, project: Project) -> None:
        await delete_project(world.ports, project.id, "ana")
        await erase_project(world.ports, project.id)
        assert await world.ports.invitations.of_project(project.id) == []
        assert await world.ports.members.of_project(project.id) == []

    async def test_a_member_stays_what_they_are(self, world: World, project: Project) -> None:
        await invite(world.ports, an_owner(project), Invitation(project.id, ANA.email, Role.LABELER))
        await accept_invitations(world.ports, replace(ANA, addresses=frozenset({ANA.email})))
        assert await world.ports.members.get(project.id, "ana") == Member(project.id, "ana", Role.OWNER)
        assert await world.ports.invitations.to(ANA.email) == []

    async def test_the_vendors_admin_is_invited_with_the_project(
        self, world: World, project: Project
    ) -> None:
        await world.ports.members.remove(project.id, "vera")
        await accept_invitations(world.ports, replace(VERA, addresses=frozenset({VERA.email})))
        assert await world.ports.members.get(project.id, "vera") == Member(
            project.id, "vera", Role.VENDOR_ADMIN, vendor=True
        )


class TestMembers:
    """Adding, changing, removing."""

    async def test_the_last_owner_stays(self, world: World, project: Project) -> None:
        owner = an_owner(project)
        await set_member(world.ports, owner, Member(project.id, "group:owners", Role.OWNER))
        with pytest.raises(Conflict):
            await remove_member(world.ports, owner, "ana")
        with pytest.raises(Conflict):
            await set_member(world.ports, owner, Member(project.id, "ana", Role.LABELER))
        await set_member(world.ports, owner, Member(project.id, "ben", Role.OWNER))
        await remove_member(world.ports, owner, "ana")

    async def test_two_owners_cannot_remove_each_other(self, world: World, project: Project) -> None:
        owner = an_owner(project)
        await set_member(world.ports, owner, Member(project.id, "ben", Role.OWNER))
        slow = replace(world.ports, members=SlowMembers(world.ports.members))
        removals = (remove_member(slow, owner, user) for user in ("ana", "ben"))
        outcomes = await asyncio.gather(*removals, return_exceptions=True)
        assert Conflict in {type(outcome) for outcome in outcomes}
        assert any(member.role is Role.OWNER for member in await list_members(world.ports, owner))

    async def test_who_changed_what_is_logged_once(self, world: World, project: Project) -> None:
        owner = an_owner(project)
        for _ in range(2):
            await set_member(world.ports, owner, Member(project.id, "cleo", Role.LABELER))
        await set_member(world.ports, owner, Member(project.id, "cleo", Role.LABELER, limit=5))
        for _ in range(2):
            await remove_member(world.ports, owner, "cleo")
        await invite(world.ports, owner, Invitation(project.id, CLEO.email, Role.EXPORTER))
        await accept_invitations(world.ports, replace(CLEO, addresses=frozenset({CLEO.email})))
        assert await logged(world, project) == [
            ("ana", Happened.INVITATION_SENT),
            ("ana", Happened.INVITATION_SENT),
            ("ana", Happened.MEMBER_ADDED),
            ("ana", Happened.MEMBER_CHANGED),
            ("ana", Happened.MEMBER_REMOVED),
            ("ana", Happened.PROJECT_CREATED),
            ("cleo", Happened.INVITATION_ACCEPTED),
        ]


class TestVendor:
    """The vendor's admin manages the vendor's labelers, and nothing else."""

    @pytest.mark.parametrize(
        "member",
        [
            Member("", "ana", Role.LABELER, vendor=True),
            Member("", "ben", Role.LABELER, vendor=True),
            Member("", "vera", Role.LABELER, vendor=True),
            Member("", "cleo", Role.LABELER),
            Member("", "cleo", Role.REVIEWER),
            Member("", "cleo", Role.VENDOR_QA, vendor=True),
            Member("", "cleo", Role.VENDOR_ADMIN, vendor=True),
        ],
        ids=str,
    )
    async def test_what_is_not_the_vendors_to_give(
        self, world: World, project: Project, member: Member
    ) -> None:
        with pytest.raises(Forbidden):
            await set_member(world.ports, of_vendor(project), replace(member, project=project.id))

    async def test_the_vendors_labelers_come_and_go(self, world: World, project: Project) -> None:
        vera = of_vendor(project)
        await set_member(world.ports, vera, Member(project.id, "cleo", Role.LABELER, 5, vendor=True))
        await set_member(world.ports, vera, Member(project.id, "cleo", Role.LABELER, 9, vendor=True))
        assert {member.user for member in await list_members(world.ports, vera)} == {"vera", "cleo"}
        await remove_member(world.ports, vera, "cleo")
        for other in ("ana", "ben", "vera"):
            with pytest.raises(Forbidden):
                await remove_member(world.ports, vera, other)

    async def test_the_vendor_invites_its_labelers_alone(self, world: World, project: Project) -> None:
        vera, mail = of_vendor(project), "dora@petals.example"
        await invite(world.ports, an_owner(project), Invitation(project.id, "e@customer.example", Role.OWNER))
        await invite(world.ports, vera, Invitation(project.id, mail, Role.LABELER, vendor=True))
        seen = {one.email for one in await list_invitations(world.ports, vera)}
        assert seen == {"vera@petals.example", mail}
        for refused in (
            Invitation(project.id, mail, Role.VENDOR_QA, vendor=True),
            Invitation(project.id, "e@customer.example", Role.LABELER, vendor=True),
            Invitation(project.id, "f@customer.example", Role.LABELER),
        ):
            with pytest.raises(Forbidden):
                await invite(world.ports, vera, refused)
        with pytest.raises(Forbidden):
            await withdraw_invitation(world.ports, vera, "e@customer.example")

    async def test_a_project_without_a_vendor_has_no_people_of_one(self, world: World) -> None:
        project = await world.running(3)
        with pytest.raises(Invalid):
            await set_member(
                world.ports, an_owner(project), Member(project.id, "vera", Role.VENDOR_ADMIN, vendor=True)
            )

    async def test_whose_figures_one_sees(self, world: World, project: Project) -> None:
        await world.ports.members.put(Member(project.id, "cleo", Role.LABELER, vendor=True))
        figures = {user: Tally(labeled=1) for user in ("ana", "ben", "cleo", "gone")}

        async def seen(access: Access) -> set[str]:
            return set(await visible_labelers(world.ports, access, figures))

        assert await seen(an_owner(project)) == set(figures)
        assert await seen(of_vendor(project, Role.VENDOR_QA)) == {"cleo"}
        assert await seen(Access(BEN, project, "", Role.LABELER)) == {"ben"}
        assert await seen(Access(BEN, project, "", Role.EXPORTER)) == {"ben"}


class TestLeaving:
    """Who labels no more gives everything back."""

    async def test_leases_and_reservations_end(self, world: World, project: Project) -> None:
        first = await claim_task(world.ports, project, BEN, 4)
        assert first is not None
        theirs = item_id(0, 30)
        await review_items(
            world.ports, an_owner(project), Review(ReviewAction.ASSIGN, [theirs], assign_to="ben")
        )
        both = (Reservation("1", ("ben", "cleo"), path="x/**"), Reservation("2", ("ben",), path="photos/1*"))
        await change_project(world.ports, project.id, lambda found: replace(found, reservations=both))
        await remove_member(world.ports, an_owner(project), "ben")

        left = await world.project(project.id)
        assert left.reservations == (Reservation("1", ("cleo",), path="x/**"),)
        controls = [shard.control.value for shard in world.shards.rows.values()]
        assert not any(control.leases for control in controls)
        assert not any(control.reserved.get("ben") for control in controls)
        assert sum(control.statuses()[ItemStatus.PENDING] for control in controls) == 40

    async def test_others_keep_what_they_hold(self, world: World, project: Project) -> None:
        await world.ports.members.put(Member(project.id, "cleo", Role.LABELER))
        await claim_task(world.ports, project, BEN, 4)
        kept = await claim_task(world.ports, project, CLEO, 4)
        assert kept is not None
        await set_member(world.ports, an_owner(project), Member(project.id, "ben", Role.EXPORTER))
        leases = [lease for shard in world.shards.rows.values() for lease in shard.control.value.leases]
        assert [lease.task for lease in leases] == [kept.id]

    async def test_who_may_still_label_keeps_it(self, world: World, project: Project) -> None:
        held = await claim_task(world.ports, project, BEN, 1)
        assert held is not None
        await set_member(world.ports, an_owner(project), Member(project.id, "ben", Role.REVIEWER))
        shard = world.shards.rows[project.id, int(held.id[:4])]
        assert [lease.labeler for lease in shard.control.value.leases] == ["ben"]
