"""What a process remembers of members: for a few seconds, and not what it has just changed itself."""

from dataclasses import dataclass, field, replace

import pytest

from core.adapters.caching import REMEMBERED_SECONDS, CachedMembers
from core.adapters.memory import MemoryMembers
from core.domain.people import Member, Role, User
from core.ports import Ports
from core.usecases.find_member import find_member
from tests.unit.usecases.conftest import SteppedClock, make_world

BEN = User("ben", "Ben", "ben@example.org", administrator=False)
GIL = User("gil", "Gil", "gil@example.org", administrator=False, groups=frozenset({"florists"}))
LABELER = Member("flowers", "ben", Role.LABELER)
FLORISTS = Member("flowers", "group:florists", Role.REVIEWER)


@dataclass
class CountedMembers(MemoryMembers):
    """Members that note what they are asked."""

    asked: list[str] = field(default_factory=list)

    async def get(self, project: str, user: str) -> Member | None:
        self.asked.append(user)
        return await super().get(project, user)

    async def groups(self) -> list[Member]:
        self.asked.append("groups")
        return await super().groups()


@dataclass
class Desk:
    """A cache, the store behind it, and the clock that both follow."""

    ports: Ports
    store: CountedMembers
    clock: SteppedClock


@pytest.fixture
async def desk() -> Desk:
    world = await make_world()
    store = CountedMembers({("flowers", member.user): member for member in (LABELER, FLORISTS)})
    ports = replace(world.ports, members=CachedMembers(store, world.clock))
    return Desk(ports, store, world.clock)


async def test_who_is_in_no_group_costs_one_read(desk: Desk) -> None:
    for _ in range(3):
        assert await find_member(desk.ports, "flowers", BEN) == LABELER
    assert desk.store.asked == ["ben"]


async def test_all_groups_are_read_once(desk: Desk) -> None:
    for project in ("flowers", "flowers", "trees"):
        await find_member(desk.ports, project, GIL)
    assert desk.store.asked.count("groups") == 1


async def test_nothing_is_remembered_for_long(desk: Desk) -> None:
    for user in (BEN, GIL):
        assert await find_member(desk.ports, "flowers", user) is not None
    desk.store.rows.clear()
    desk.clock.step(seconds=REMEMBERED_SECONDS)
    for user in (BEN, GIL):
        assert await find_member(desk.ports, "flowers", user) is None


async def test_ones_own_changes_are_seen_at_once(desk: Desk) -> None:
    for user in (BEN, GIL):
        await find_member(desk.ports, "flowers", user)
    await desk.ports.members.put(replace(LABELER, role=Role.OWNER))
    await desk.ports.members.remove("flowers", FLORISTS.user)
    assert await find_member(desk.ports, "flowers", BEN) == replace(LABELER, role=Role.OWNER)
    assert await find_member(desk.ports, "flowers", GIL) is None
