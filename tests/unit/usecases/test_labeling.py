"""Claim, keep, give back, answer, reopen: as the API's callers meet them."""

import asyncio
from dataclasses import replace

import pytest

from core.adapters.blob_archives import BlobArchive
from core.adapters.caching import CachedShards
from core.domain.answers import Classes
from core.domain.errors import Conflict, Invalid, InvalidAnswer, NotFound, TaskGone, WrongStatus
from core.domain.items import parse_item_id
from core.domain.people import User
from core.domain.projects import Project
from core.domain.tasks import ItemAnswer, Outcome, Task
from core.formats import manifest
from core.logic.records import counting
from core.usecases.claim_task import claim_task
from core.usecases.edit_project import pause_project, resume_project
from core.usecases.hold_task import give_back_task, renew_task
from core.usecases.reopen_task import reopen_task
from core.usecases.submit_task import submit_task
from tests.unit.usecases.conftest import APP, BEN, CLEO, World

ROSE = Classes(("Rose",))


async def _claim(world: World, project: Project, user: User = BEN, size: int = 4) -> Task:
    task = await claim_task(world.ports, project, user, size)
    assert task is not None
    return task


async def _answer(
    world: World,
    project: Project,
    task: Task,
    user: User = BEN,
    submission: str = "s1",
    answer: Classes = ROSE,
) -> dict[str, Outcome]:
    answers = [ItemAnswer(parse_item_id(item.id)[1], answer) for item in task.items]
    outcomes = await submit_task(world.ports, project, user, task.id, submission, answers)
    shard = int(task.id[:4])
    return {f"{shard:04d}-{index:04d}": outcome for index, outcome in outcomes.items()}


async def test_a_task_shows_its_items_with_urls_that_last_as_long_as_the_lease(world: World) -> None:
    project = await world.running(5)
    task = await _claim(world, project)
    assert len(task.items) == 4
    first = task.items[0]
    assert first.path in await world.paths(project.id)
    assert first.url == f"memory://data/{first.path}?until={task.expires.isoformat()}"


async def test_everything_is_labeled_once_by_many_at_a_time(world: World) -> None:
    project = await world.running(700)
    seen: list[str] = []

    async def label(number: int) -> None:
        user = User(f"labeler{number}", "", "", administrator=False)
        while task := await claim_task(world.ports, project, user, (1, 4, 6, 9)[number % 4]):
            seen.extend(item.path for item in task.items)
            await _answer(world, project, task, user, f"s{task.id}")

    await asyncio.gather(*(label(number) for number in range(12)))
    assert len(seen) == len(set(seen)) == 700
    for shard in range(project.shards):
        row = world.shards.rows[project.id, shard]
        assert row.control.value.counts == counting.recount(row.records.values())


async def test_two_processes_never_hand_out_the_same_item(world: World) -> None:
    project = await world.running(300)
    other = replace(world.ports, shards=CachedShards(world.shards, world.clock))
    seen: list[str] = []
    for turn in range(200):
        ports = (world.ports, other)[turn % 2]
        task = await claim_task(ports, project, BEN, 1)
        assert task is not None
        seen.append(task.items[0].id)
        submitter = (other, world.ports)[turn % 2]
        answers = [ItemAnswer(parse_item_id(task.items[0].id)[1], ROSE)]
        await submit_task(submitter, project, BEN, task.id, f"s{turn}", answers)
    assert len(set(seen)) == 200


async def test_nothing_is_left_until_a_lease_expires(world: World) -> None:
    project = await world.running(1)
    await _claim(world, project)
    assert await claim_task(world.ports, project, CLEO, 1) is None
    world.clock.step(minutes=31)
    assert (await _claim(world, project, CLEO)).items


async def test_the_same_submission_sent_five_times_counts_once(world: World) -> None:
    project = await world.running(4)
    task = await _claim(world, project)
    results = await asyncio.gather(*(_answer(world, project, task) for _ in range(5)))
    assert results == [{item.id: Outcome.LABELED for item in task.items}] * 5
    control = world.shards.rows[project.id, 0].control.value
    assert control.counts.labelers["ben"].labeled == 4


async def test_a_late_answer_is_kept_beside_the_one_that_came_first(world: World) -> None:
    project = await world.running(1)
    late = await _claim(world, project)
    world.clock.step(minutes=31)
    prompt = await _claim(world, project, CLEO)
    await _answer(world, project, prompt, CLEO, "s2")
    assert await _answer(world, project, late) == {"0000-0000": Outcome.LATE}
    record = world.shards.rows[project.id, 0].records[0]
    assert record.annotation is not None
    assert [revision.user for revision in record.revisions] == ["cleo", "ben"]
    assert record.annotation.user == "cleo"


async def test_a_paused_project_hands_out_nothing_but_takes_what_was_handed_out(world: World) -> None:
    project = await world.running(5)
    task = await _claim(world, project)
    paused = (await pause_project(world.ports, project.id, "ana")).value
    with pytest.raises(WrongStatus):
        await claim_task(world.ports, paused, BEN, 1)
    assert set((await _answer(world, paused, task)).values()) == {Outcome.LABELED}
    resumed = (await resume_project(world.ports, project.id, "ana")).value
    assert len((await _claim(world, resumed)).items) == 1


async def test_a_task_can_be_kept_and_given_back(world: World) -> None:
    project = await world.running(1)
    task = await _claim(world, project)
    world.clock.step(minutes=20)
    assert (await renew_task(world.ports, project, BEN, task.id)).expires > task.expires
    await give_back_task(world.ports, project, BEN, task.id)
    with pytest.raises(TaskGone):
        await renew_task(world.ports, project, BEN, task.id)
    assert await claim_task(world.ports, project, CLEO, 1) is not None


async def test_ones_own_answers_can_be_replaced(world: World) -> None:
    project = await world.running(4)
    task = await _claim(world, project)
    await _answer(world, project, task)
    with pytest.raises(Conflict):
        await reopen_task(world.ports, project, CLEO, [task.items[0].id])
    again = await reopen_task(world.ports, project, BEN, [item.id for item in task.items])
    assert [item.previous for item in again.items] == [ROSE] * 4
    await _answer(world, project, again, submission="s2", answer=Classes(("Animal",)))
    assert world.shards.rows[project.id, 0].control.value.counts.labels == {"Animal": 4}


async def test_an_answer_of_classes_is_taken_without_a_look_at_its_item(world: World) -> None:
    project = await world.running(4)
    task = await _claim(world, project)
    await world.blobs.remove_all(APP, f"projects/{project.id}/shards/")
    cold = replace(
        world.ports,
        shards=CachedShards(world.shards, world.clock),
        manifests=BlobArchive(world.blobs, APP, manifest.encode, manifest.decode),
    )
    answers = [ItemAnswer(parse_item_id(item.id)[1], ROSE) for item in task.items]
    outcomes = await submit_task(cold, project, BEN, task.id, "s1", answers)
    assert set(outcomes.values()) == {Outcome.LABELED}


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (ItemAnswer(0, Classes(("Tulip",))), "Item 0000-0000: there is no label 'Tulip' in this project."),
        (ItemAnswer(0), "Item 0000-0000: either an answer or a reason for skipping is needed."),
        (
            ItemAnswer(0, ROSE, skipped="x"),
            "Item 0000-0000: either an answer or a reason for skipping is needed.",
        ),
    ],
)
async def test_an_answer_that_does_not_fit_is_refused_and_nothing_is_lost(
    world: World, answer: ItemAnswer, reason: str
) -> None:
    project = await world.running(1)
    task = await _claim(world, project)
    with pytest.raises(InvalidAnswer) as refused:
        await submit_task(world.ports, project, BEN, task.id, "s1", [answer])
    assert str(refused.value) == reason
    await _answer(world, project, task)


async def test_answers_to_items_that_do_not_exist_or_twice_are_refused(world: World) -> None:
    project = await world.running(1)
    task = await _claim(world, project)
    with pytest.raises(NotFound):
        await submit_task(world.ports, project, BEN, task.id, "s1", [ItemAnswer(99, ROSE)])
    for answers in ([], [ItemAnswer(0, ROSE), ItemAnswer(0, ROSE)]):
        with pytest.raises(Invalid):
            await submit_task(world.ports, project, BEN, task.id, "s1", answers)
    for nonsense in ("", "x", "0000", "99999-x"):
        with pytest.raises(NotFound):
            await submit_task(world.ports, project, BEN, nonsense, "s1", [ItemAnswer(0, ROSE)])
