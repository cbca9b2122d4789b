"""Labels that change while there are answers: nothing is lost, and counters stay exact."""

from copy import deepcopy
from dataclasses import replace

import pytest

from core.domain.answers import Classes
from core.domain.commands import RunOperation
from core.domain.errors import Conflict, InvalidLabels, WrongStatus
from core.domain.exports import ExportOptions, Format
from core.domain.items import ItemStatus, item_id
from core.domain.labels import Label, LabelChange, RelabelMode
from core.domain.people import Role
from core.domain.predictions import Prediction
from core.domain.projects import Project, Status
from core.domain.records import ItemAction, Source
from core.domain.shards import Counts
from core.domain.tasks import ItemAnswer
from core.domain.transfers import TransferStatus
from core.logic.records import counting
from core.usecases.authorize import Access
from core.usecases.change_labels import change_labels
from core.usecases.change_project import change_project
from core.usecases.claim_task import claim_task
from core.usecases.edit_project import pause_project, resume_project
from core.usecases.reconcile import revive_stuck
from core.usecases.request_export import request_export
from core.usecases.run_operation import fail_operation, run_operation
from core.usecases.submit_task import submit_task
from core.usecases.write_export import write_export
from core.usecases.write_labels import write_prelabels
from tests.unit.usecases.conftest import ANA, APP, BEN, World

CAT_OR_ROSE = ("Animal/Cat", "Rose", "Animal")
PETS = (Label("Pet", children=(Label("Cat"),)), Label("Flower"))


async def _labeled(world: World, photos: int = 30) -> Project:
    """Photos labeled Animal/Cat, Rose and Animal by turns, but for the last nine."""
    project = await world.running(photos)
    for number in range((photos - 9) // 3):
        task = await claim_task(world.ports, project, BEN, 4)
        assert task is not None
        answers = [
            ItemAnswer(int(item.id[-4:]), Classes((label,)), milliseconds=100)
            for item, label in zip(task.items, CAT_OR_ROSE, strict=False)
        ]
        await submit_task(world.ports, project, BEN, task.id, f"s{number}", answers)
    await pause_project(world.ports, project.id, "ana")
    return await world.project(project.id)


async def _changed(world: World, project: Project, change: LabelChange) -> Project:
    owner = Access(ANA, project, "", Role.OWNER)
    operation = await change_labels(world.ports, owner, change, None)
    await run_operation(world.ports, project.id, operation.id)
    done = await world.ports.operations.get(project.id, operation.id)
    assert (done.status, done.progress) == (TransferStatus.DONE, 1.0)
    return await world.project(project.id)


def _check_counts(world: World, project: Project) -> dict[str, int]:
    """The labels' counts, which equal a recount."""
    labels: dict[str, int] = {}
    for shard in range(project.shards):
        row = world.shards.rows[project.id, shard]
        assert row.control.value.counts == counting.recount(row.records.values())
        labels = dict(counting.total([Counts(labels), row.control.value.counts]).labels)
    return labels


async def test_another_key_touches_no_answer(world: World) -> None:
    project = await _labeled(world, 12)
    before = deepcopy(world.shards.rows)
    animal, rose = project.labels
    project = await _changed(world, project, LabelChange((animal, replace(rose, key="r"))))
    assert [label.key for label in project.labels] == [None, "r"]
    assert world.shards.rows == before


async def test_labels_are_renamed_and_merged_and_answers_follow(world: World) -> None:
    project = await _labeled(world)
    change = LabelChange(PETS, moves={"Animal": "Pet", "Rose": "Flower"})
    project = await _changed(world, project, change)
    assert _check_counts(world, project) == {"Pet/Cat": 7, "Flower": 7, "Pet": 7}
    merged = LabelChange((Label("Pet"), Label("Flower")), moves={"Pet/Cat": "Pet"})
    project = await _changed(world, project, merged)
    assert _check_counts(world, project) == {"Flower": 7, "Pet": 14}
    assert (project.label_version, project.relabeling) == (2, False)


async def test_an_items_history_says_what_was_renamed(world: World) -> None:
    project = await _labeled(world, 12)
    project = await _changed(world, project, LabelChange(PETS, moves={"Animal": "Pet", "Rose": "Flower"}))
    records = world.shards.rows[project.id, 0].records
    events = {record.events[0].detail for record in records.values()}
    assert events == {"Animal/Cat → Pet/Cat", "Rose → Flower", "Animal → Pet"}
    assert {record.events[0].action for record in records.values()} == {ItemAction.RELABELED}


async def test_labels_that_swap_names_are_not_mixed_up_however_often_it_is_done(world: World) -> None:
    project = await _labeled(world)
    swap = {"Rose": "Animal", "Animal": "Rose", "Animal/Cat": "Rose/Cat"}
    change = LabelChange((Label("Rose", children=(Label("Cat"),)), Label("Animal")), moves=swap)
    owner = Access(ANA, project, "", Role.OWNER)
    operation = await change_labels(world.ports, owner, change, None)
    before = await world.ports.operations.get(project.id, operation.id)
    for _ in range(3):
        await world.ports.operations.put(project.id, before)
        await run_operation(world.ports, project.id, operation.id)
    assert _check_counts(world, project) == {"Rose/Cat": 7, "Animal": 7, "Rose": 7}
    assert (await world.ports.operations.get(project.id, operation.id)).changed == 21


async def test_a_retired_label_is_kept_by_answers_and_offered_no_more(world: World) -> None:
    project = await _labeled(world)
    left = (Label("Animal", children=(Label("Cat"),)),)
    with pytest.raises(InvalidLabels, match="What becomes of 'Rose'"):
        await _changed(world, project, LabelChange(left))
    await write_prelabels(world.ports, project.id, 0, {29: Prediction(Classes(("Rose",)), 0.75)})
    project = await _changed(world, project, LabelChange(left, retired=("Rose",)))
    assert _check_counts(world, project)["Rose"] == 7
    assert project.retired == ("Rose",)
    control = world.shards.rows[project.id, 0].control.value
    assert control.predictions is not None
    assert await world.ports.predictions.read(control.predictions) == {}
    asked = await request_export(world.ports, project, ANA, ExportOptions(Format.COCO))
    await write_export(world.ports, project.id, asked.id)
    export = await world.ports.exports.get(project.id, asked.id)
    assert export.blob is not None
    assert b'"Rose"' in await world.blobs.read(APP, export.blob)


@pytest.mark.parametrize("mode", [RelabelMode.RESTART, RelabelMode.RESTART_KEEP])
async def test_labeling_begins_anew_and_the_old_answer_may_be_the_default(
    world: World, mode: RelabelMode
) -> None:
    project = await _labeled(world, 12)
    project = await _changed(world, project, LabelChange(project.labels, mode))
    control = world.shards.rows[project.id, 0].control.value
    assert control.statuses() == {ItemStatus.PENDING: 12}
    assert _check_counts(world, project) == {}
    assert control.counts.labelers["ben"].labeled == 0
    await resume_project(world.ports, project.id, "ana")
    task = await claim_task(world.ports, await world.project(project.id), BEN, 1)
    assert task is not None
    kept = Classes(("Animal/Cat",)) if mode is RelabelMode.RESTART_KEEP else None
    assert task.items[0].previous == kept


async def test_an_answer_to_a_task_from_before_comes_in_the_labels_of_now(world: World) -> None:
    project = await world.running(4)
    task = await claim_task(world.ports, project, BEN, 1)
    assert task is not None
    await pause_project(world.ports, project.id, "ana")
    project = await world.project(project.id)
    owner = Access(ANA, project, "", Role.OWNER)
    change = LabelChange(PETS, moves={"Animal": "Pet", "Rose": "Flower"})
    operation = await change_labels(world.ports, owner, change, None)
    now = await world.project(project.id)
    index = int(task.items[0].id[-4:])
    await submit_task(world.ports, now, BEN, task.id, "s1", [ItemAnswer(index, Classes(("Rose",)))])
    await run_operation(world.ports, project.id, operation.id)
    assert _check_counts(world, now) == {"Flower": 1}


async def test_an_answer_in_the_old_labels_by_an_instance_that_did_not_know_yet_is_brought_up(
    world: World,
) -> None:
    project = await world.running(4)
    task = await claim_task(world.ports, project, BEN, 1)
    assert task is not None
    await pause_project(world.ports, project.id, "ana")
    before = await world.project(project.id)
    owner = Access(ANA, before, "", Role.OWNER)
    change = LabelChange(PETS, moves={"Animal": "Pet", "Rose": "Flower"})
    operation = await change_labels(world.ports, owner, change, None)
    index = int(task.items[0].id[-4:])
    await submit_task(world.ports, before, BEN, task.id, "s1", [ItemAnswer(index, Classes(("Rose",)))])
    await run_operation(world.ports, project.id, operation.id)
    assert _check_counts(world, before) == {"Flower": 1}


async def test_a_project_runs_again_only_when_its_answers_have_followed(world: World) -> None:
    project = await _labeled(world, 12)
    owner = Access(ANA, project, "", Role.OWNER)
    change = LabelChange(PETS, moves={"Animal": "Pet", "Rose": "Flower"})
    operation = await change_labels(world.ports, owner, change, None)
    assert RunOperation(project.id, operation.id) in world.commands.sent
    with pytest.raises(Conflict, match="labels are being changed"):
        await resume_project(world.ports, project.id, "ana")
    again = Access(ANA, await world.project(project.id), "", Role.OWNER)
    with pytest.raises(Conflict, match="being changed already"):
        await change_labels(world.ports, again, LabelChange(PETS), None)
    await run_operation(world.ports, project.id, operation.id)
    assert (await resume_project(world.ports, project.id, "ana")).value.status is Status.RUNNING


async def test_a_running_project_keeps_its_labels(world: World) -> None:
    project = await world.running(1)
    with pytest.raises(WrongStatus):
        await change_labels(world.ports, Access(ANA, project, "", Role.OWNER), LabelChange(PETS), None)


async def test_a_merge_can_settle_what_labelers_disagreed_on(world: World) -> None:
    project = await _labeled(world, 12)
    quality = replace(project.quality, consensus=True, min_labelers=2, max_labelers=2)
    await change_project(world.ports, project.id, lambda found: replace(found, quality=quality))
    await resume_project(world.ports, project.id, "ana")
    found = await world.project(project.id)
    for labeler, label in ((BEN, "Animal"), (ANA, "Animal/Cat")):
        task = await claim_task(world.ports, found, labeler, 1)
        assert task is not None
        index = int(task.items[0].id[-4:])
        await submit_task(
            world.ports, found, labeler, task.id, f"s-{label}", [ItemAnswer(index, Classes((label,)))]
        )
    item = item_id(0, index)
    row = world.shards.rows[project.id, 0]
    assert row.control.value.status(index) is ItemStatus.NEEDS_REVIEW, item
    await pause_project(world.ports, project.id, "ana")
    merged = LabelChange((Label("Animal"), Label("Rose")), moves={"Animal/Cat": "Animal"})
    project = await _changed(world, await world.project(project.id), merged)
    standing = row.records[index].annotation
    assert standing is not None
    assert (standing.answer, standing.source, standing.agreement) == (
        Classes(("Animal",)),
        Source.CONSENSUS,
        1.0,
    )
    _check_counts(world, project)


async def test_a_change_that_was_given_up_is_taken_up_again(world: World) -> None:
    project = await _labeled(world, 12)
    owner = Access(ANA, project, "", Role.OWNER)
    change = LabelChange(PETS, moves={"Animal": "Pet", "Rose": "Flower"})
    operation = await change_labels(world.ports, owner, change, None)
    await fail_operation(world.ports, project.id, operation.id, "It failed.")
    sent = len(world.commands.sent)
    world.clock.step(minutes=2)
    for _ in range(2):
        await revive_stuck(world.ports)
    assert world.commands.sent[sent:] == [RunOperation(project.id, operation.id)]
    await run_operation(world.ports, project.id, operation.id)
    done = await world.ports.operations.get(project.id, operation.id)
    assert (done.status, done.error) == (TransferStatus.DONE, None)
    assert not (await world.project(project.id)).relabeling
