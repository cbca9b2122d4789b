"""A project comes back once, out of sight until it is whole, and goes on where it was."""

from dataclasses import replace

import pytest

from core.domain.assist import Assist
from core.domain.commands import ReadImport, RestoreProject, RunOperation, WriteExport
from core.domain.errors import (
    Conflict,
    Invalid,
    NameTaken,
    StillThere,
    Unavailable,
)
from core.domain.exports import Export, ExportOptions, Format
from core.domain.imports import Import, ImportAs, ImportFormat
from core.domain.log import Happened
from core.domain.operations import Operation, OperationType
from core.domain.projects import Datastore
from core.domain.runs import Run, RunStatus, Stage
from core.domain.transfers import TransferStatus
from core.logic.backing_up import BROKEN_OFF
from core.usecases.log_event import log_event
from core.usecases.open_backups import delete_backup
from core.usecases.refresh_project import refresh_project
from core.usecases.request_backup import request_backup
from core.usecases.request_restore import request_restore, take_in_backup
from core.usecases.restore_project import fail_restoration, restore_project
from tests.unit.usecases.backups import (
    VERSION,
    Rows,
    backed_up,
    delete,
    full_project,
    label,
    restored,
    snapshot,
)
from tests.unit.usecases.conftest import ANA, APP, BEN, DATA, World, make_world

DONE, FAILED = TransferStatus.DONE, TransferStatus.FAILED


async def test_a_project_that_is_there_is_not_replaced(world: World) -> None:
    project = await full_project(world, 40)
    backup = await backed_up(world, project)
    with pytest.raises(StillThere):
        await request_restore(world.ports, backup.id, ANA.id)
    before = await snapshot(world, project.id)
    await delete(world, project.id)
    await request_restore(world.ports, backup.id, ANA.id)
    await world.ports.projects.put_back(before.project)  # somebody else was quicker
    await restore_project(world.ports, backup.id)
    found = (await world.ports.backups.get(backup.id)).restoration
    assert found is not None
    assert found.status is FAILED
    assert "still being deleted" in str(found.error)


async def test_another_name_is_given_where_the_name_is_taken(world: World) -> None:
    project = await full_project(world, 40)
    backup = await backed_up(world, project)
    await delete(world, project.id)
    other = await make_world()
    for _ in range(100):
        other.ports.ids.new()  # those of the other world
    data = world.blobs.containers[APP][backup.blob][1]
    await other.upload("photos/1.jpg")
    await other.create()
    await other.blobs.write(APP, "backups/from/elsewhere.zip", data)
    taken = await take_in_backup(other.ports, "backups/from/elsewhere.zip")
    assert (taken.name, taken.project, taken.size) == ("Flowers", project.id, len(data))
    with pytest.raises(NameTaken):
        await request_restore(other.ports, taken.id, ANA.id)
    with pytest.raises(Invalid):
        await request_restore(other.ports, taken.id, ANA.id, " ")
    await restored(other, taken, "Flowers of the north")
    found = await other.project(project.id)
    assert found == replace(project, name="Flowers of the north")
    assert await other.ports.people.names([BEN.id]) == {BEN.id: BEN.name}


async def test_a_datastore_that_is_known_stays_as_it_is(world: World) -> None:
    project = await full_project(world, 40)
    backup = await backed_up(world, project)
    await delete(world, project.id)
    present = Datastore(DATA, "elsewhere", "https://other.blob.core.windows.net")
    await world.ports.datastores.put(present)
    await restored(world, backup)
    assert await world.ports.datastores.get(DATA) == present


async def test_a_project_is_restored_once_at_a_time(world: World) -> None:
    project = await full_project(world, 40)
    first, second = await backed_up(world, project), await backed_up(world, project)
    unfinished = await request_backup(world.ports, project, ANA.id, VERSION)
    await delete(world, project.id)
    with pytest.raises(Conflict, match="not complete"):
        await request_restore(world.ports, unfinished.id, ANA.id)
    await request_restore(world.ports, first.id, ANA.id)
    for backup in (first, second):
        with pytest.raises(Conflict, match="already"):
            await request_restore(world.ports, backup.id, ANA.id)
    with pytest.raises(Conflict):
        await delete_backup(world.ports, first.id)
    await fail_restoration(world.ports, first.id, "It failed.")
    assert (await restored(world, second)).restoration is not None
    assert (await world.project(project.id)).id == project.id


async def test_what_a_half_restoration_left_goes(world: World) -> None:
    project = await full_project(world, 40)
    older = await backed_up(world, project)
    before = await snapshot(world, project.id)
    await label(world, project, 9)
    newer = await backed_up(world, project)
    await delete(world, project.id)
    await restored(world, newer)
    await world.ports.projects.remove(project.id)  # as if it had been broken off before its last step
    await restored(world, older)
    assert await snapshot(world, project.id) == before


async def test_an_attempt_that_was_overtaken_ends_without_a_trace(world: World) -> None:
    project = await full_project(world, 40)
    backup = await backed_up(world, project)
    await delete(world, project.id)
    await request_restore(world.ports, backup.id, ANA.id)

    class Overtaken(Rows):
        async def clear(self, project: str) -> None:
            await restore_project(world.ports, backup.id)
            await label(world, await world.project(project), 3)

    await restore_project(replace(world.ports, rows=Overtaken(world)), backup.id)
    found = (await world.ports.backups.get(backup.id)).restoration
    assert found is not None
    assert found.status is DONE


async def test_a_restoration_waits_for_the_deletion_of_the_table(world: World) -> None:
    project = await full_project(world, 40)
    backup = await backed_up(world, project)
    await delete(world, project.id)
    await request_restore(world.ports, backup.id, ANA.id)

    class Busy(Rows):
        async def clear(self, project: str) -> None:
            raise Unavailable(f"The table {project} is being deleted.", 30)

    await restore_project(replace(world.ports, rows=Busy(world)), backup.id)
    assert world.commands.sent[-1] == RestoreProject(project.id, backup.id)
    assert world.commands.delays[-1] == 30
    await restore_project(world.ports, backup.id)
    assert (await world.project(project.id)).id == project.id
    await delete(world, project.id)
    await request_restore(world.ports, backup.id, ANA.id)
    world.clock.step(hours=2)
    with pytest.raises(Unavailable):
        await restore_project(replace(world.ports, rows=Busy(world)), backup.id)


async def test_a_kill_before_the_last_note_is_made_good(world: World) -> None:
    project = await full_project(world, 40)
    backup = await backed_up(world, project)
    await delete(world, project.id)
    done = await restored(world, backup)
    assert done.restoration is not None
    unnoted = replace(done.restoration, status=TransferStatus.RUNNING, progress=1)
    await world.ports.backups.put(replace(done, restoration=unnoted))
    await restore_project(world.ports, backup.id)
    found = (await world.ports.backups.get(backup.id)).restoration
    assert found is not None
    assert (found.status, found.error) == (DONE, None)


async def test_a_run_whose_job_is_lost_fails_and_one_whose_job_had_ended_goes_on(world: World) -> None:
    project = await full_project(world, 40)
    running = Run("r1", Stage.TRAIN, world.clock.now(), ANA.id, RunStatus.RUNNING, attempt=1, job="j1")
    applying = Run("r2", Stage.TRAIN, world.clock.now(), ANA.id, RunStatus.APPLYING, attempt=1, job="j2")
    ended = Run("r0", Stage.TRAIN, world.clock.now(), ANA.id, RunStatus.CANCELED)
    for run in (ended, running, applying):
        await world.ports.runs.put(project.id, run)
    busy = await world.ports.projects.get(project.id, fresh=True)
    await world.ports.projects.replace(replace(busy.value, run="r1", assist=Assist(enabled=True)), busy.etag)
    backup = await backed_up(world, busy.value)
    await delete(world, project.id)
    await restored(world, backup)
    assert (await world.project(project.id)).run is None
    failed = await world.ports.runs.get(project.id, "r1")
    assert (failed.status, failed.error, failed.ended) == (RunStatus.FAILED, BROKEN_OFF, world.clock.now())
    assert await world.ports.runs.get(project.id, "r2") == applying
    assert await world.ports.runs.get(project.id, "r0") == ended


async def test_what_was_under_way_goes_on(world: World) -> None:
    project = await full_project(world, 40)
    now, options = world.clock.now(), ExportOptions(Format.CSV)
    await world.ports.exports.put(project.id, Export("waiting", options, now, ANA.id))
    asked = Import("waiting", ImportFormat.JSONL, "a.jsonl", ImportAs.LABELS, now, ANA.id)
    await world.ports.imports.put(project.id, asked)
    await world.ports.operations.put(
        project.id, Operation("some", OperationType.MEASURE_AGREEMENT, now, "ana")
    )
    await log_event(world.ports, project.id, ANA.id, Happened.PROJECT_PAUSED)
    backup = await backed_up(world, project)
    await delete(world, project.id)
    sent = len(world.commands.sent)
    await restored(world, backup)
    assert world.commands.sent[sent + 1 : -1] == [
        WriteExport(project.id, "waiting"),
        ReadImport(project.id, "waiting"),
        RunOperation(project.id, "some"),
    ]  # after RestoreProject, and before the webhook is told
    (hook,) = await world.ports.webhooks.all(project.id)
    told = await world.ports.webhooks.deliveries(project.id, hook.id, 100)
    assert [delivery.event for delivery in told if delivery.next_at is not None] == [Happened.RESTORED]


async def test_copied_data_are_no_news(world: World) -> None:
    project = await full_project(world, 40)
    backup = await backed_up(world, project)
    before = await snapshot(world, project.id)
    await delete(world, project.id)
    for number in range(40):
        await world.upload(f"photos/{number:05d}.jpg")  # the same, with other ETags
    await world.blobs.write(DATA, "photos/00003.jpg", b"quite another image")
    await restored(world, backup, moved=True)
    after = await snapshot(world, project.id)
    assert [rows[2:] for rows in after.shards] == [rows[2:] for rows in before.shards]
    await refresh_project(world.ports, project.id, by_hand=True)
    refreshed = (await world.project(project.id)).refreshed
    assert refreshed is not None
    assert (refreshed.changed, refreshed.added, refreshed.missing) == (1, 0, 0)


async def test_without_a_word_copied_data_are_other_versions(world: World) -> None:
    project = await full_project(world, 40)
    backup = await backed_up(world, project)
    await delete(world, project.id)
    for number in range(40):
        await world.upload(f"photos/{number:05d}.jpg")
    await restored(world, backup)
    await refresh_project(world.ports, project.id, by_hand=True)
    refreshed = (await world.project(project.id)).refreshed
    assert refreshed is not None
    assert refreshed.changed == 40
