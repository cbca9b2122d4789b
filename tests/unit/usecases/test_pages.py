"""What labelers see of predictions: on which pages, in which order, and never what is audited."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from core.domain.answers import Classes
from core.domain.assist import Assist, Order, Trust, Unsure
from core.domain.items import item_id, parse_item_id
from core.domain.people import User
from core.domain.predictions import Groups, Prediction
from core.domain.projects import Project
from core.domain.shards import Change, Lane
from core.domain.tasks import ItemAnswer, Task, TaskType
from core.logic.assist.lanes import laned
from core.usecases.claim_task import claim_task
from core.usecases.hold_task import renew_task
from core.usecases.reopen_task import reopen_task
from core.usecases.run_files import groups_name, predictions_name
from core.usecases.submit_task import submit_task
from tests.unit.usecases.conftest import BEN, CLEO, World

ITEMS = 40
TRUST = Trust("run.1", "run", threshold=0.8, audit_rate=0.3)


def _predictions(run: str = "run") -> Mapping[int, Prediction]:
    """Of every item: even ones are cats and odd ones are roses, surer and surer of them."""
    return {
        index: Prediction(Classes(("Rose" if index % 2 else "Animal/Cat",)), index / ITEMS, run=run)
        for index in range(ITEMS)
    }


async def _show(
    world: World, project: Project, trust: Trust, predictions: Mapping[int, Prediction], groups: Groups = ()
) -> None:
    """What a run leaves behind in the first shard."""
    control = (await world.ports.shards.read(project.id, 0, fresh=True)).value
    named = predictions_name(project.id, trust.id, 0)
    await world.ports.predictions.write(named, predictions)
    grouped = groups_name(project.id, trust.id, 0) if groups else None
    if grouped:
        await world.ports.groups.write(grouped, groups)
    moved = replace(laned(control, project.id, predictions, trust), predictions=named, groups=grouped)
    known = await world.ports.shards.read(project.id, 0, fresh=True)
    await world.ports.shards.commit(project.id, Change(moved), known.etag)


async def _lanes(world: World, project: Project) -> Mapping[str, Lane]:
    control = (await world.ports.shards.read(project.id, 0, fresh=True)).value
    return {item_id(0, index): control.lane(index) for index in range(len(control.states))}


async def _claim(world: World, project: Project, size: int = 9, user: User = BEN) -> Task:
    task = await claim_task(world.ports, project, user, size)
    assert task is not None
    return task


async def _answer(world: World, project: Project, task: Task, user: User = BEN) -> None:
    answers = [ItemAnswer(parse_item_id(item.id)[1], Classes(("Rose",))) for item in task.items]
    await submit_task(world.ports, project, user, task.id, f"s{task.id}", answers)


def _seen(task: Task) -> Sequence[str]:
    return [item.id for item in task.items if item.prelabel is not None]


@pytest.fixture
async def project(world: World) -> Project:
    return await world.running(ITEMS)


@pytest.mark.parametrize("unsure", Unsure)
async def test_a_labeler_never_sees_what_is_predicted_of_an_audited_item(
    world: World, project: Project, unsure: Unsure
) -> None:
    await _show(world, project, replace(TRUST, unsure=unsure), _predictions())
    lanes = await _lanes(world, project)
    audited = {item for item, lane in lanes.items() if lane is Lane.AUDIT}
    told = {item for item, lane in lanes.items() if lane in {Lane.TRUSTED, Lane.PRELABELED}}
    assert audited
    seen: set[str] = set()
    for size in (9, 4, 1, 6) * 9:
        task = await claim_task(world.ports, project, BEN, size)
        if task is None:
            break
        again = await renew_task(world.ports, project, BEN, task.id)
        await _answer(world, project, task)
        taken_back = await reopen_task(world.ports, project, BEN, [item.id for item in task.items])
        for shown in (task, again, taken_back):
            assert (shown.type is TaskType.MANUAL) == (_seen(shown) == [])
            seen.update(_seen(shown))
        await _answer(world, project, taken_back)
    assert seen == told
    control = (await world.ports.shards.read(project.id, 0)).value
    assert all(control.status(index) == "labeled" for index in range(ITEMS))


async def test_a_run_that_comes_in_between_shows_nothing_that_it_audits(
    world: World, project: Project
) -> None:
    early = await _claim(world, project)
    assert (early.type, _seen(early)) == (TaskType.MANUAL, [])
    await _show(world, project, TRUST, _predictions())
    assert _seen(await renew_task(world.ports, project, BEN, early.id)) == []
    later = [await _claim(world, project, user=CLEO) for _ in range(4)]
    prelabeled = next(task for task in later if task.type is TaskType.PRELABELED)
    assert len(_seen(prelabeled)) == len(prelabeled.items)
    await _show(world, project, replace(TRUST, id="run.2", threshold=0.0, audit_rate=1.0), _predictions())
    assert _seen(await renew_task(world.ports, project, CLEO, prelabeled.id)) == []


async def test_a_mixture_of_answers_that_are_taken_back_is_shown_without_prelabels(
    world: World, project: Project
) -> None:
    await _show(world, project, TRUST, _predictions())
    lanes = await _lanes(world, project)
    one_each = {lane: item for item, lane in lanes.items()}
    for _ in range(12):
        if task := await claim_task(world.ports, project, BEN, 9):
            await _answer(world, project, task)
    both = await reopen_task(world.ports, project, BEN, [one_each[Lane.AUDIT], one_each[Lane.TRUSTED]])
    assert (both.type, _seen(both)) == (TaskType.MANUAL, [])


async def test_similar_images_come_together(world: World, project: Project) -> None:
    cats, roses = range(0, ITEMS, 2), range(1, ITEMS, 2)
    await _show(world, project, replace(TRUST, threshold=0.0, audit_rate=0.0), _predictions(), [cats, roses])
    kinds = []
    for _ in range(5):
        task = await _claim(world, project)
        kinds.append(
            (task.type, len({item.prelabel.prediction.answer for item in task.items if item.prelabel}))
        )
    clustered, rest = (TaskType.CLUSTERED, 1), (TaskType.PRELABELED, 2)
    assert kinds == [clustered] * 4 + [rest]


async def test_before_any_model_similar_images_come_without_prelabels(world: World, project: Project) -> None:
    control = await world.ports.shards.read(project.id, 0)
    await world.ports.groups.write("alike", [range(0, ITEMS, 2), range(1, ITEMS, 2)])
    await world.ports.shards.commit(project.id, Change(replace(control.value, groups="alike")), control.etag)
    task = await _claim(world, project)
    assert (task.type, _seen(task)) == (TaskType.CLUSTERED, [])
    assert [parse_item_id(item.id)[1] for item in task.items] == list(range(0, 18, 2))
    assert (await _claim(world, project, 1)).type is TaskType.MANUAL


async def test_half_of_the_tasks_begin_with_what_the_model_is_least_sure_of(
    world: World, project: Project
) -> None:
    project = replace(project, assist=Assist(order=Order.UNCERTAIN))
    sure = {index: replace(found, confidence=1 - index / ITEMS) for index, found in _predictions().items()}
    await _show(world, project, replace(TRUST, threshold=None), sure)
    tasks = [await _claim(world, project, 1) for _ in range(20)]
    items = sorted(parse_item_id(task.items[0].id)[1] for task in tasks)
    first, last = [item for item in items if item < 20], [item for item in items if item >= 20]
    assert first == list(range(len(first)))
    assert last == list(range(ITEMS - len(last), ITEMS))
    assert 5 <= len(last) <= 15
