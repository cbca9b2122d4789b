"""A run's predictions go through the shards, whatever else happens to them."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

import pytest

from core.adapters.caching import CachedShards
from core.adapters.memory import MemoryTransfers
from core.domain.answers import Classes
from core.domain.commands import RunOperation
from core.domain.errors import Conflict
from core.domain.items import ItemStatus
from core.domain.log import Happened
from core.domain.people import Role
from core.domain.predictions import Prediction
from core.domain.projects import Project
from core.domain.records import ItemAction
from core.domain.runs import RunStatus, Stage
from core.domain.shards import Lane
from core.domain.tasks import ItemAnswer
from core.domain.transfers import TransferStatus
from core.ports import Ports
from core.usecases.add_items import add_items
from core.usecases.apply_run import apply_shard, request_applying, revive_applying
from core.usecases.authorize import Access
from core.usecases.change_project import change_project
from core.usecases.claim_task import claim_task
from core.usecases.delete_project import delete_project, erase_project
from core.usecases.review_items import Review, ReviewAction, review_items
from core.usecases.run_files import groups_name, predictions_name
from core.usecases.run_operation import fail_operation, run_operation
from core.usecases.submit_task import submit_task
from core.usecases.write_labels import write_prelabels
from tests.examples import a_trust, predicted
from tests.unit.usecases.applying import (
    Killed,
    applied,
    check,
    lanes,
    mortal,
    recorded,
    stored,
    sure,
    taken,
)
from tests.unit.usecases.conftest import ANA, APP, BEN, DATA, World, make_world

ACCEPTING = a_trust(accept=True)
OWNER = Role.OWNER


async def test_every_shard_shows_what_the_run_predicts(world: World) -> None:
    project = await world.running(500)
    assert project.shards == 2
    done = await applied(world, project, a_trust(), [sure(3), {1: predicted("Rose", 0.5)}])
    assert stored(world, project, 0).predictions == predictions_name(project.id, "r1", 0)
    assert stored(world, project, 1).trust == a_trust()
    assert lanes(world, project, [0, 3]) == [Lane.TRUSTED, Lane.MANUAL]
    assert lanes(world, project, [0, 1], 1) == [Lane.MANUAL, Lane.PRELABELED]
    assert done.run is None
    run = await world.ports.runs.get(project.id, "r1")
    assert run.status is RunStatus.DONE
    assert run.operation is not None
    operation = await world.ports.operations.get(project.id, run.operation)
    assert (operation.status, operation.changed) == (TransferStatus.DONE, 4)


async def test_the_run_is_applying_until_all_shards_are_done(world: World) -> None:
    project = await world.running(4)
    operation = await taken(world, project, a_trust(), [sure(3)])
    run = await world.ports.runs.get(project.id, "r1")
    assert (run.status, run.operation) == (RunStatus.APPLYING, operation.id)
    assert world.commands.sent[-1] == RunOperation(project.id, operation.id)
    assert stored(world, project).trust is None


async def test_which_images_look_alike_comes_with_the_predictions(world: World) -> None:
    project = await world.running(4)
    operation = await taken(world, project, a_trust(), [sure(3)], [((0, 2), (1, 3))])
    await run_operation(world.ports, project.id, operation.id)
    assert stored(world, project).groups == groups_name(project.id, "r1", 0)


async def test_a_run_that_embeds_changes_neither_predictions_nor_trust(world: World) -> None:
    project = await applied(world, await world.running(4), a_trust(), [sure(3)])
    operation = await taken(world, project, a_trust(None, run="r2"), [], [((0, 2), (1, 3))], Stage.EMBED)
    await run_operation(world.ports, project.id, operation.id)
    control = stored(world, project)
    assert control.groups == groups_name(project.id, "r2", 0)
    assert control.predictions == predictions_name(project.id, "r1", 0)
    assert (await check(world, project)).trust == control.trust == a_trust()
    assert (await world.ports.runs.get(project.id, "r2")).status is RunStatus.DONE


async def test_other_terms_of_the_same_run_keep_what_an_import_has_put_in_between(world: World) -> None:
    project = await applied(world, await world.running(4), a_trust(), [sure(3)])
    await write_prelabels(world.ports, project.id, 0, {0: predicted("Animal", 1.0, run=None)})
    assert lanes(world, project, [0, 1]) == [Lane.PRELABELED, Lane.TRUSTED]
    operation = await request_applying(world.ports, project, a_trust(0.99, number=2))
    await run_operation(world.ports, project.id, operation.id)
    assert (await check(world, project)).trust == a_trust(0.99, number=2)
    assert lanes(world, project, [0, 1]) == [Lane.PRELABELED, Lane.PRELABELED]
    control = stored(world, project)
    assert control.predictions is not None
    assert (await world.ports.predictions.read(control.predictions))[0].answer == Classes(("Animal",))


async def test_a_shard_that_the_run_has_not_seen_keeps_its_prelabels(world: World) -> None:
    project = await world.running(500)
    await write_prelabels(world.ports, project.id, 1, {0: predicted("Animal", 1.0, run=None)})
    await applied(world, project, a_trust(), [sure(3)])
    assert lanes(world, project, [0, 1], 1) == [Lane.PRELABELED, Lane.MANUAL]


async def test_items_that_are_added_later_have_no_prelabel(world: World) -> None:
    project = await applied(world, await world.running(4), a_trust(), [sure(4)])
    await world.upload("photos/new.jpg")
    blob = await world.blobs.stat(DATA, "photos/new.jpg")
    assert blob is not None
    manifest = await world.ports.manifests.read(stored(world, project).manifest)
    added = replace(manifest[0], path="photos/new.jpg", etag=blob.etag)
    assert await add_items(world.ports, project.id, [added]) == 1
    assert lanes(world, project, [3, 4]) == [Lane.TRUSTED, Lane.MANUAL]
    operation = await request_applying(world.ports, project, a_trust(number=2))
    await run_operation(world.ports, project.id, operation.id)
    await check(world, project)


async def test_answers_that_are_given_meanwhile_win(world: World) -> None:
    project = await world.running(12)
    task = await claim_task(world.ports, project, BEN, 4)
    held = await claim_task(world.ports, project, ANA, 4)
    assert task is not None
    assert held is not None
    answers = [ItemAnswer(int(item.id[-4:]), Classes(("Animal",))) for item in task.items]
    await submit_task(world.ports, project, BEN, task.id, "s1", answers)
    await applied(world, project, ACCEPTING, [sure(12)])
    control = stored(world, project)
    assert control.counts.labels == {"Animal": 4, "Rose": 4}
    assert control.counts.accepted == 4
    assert control.statuses()[ItemStatus.PENDING] == 4
    answers = [ItemAnswer(int(item.id[-4:]), Classes(("Animal",))) for item in held.items]
    await submit_task(world.ports, project, ANA, held.id, "s2", answers)
    assert stored(world, project).counts.labels == {"Animal": 8, "Rose": 4}
    await check(world, project)


async def test_answers_that_are_not_trusted_any_more_are_withdrawn(world: World) -> None:
    project = await world.running(200)
    predictions = {**sure(150, 0.95), **{index: predicted("Rose", 0.99) for index in range(10)}}
    await applied(world, project, ACCEPTING, [predictions])
    assert stored(world, project).counts.accepted == 150
    project = await world.project(project.id)
    operation = await request_applying(world.ports, project, a_trust(0.97, number=2, accept=True))
    await run_operation(world.ports, project.id, operation.id)
    assert stored(world, project).counts.accepted == 10
    withdrawn = recorded(world, project)[20]
    assert [event.action for event in withdrawn.events] == [ItemAction.WITHDRAWN]
    await check(world, project)


async def test_what_a_reviewer_rejects_is_not_accepted_again_by_the_run(world: World) -> None:
    project = await applied(world, await world.running(4), ACCEPTING, [sure(2)])
    world.clock.step(minutes=1)
    owner = Access(ANA, project, "", OWNER)
    await review_items(world.ports, owner, Review(ReviewAction.REJECT, ["0000-0000"]))
    await review_items(world.ports, owner, Review(ReviewAction.APPROVE, ["0000-0001"]))
    operation = await request_applying(world.ports, project, replace(ACCEPTING, id="r1.2"))
    await run_operation(world.ports, project.id, operation.id)
    assert stored(world, project).status(0) is ItemStatus.PENDING
    assert recorded(world, project)[1].approved
    await check(world, project)
    world.clock.step(minutes=1)
    newer = a_trust(run="r2", accept=True)
    await applied(world, await world.project(project.id), newer, [sure(2, label="Animal", run="r2")])
    assert stored(world, project).counts.labels == {"Animal": 1, "Rose": 1}


async def test_doing_it_twice_changes_nothing(world: World) -> None:
    project = await world.running(200)
    operation = await taken(world, project, ACCEPTING, [sure(150)])
    assert await apply_shard(world.ports, project, operation, 0) == 300
    before = world.shards.rows[project.id, 0].control
    assert await apply_shard(world.ports, project, operation, 0) == 0
    assert world.shards.rows[project.id, 0].control is before


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("writes", range(5))
async def test_it_may_be_killed_at_any_write(*, writes: int, after: bool) -> None:
    """Lanes are one write; of 150 items, 100 are withdrawn, and 50 accepted anew, in two."""
    broken, whole = await make_world(), await make_world()
    first, second = sure(150), {**sure(50, label="Animal", run="r2"), 199: predicted("Rose", 1.0, run="r2")}
    rows = []
    for world in (broken, whole):
        project = await applied(world, await world.running(200), ACCEPTING, [first])
        operation = await taken(world, project, a_trust(run="r2", accept=True), [second])
        if world is broken:
            with pytest.raises(Killed):
                await _until_killed(mortal(world, writes, after=after), project, operation.id)
        restarted = replace(world.ports, shards=CachedShards(world.shards, world.clock))
        await run_operation(restarted, project.id, operation.id)
        await check(replace(world, ports=restarted), project)
        assert (await world.ports.runs.get(project.id, "r2")).status is RunStatus.DONE
        rows.append(world.shards.rows[project.id, 0])
    assert rows[0].control.value == rows[1].control.value
    assert rows[0].records == rows[1].records
    assert rows[0].control.value.counts.accepted == 51


async def _until_killed(ports: Ports, project: Project, operation: str) -> None:
    await run_operation(ports, project.id, operation)
    raise Killed  # there were fewer writes


async def test_a_trust_that_is_newer_by_now_is_what_shards_are_brought_to(world: World) -> None:
    project = await world.running(500)
    operation = await taken(world, project, a_trust(), [sure(3), sure(3)])
    await apply_shard(world.ports, project, operation, 0)
    found = await world.project(project.id)
    newer = replace(a_trust(0.99, number=2), run="r1")
    await request_applying(world.ports, found, newer)
    await run_operation(world.ports, project.id, operation.id)
    assert stored(world, project, 1).trust == newer
    assert (await world.project(project.id)).trust == newer


async def test_an_older_operation_never_brings_an_older_trust_back(world: World) -> None:
    """Between what it reads and what it writes, a newer one has been at the shard."""
    project = await world.running(4)
    operation = await taken(world, project, a_trust(), [sure(3)])
    newer = a_trust(0.99, number=2)

    async def overtake() -> None:
        found = await world.project(project.id)
        other = await request_applying(world.ports, found, newer)
        await apply_shard(world.ports, found, other, 0)

    overtaken = _Overtaken(world, overtake)
    await apply_shard(replace(world.ports, predictions=overtaken), project, operation, 0)
    assert stored(world, project).trust == newer
    await check(world, project)


class _Overtaken:
    """An archive during whose first reading something else happens."""

    def __init__(self, world: World, act: Callable[[], Awaitable[None]]) -> None:
        self.archive, self.act, self.reads = world.ports.predictions, act, 0

    async def read(self, name: str) -> Mapping[int, Prediction]:
        self.reads += 1
        if self.reads == 1:
            await self.act()
        return await self.archive.read(name)

    async def write(self, name: str, value: Mapping[int, Prediction]) -> None:
        await self.archive.write(name, value)

    async def write_encoded(self, name: str, data: bytes) -> None:
        await self.archive.write_encoded(name, data)


async def test_an_import_during_it_is_not_lost(world: World) -> None:
    project = await applied(world, await world.running(4), a_trust(), [sure(3)])
    await request_applying(world.ports, project, a_trust(0.99, number=2))
    operation = (await world.ports.operations.all(project.id))[0]
    checked = predicted("Animal", 1.0, run=None)
    overtaken = _Overtaken(world, lambda: write_prelabels(world.ports, project.id, 0, {3: checked}))
    await apply_shard(replace(world.ports, predictions=overtaken), project, operation, 0)
    assert lanes(world, project, [0, 3]) == [Lane.PRELABELED, Lane.PRELABELED]
    assert stored(world, project).trust == a_trust(0.99, number=2)
    await check(world, project)


async def test_other_labels_than_the_run_knows_end_it(world: World) -> None:
    project = await world.running(500)
    operation = await taken(world, project, a_trust(), [sure(3), sure(3)])
    await change_project(world.ports, project.id, lambda found: replace(found, label_version=1))
    world.clock.step(minutes=1)
    await run_operation(world.ports, project.id, operation.id)
    failed = await world.ports.operations.get(project.id, operation.id)
    run = await world.ports.runs.get(project.id, "r1")
    assert failed.status is TransferStatus.FAILED
    assert failed.error == run.error
    assert run.error is not None
    assert "labels" in run.error
    assert run.status is RunStatus.FAILED
    found = await check(world, project)
    assert found.run is None
    assert stored(world, project).predictions is None
    entries = (await world.ports.log.page(project.id, 1)).entries
    assert entries[0].what is Happened.RUN_FAILED


async def test_a_project_that_is_deleted_meanwhile_is_left_alone(world: World) -> None:
    project = await world.running(500)
    operation = await taken(world, project, a_trust(), [sure(3), sure(3)])
    await delete_project(world.ports, project.id, "ana")
    assert await apply_shard(world.ports, project, operation, 0) == 0
    assert stored(world, project).trust is None
    await erase_project(world.ports, project.id)
    world.ports = replace(world.ports, operations=MemoryTransfers())  # they lie in the project's table
    await run_operation(world.ports, project.id, operation.id)
    await fail_operation(world.ports, project.id, operation.id, "It failed too often.")
    assert not [name for name in world.blobs.containers[APP] if project.id in name]


async def test_a_message_that_is_given_up_ends_the_run(world: World) -> None:
    project = await world.running(4)
    operation = await taken(world, project, a_trust(), [sure(3)])
    await fail_operation(world.ports, project.id, operation.id, "It failed too often.")
    run = await world.ports.runs.get(project.id, "r1")
    assert (run.status, run.error) == (RunStatus.FAILED, "It failed too often.")
    assert (await world.project(project.id)).run is None


async def test_terms_that_somebody_else_has_changed_are_not_overwritten(world: World) -> None:
    before = await world.running(4)
    project = await applied(world, before, a_trust(), [sure(3)])
    await request_applying(world.ports, project, a_trust(number=2))
    with pytest.raises(Conflict):
        await request_applying(world.ports, project, a_trust(0.95, number=2))
    assert (await world.project(project.id)).trust == a_trust(number=2)


async def test_a_run_that_was_given_up_is_not_shown(world: World) -> None:
    project = await world.running(4)
    operation = await taken(world, project, a_trust(), [sure(3)])
    await change_project(world.ports, project.id, lambda found: replace(found, run=None, trust=None))
    with pytest.raises(Conflict):
        await request_applying(world.ports, await world.project(project.id), a_trust())
    await run_operation(world.ports, project.id, operation.id)
    assert stored(world, project).trust is None


async def test_a_lost_message_is_sent_again_after_a_minute(world: World) -> None:
    project = await applied(world, await world.running(4), a_trust(), [sure(3)])
    world.clock.step(minutes=1)
    operation = await request_applying(world.ports, project, a_trust(number=2))
    world.commands.sent.clear()
    await revive_applying(world.ports, await world.project(project.id))
    assert world.commands.sent == []
    world.clock.step(seconds=61)
    await revive_applying(world.ports, await world.project(project.id))
    assert world.commands.sent == [RunOperation(project.id, operation.id)]
    await run_operation(world.ports, project.id, operation.id)
    world.clock.step(seconds=61)
    await revive_applying(world.ports, await world.project(project.id))
    assert world.commands.sent == [RunOperation(project.id, operation.id)]
