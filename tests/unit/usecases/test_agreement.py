"""Measuring agreement goes through the shards, can be broken off, and ends in one report."""

from datetime import timedelta

import pytest

from core.domain.answers import Classes
from core.domain.commands import RunOperation
from core.domain.errors import NotFound, WrongStatus
from core.domain.items import parse_item_id
from core.domain.log import Happened
from core.domain.operations import OperationType
from core.domain.people import Member, Role, User
from core.domain.projects import Project
from core.domain.quality import Quality
from core.domain.tasks import ItemAnswer
from core.domain.transfers import TransferStatus
from core.ports import Ports
from core.usecases.authorize import Access
from core.usecases.claim_task import claim_task
from core.usecases.delete_project import delete_project
from core.usecases.request_agreement import request_agreement
from core.usecases.run_operation import A_MESSAGE_WORKS, run_operation
from core.usecases.show_agreement import show_agreement
from core.usecases.show_dashboard import show_dashboard
from core.usecases.submit_task import submit_task
from tests.unit.usecases.conftest import ANA, APP, BEN, CLEO, World

TWO = Quality(consensus=True, min_labelers=2, max_labelers=2)


async def _voted(world: World, photos: int = 40) -> Project:
    """Ben says Cat of every photo, Cleo Dog of every fourth and Cat of the others."""
    await world.upload(*(f"photos/{number:05d}.jpg" for number in range(photos)))
    project = await world.over("photos/**", quality=TWO)
    paths = sorted(await world.paths(project.id))
    for user in (BEN, CLEO):
        while task := await claim_task(world.ports, project, user, 9):
            answers = [
                ItemAnswer(
                    parse_item_id(item.id)[1],
                    Classes(("Dog" if user is CLEO and paths.index(item.path) % 4 == 0 else "Cat",)),
                )
                for item in task.items
            ]
            await submit_task(world.ports, project, user, task.id, f"s{task.id}", answers)
    return project


def _as(user: User, project: Project, role: Role = Role.OWNER) -> Access:
    return Access(user, project, "", role)


async def _measured(world: World, project: Project) -> Project:
    asked = await request_agreement(world.ports, _as(ANA, project))
    assert world.commands.sent[-1] == RunOperation(project.id, asked.id)
    await run_operation(world.ports, project.id, asked.id)
    done = await world.ports.operations.get(project.id, asked.id)
    assert (done.type, done.status) == (OperationType.MEASURE_AGREEMENT, TransferStatus.DONE)
    assert (done.progress, done.changed) == (1.0, 0)
    return await world.project(project.id)


async def test_a_project_of_several_shards_is_measured_as_one(world: World) -> None:
    project = await _measured(world, await _voted(world, 600))
    assert project.shards == 2
    shown = await show_agreement(world.ports, _as(ANA, project))
    assert (shown.report.items, shown.report.votes) == (600, 1_200)
    assert shown.report.mean == pytest.approx((450 * 1 + 150 * 1 / 2) / 600)
    assert shown.report.alpha == pytest.approx(1 - 1_199 * (150 * 2) / (1_200**2 - 1_050**2 - 150**2))
    assert {user: (each.votes, each.agreement) for user, each in shown.report.labelers.items()} == {
        "ben": (600, 1.0),
        "cleo": (600, 1.0),
    }
    assert [(each.given, each.consensus, each.count) for each in shown.report.confusion] == [
        ("Cat", "Cat", 900)
    ]


async def test_the_project_and_its_dashboard_tell_the_first_figures(world: World) -> None:
    before = await _voted(world)
    assert (await show_dashboard(world.ports, _as(ANA, before))).agreement is None
    project = await _measured(world, before)
    shown = (await show_dashboard(world.ports, _as(ANA, project))).agreement
    assert shown is not None
    assert (shown.at, shown.mean) == (world.clock.now(), 0.875)
    assert (await show_dashboard(world.ports, _as(BEN, project, Role.LABELER))).agreement is None


async def test_it_can_be_broken_off_after_every_shard(world: World) -> None:
    project = await _voted(world, 600)
    whole = (await show_agreement(world.ports, _as(ANA, await _measured(world, project)))).report
    asked = await request_agreement(world.ports, _as(ANA, project))
    reads = world.ports.shards.read

    async def slow(project: str, shard: int, *, fresh: bool = False) -> object:
        world.clock.step(seconds=A_MESSAGE_WORKS.total_seconds() + 1)
        return await reads(project, shard, fresh=fresh)

    world.ports.shards.read = slow  # type: ignore[method-assign, assignment]  # each shard takes a message
    for number in range(project.shards):
        await run_operation(world.ports, project.id, asked.id)
        at = await world.ports.operations.get(project.id, asked.id)
        assert at.shards == number + 1
    await run_operation(world.ports, project.id, asked.id)
    assert (await world.ports.operations.get(project.id, asked.id)).status is TransferStatus.DONE
    again = (await show_agreement(world.ports, _as(ANA, await world.project(project.id)))).report
    assert (again.items, again.mean, again.confusion) == (whole.items, whole.mean, whole.confusion)
    assert again.at > whole.at + timedelta(minutes=1)


async def test_finishing_twice_makes_one_report_and_leaves_no_pieces(world: World) -> None:
    project = await _measured(world, await _voted(world))
    assert project.agreement is not None
    done = await world.ports.operations.get(project.id, project.agreement.operation)
    killed = type(done)(done.id, done.type, done.created_at, done.created_by, shards=done.shards)
    await world.ports.operations.put(project.id, killed)
    world.clock.step(minutes=1)
    await run_operation(world.ports, project.id, done.id)
    assert await world.project(project.id) == project
    page = await world.ports.log.page(project.id, 100)
    told = [entry.details for entry in page.entries if entry.what is Happened.AGREEMENT_MEASURED]
    assert told == [{"items": 40, "mean": project.agreement.mean, "alpha": project.agreement.alpha}]
    assert await _blobs(world.ports, project) == [f"projects/{project.id}/agreement/{done.id}.json"]


async def _blobs(ports: Ports, project: Project) -> list[str]:
    pages = ports.blobs.list(APP, f"projects/{project.id}/agreement/")
    return [blob.name async for page in pages for blob in page]


async def test_the_vendor_sees_its_own_people(world: World) -> None:
    project = await _measured(world, await _voted(world))
    await world.ports.members.put(Member(project.id, "cleo", Role.LABELER, vendor=True))
    dora = User("dora", "Dora", "dora@example.org", administrator=False)
    shown = await show_agreement(world.ports, _as(dora, project, Role.VENDOR_QA))
    assert set(shown.report.labelers) == {"cleo"}


async def test_before_it_is_measured_there_is_no_report(world: World) -> None:
    project = await world.running(4)
    with pytest.raises(NotFound, match="report"):
        await show_agreement(world.ports, _as(ANA, project))
    project = await _measured(world, project)
    report = (await show_agreement(world.ports, _as(ANA, project))).report
    assert (report.items, report.mean, report.alpha) == (0, None, None)


async def test_a_project_that_is_being_deleted_is_not_measured(world: World) -> None:
    project = await world.running(4)
    await delete_project(world.ports, project.id, "ana")
    with pytest.raises(WrongStatus):
        await request_agreement(world.ports, _as(ANA, await world.project(project.id)))
