"""Several labelers and reviewers in one project."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from core.domain.answers import Classes
from core.domain.errors import Conflict, Forbidden, Invalid, ItemsChanged
from core.domain.items import ItemStatus, parse_item_id
from core.domain.people import Member, Role, User
from core.domain.projects import Project
from core.domain.quality import Quality
from core.domain.records import ItemRecord
from core.domain.tasks import ItemAnswer, Task
from core.usecases.authorize import Access
from core.usecases.change_project import change_project
from core.usecases.claim_task import claim_task
from core.usecases.list_items import show_item
from core.usecases.reserve_items import Part, reserve_items
from core.usecases.review_items import Review, ReviewAction, correct_item, review_items
from core.usecases.submit_task import submit_task
from tests.unit.usecases.conftest import ANA, BEN, CLEO, World

DAN = User("dan", "Dan", "dan@example.org", administrator=False)


def _as(role: Role, project: Project, user: User = ANA) -> Access:
    return Access(user, project, "", role)


async def _with(world: World, photos: int, **changes: Any) -> Project:
    project = await world.running(photos)
    for user in (BEN, CLEO, DAN):
        await world.ports.members.put(Member(project.id, user.id, Role.LABELER))
    await change_project(world.ports, project.id, lambda found: replace(found, **changes))
    return await world.project(project.id)


async def _answer(world: World, project: Project, user: User, task: Task, label: str = "Rose") -> list[str]:
    answers = [ItemAnswer(parse_item_id(item.id)[1], Classes((label,))) for item in task.items]
    await submit_task(world.ports, project, user, task.id, f"{user.id}-{task.id}", answers)
    return [item.id for item in task.items]


async def _label(world: World, project: Project, user: User, size: int = 1, label: str = "Rose") -> list[str]:
    task = await claim_task(world.ports, project, user, size)
    return [] if task is None else await _answer(world, project, user, task, label)


def _records(world: World, project: Project) -> Mapping[str, ItemRecord]:
    return {
        f"{shard:04d}-{index:04d}": record
        for shard in range(project.shards)
        for index, record in world.shards.rows[project.id, shard].records.items()
    }


async def test_what_others_have_begun_comes_first(world: World) -> None:
    quality = Quality(consensus=True, min_labelers=2, max_labelers=3)
    project = await _with(world, 600, quality=quality)
    begun = await _label(world, project, BEN, 4)
    world.clock.step(minutes=2)
    assert await _label(world, project, CLEO, 4) == begun
    assert not set(await _label(world, project, DAN, 4)) & set(begun)


async def test_nobody_sees_what_others_said(world: World) -> None:
    project = await _with(world, 4, quality=Quality(consensus=True, min_labelers=2, max_labelers=2))
    await _label(world, project, BEN)
    task = await claim_task(world.ports, project, CLEO, 1)
    assert task is not None
    assert (task.items[0].previous, task.items[0].prelabel, task.items[0].comment) == (None, None, None)


async def test_labelers_are_tested_with_gold_items_once_each(world: World) -> None:
    project = await _with(world, 200, quality=Quality(gold_rate=0.5))
    known = await _label(world, project, ANA, 9)
    await review_items(world.ports, _as(Role.OWNER, project), Review(ReviewAction.MARK_GOLD, known))
    seen: list[str] = []
    for _ in range(18):
        seen += await _label(world, project, BEN, 1, "Rose" if len(seen) % 2 else "Animal")
    gold = [item for item in seen if item in known]
    assert len(gold) == len(set(gold)) >= 3
    records = _records(world, project)
    assert all(records[item].annotation == records[item].revision(records[item].gold) for item in gold)
    tally = world.shards.rows[project.id, 0].control.value.counts.labelers["ben"]
    right = sum(records[item].votes["ben"].right is True for item in gold)
    assert (tally.gold, tally.gold_right) == (len(gold), right)


async def test_a_part_is_for_its_labelers_alone_until_they_leave_it(world: World) -> None:
    await world.upload("photos/left/a.jpg", "photos/left/b.jpg")
    project = await _with(world, 2)
    owner = _as(Role.OWNER, project)
    await reserve_items(world.ports, owner, [Part(("ben",), path="photos/left/**")], None)
    project = await world.project(project.id)
    assert len(await _label(world, project, CLEO, 9)) == 2
    assert await _label(world, project, CLEO, 9) == []
    assert len(await _label(world, project, BEN, 9)) == 2
    with pytest.raises(Invalid):
        await reserve_items(world.ports, owner, [Part(("nobody",), path="photos/**")], None)


async def test_a_labeler_with_a_limit_has_that_many_at_most(world: World) -> None:
    project = await _with(world, 30)
    task = await claim_task(world.ports, project, BEN, 4, 6)
    assert task is not None
    held = await claim_task(world.ports, project, BEN, 4, 6)
    assert held is not None
    assert (len(task.items), len(held.items)) == (4, 2)
    assert await claim_task(world.ports, project, BEN, 4, 6) is None
    await _answer(world, project, BEN, task)
    await _answer(world, project, BEN, held)
    assert await claim_task(world.ports, project, BEN, 1, 6) is None


async def test_the_second_of_two_reviewers_is_told_what_changed(world: World) -> None:
    project = await _with(world, 9)
    done = await _label(world, project, BEN, 4)
    seen = dict.fromkeys(done, 1)
    first, second = _as(Role.OWNER, project), _as(Role.OWNER, project, CLEO)
    await review_items(world.ports, first, Review(ReviewAction.APPROVE, done[:1], seen))
    with pytest.raises(ItemsChanged) as refused:
        await review_items(world.ports, second, Review(ReviewAction.REJECT, done, seen, "no rose"))
    assert refused.value.fields["changed"] == [
        {
            "item": done[0],
            "version": 2,
            "status": "labeled",
            "by": "ana",
            "at": "2026-11-20T12:00:00+00:00",
            "action": "approved",
        }
    ]
    assert refused.value.fields["done"] == []
    assert all(record.status is ItemStatus.LABELED for record in _records(world, project).values())


async def test_a_correction_is_of_the_version_that_was_seen(world: World) -> None:
    project = await _with(world, 4)
    (item,) = await _label(world, project, BEN)
    owner = _as(Role.OWNER, project)
    await correct_item(world.ports, owner, item, Classes(("Animal",)), 1, "a cat, after all")
    with pytest.raises(ItemsChanged):
        await correct_item(world.ports, owner, item, Classes(("Rose",)), 1, None)
    shown = await show_item(world.ports, project, item)
    assert shown.record.annotation is not None
    assert shown.record.annotation.answer == Classes(("Animal",))


async def test_what_was_sent_back_is_for_its_labeler_alone_and_says_why(world: World) -> None:
    project = await _with(world, 1)
    (item,) = await _label(world, project, BEN)
    review = Review(ReviewAction.REJECT, [item], comment="look closer", assign_to="cleo")
    await review_items(world.ports, _as(Role.OWNER, project), review)
    world.clock.step(minutes=2)
    assert await claim_task(world.ports, project, BEN, 1) is None
    task = await claim_task(world.ports, project, CLEO, 1)
    assert task is not None
    assert (task.items[0].id, task.items[0].comment) == (item, "look closer")


async def test_who_holds_an_item_loses_it_to_the_one_it_is_handed_to(world: World) -> None:
    project = await _with(world, 1)
    task = await claim_task(world.ports, project, BEN, 1)
    assert task is not None
    review = Review(ReviewAction.ASSIGN, [task.items[0].id], assign_to="cleo")
    await review_items(world.ports, _as(Role.OWNER, project), review)
    assert await claim_task(world.ports, project, CLEO, 1) is not None


async def test_a_page_of_which_an_item_was_handed_to_somebody_else_loses_no_answer(world: World) -> None:
    project = await _with(world, 4)
    task = await claim_task(world.ports, project, BEN, 4)
    assert task is not None
    taken, *others = [item.id for item in task.items]
    review = Review(ReviewAction.ASSIGN, [taken], assign_to="cleo")
    await review_items(world.ports, _as(Role.OWNER, project), review)
    await _answer(world, project, BEN, task)
    records = _records(world, project)
    assert all(records[item].status is ItemStatus.LABELED for item in others)
    assert records[taken].status is ItemStatus.PENDING
    assert [(made.user, made.late) for made in records[taken].revisions] == [("ben", True)]


async def test_a_review_takes_the_permission_it_needs(world: World) -> None:
    project = await _with(world, 4)
    (item,) = await _label(world, project, BEN)
    reviewer = _as(Role.REVIEWER, project, CLEO)
    with pytest.raises(Forbidden):
        await review_items(world.ports, reviewer, Review(ReviewAction.APPROVE, [item]))
    with pytest.raises(Conflict):
        await review_items(world.ports, reviewer, Review(ReviewAction.ACCEPT_SKIP, [item]))
    await review_items(world.ports, reviewer, Review(ReviewAction.REJECT, [item]))
    with pytest.raises(Invalid):
        await review_items(world.ports, reviewer, Review(ReviewAction.ASSIGN, [item], assign_to="nobody"))
