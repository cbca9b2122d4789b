"""A project is backed up while people label, and comes back as it was."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field, replace

import pytest

from core.domain.assist import Assist
from core.domain.backups import About, Backup, Belongings
from core.domain.commands import BackUpProject, ReadImport, RestoreProject, RunOperation, WriteExport
from core.domain.errors import (
    Conflict,
    Invalid,
    InvalidFile,
    NameTaken,
    NotFound,
    StillThere,
    Unavailable,
    WrongStatus,
)
from core.domain.exports import Export, ExportOptions, Format
from core.domain.imports import Import, ImportAs, ImportFormat
from core.domain.log import Happened
from core.domain.operations import Operation, OperationType
from core.domain.people import Member, Role
from core.domain.projects import Datastore
from core.domain.rows import Row
from core.domain.runs import Run, RunStatus, Stage
from core.domain.transfers import TransferStatus
from core.formats.backup_files import PackedBlob, Part
from core.logic.backing_up import BROKEN_OFF
from core.usecases.back_up_project import ATTEMPTS, back_up_project, fail_backup
from core.usecases.claim_task import claim_task
from core.usecases.log_event import log_event
from core.usecases.open_backups import delete_backup, open_backup, open_backups
from core.usecases.refresh_project import refresh_project
from core.usecases.request_backup import request_backup
from core.usecases.request_restore import request_restore, take_in_backup
from core.usecases.restore_project import fail_restoration, restore_project
from tests.unit.usecases.backups import (
    VERSION,
    backed_up,
    delete,
    full_project,
    label,
    meddle,
    parts_of,
    restored,
    snapshot,
)
from tests.unit.usecases.conftest import ANA, APP, BEN, DATA, World, make_world

DONE, FAILED = TransferStatus.DONE, TransferStatus.FAILED


async def _log(world: World, project: str) -> list[Happened]:
    return [entry.what for entry in (await world.ports.log.page(project, 100)).entries]


async def test_everything_comes_back(world: World) -> None:
    project = await full_project(world)
    before, log = await snapshot(world, project.id), await _log(world, project.id)
    backup = await backed_up(world, project)
    assert (backup.status, backup.progress, backup.error) == (DONE, 1, None)
    await delete(world, project.id)
    with pytest.raises(NotFound):
        await world.project(project.id)
    world.clock.step(minutes=1)
    found = await restored(world, backup)
    assert found.restoration is not None
    assert (found.restoration.status, found.restoration.error) == (DONE, None)
    after = await snapshot(world, project.id)
    assert after == before
    assert len(before.blobs) == 1 + project.shards + 1  # the listing, a manifest for each shard, the export
    assert await _log(world, project.id) == [Happened.RESTORED, *log]


async def test_labeling_goes_on_after_it(world: World) -> None:
    project = await full_project(world, 40)
    backup = await backed_up(world, project)
    await delete(world, project.id)
    await restored(world, backup)
    await label(world, project, 2)
    shards = [await world.ports.shards.read(project.id, shard) for shard in range(project.shards)]
    labeled = sum(
        known.value.counts.labelers[BEN.id].labeled for known in shards if known.value.counts.labelers
    )
    assert labeled == 9 + 2


async def test_what_is_in_it_is_counted(world: World) -> None:
    project = await full_project(world, 40)
    before = await snapshot(world, project.id)
    beside = [row async for page in world.ports.rows.beside_shards(project.id) for row in page]
    backup = await backed_up(world, project)
    assert backup.contents.rows == len(beside) + sum(map(len, before.shards))
    assert backup.contents.blobs == len(before.blobs)
    assert backup.contents.bytes == sum(len(data) for data, _ in before.blobs.values())
    assert backup.size == len(world.blobs.containers[APP][backup.blob][1])


async def test_two_answers_in_a_backup_are_all_that_was_there_then(world: World) -> None:
    project = await full_project(world, 40)
    backup, before = await backed_up(world, project), await snapshot(world, project.id)
    await label(world, project, 5)
    await delete(world, project.id)
    await restored(world, backup)
    assert (await snapshot(world, project.id)).shards == before.shards


@dataclass
class Rows:
    """The rows of a world, for something to come between."""

    world: World

    def beside_shards(self, project: str) -> AsyncIterator[Sequence[Row]]:
        return self.world.ports.rows.beside_shards(project)

    async def of_shard(self, project: str, shard: int) -> Sequence[Row]:
        return await self.world.ports.rows.of_shard(project, shard)

    async def clear(self, project: str) -> None:
        await self.world.ports.rows.clear(project)

    async def put(self, project: str, rows: Sequence[Row]) -> None:
        await self.world.ports.rows.put(project, rows)


@dataclass
class Meddler(Rows):
    """Somebody changes the project whenever its first shard is read, so many times."""

    times: int
    read: list[int] = field(default_factory=list)

    async def of_shard(self, project: str, shard: int) -> Sequence[Row]:
        if shard == 0 and len(self.read) < self.times:
            self.read.append(shard)
            found = await self.world.ports.projects.get(project, fresh=True)
            await self.world.ports.projects.replace(
                replace(found.value, label_version=found.value.label_version + 1), found.etag
            )
        return await self.world.ports.rows.of_shard(project, shard)


@pytest.mark.parametrize(("times", "status"), [(ATTEMPTS - 1, DONE), (ATTEMPTS, FAILED)])
async def test_a_backup_of_changed_labels_is_begun_again(
    world: World, times: int, status: TransferStatus
) -> None:
    project = await full_project(world, 40)
    asked = await request_backup(world.ports, project, ANA.id, VERSION)
    await back_up_project(replace(world.ports, rows=Meddler(world, times)), asked.id)
    backup = await world.ports.backups.get(asked.id)
    assert backup.status == status
    if status is DONE:
        (belongings,) = (part for part in await parts_of(world, backup) if isinstance(part, Belongings))
        assert belongings.project.label_version == times


async def test_only_a_project_with_its_items_is_backed_up(world: World) -> None:
    await world.upload("photos/1.jpg")
    project = await world.create()
    with pytest.raises(WrongStatus):
        await request_backup(world.ports, project, ANA.id, VERSION)


async def test_of_a_project_that_is_deleted_meanwhile_there_is_no_backup(world: World) -> None:
    project = await full_project(world, 40)
    asked = await request_backup(world.ports, project, ANA.id, VERSION)
    await delete(world, project.id)
    await back_up_project(world.ports, asked.id)
    assert (await world.ports.backups.get(asked.id)).status is FAILED


async def test_a_message_that_comes_twice_changes_nothing(world: World) -> None:
    project = await full_project(world, 40)
    backup = await backed_up(world, project)
    assert world.commands.sent.count(BackUpProject(project.id, backup.id)) == 1
    before = world.blobs.containers[APP][backup.blob]
    await back_up_project(world.ports, backup.id)
    await back_up_project(world.ports, "nothing")
    await fail_backup(world.ports, backup.id, "No.")
    await restore_project(world.ports, backup.id)
    await restore_project(world.ports, "nothing")
    await fail_restoration(world.ports, backup.id, "No.")
    assert await world.ports.backups.get(backup.id) == backup
    assert world.blobs.containers[APP][backup.blob] == before
    await delete(world, project.id)
    done = await restored(world, backup)
    await label(world, project, 2)
    after = await snapshot(world, project.id)
    await restore_project(world.ports, backup.id)
    assert await world.ports.backups.get(backup.id) == done
    assert await snapshot(world, project.id) == after


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


async def _refused(world: World, backup: Backup, why: str) -> None:
    """Restoring it fails, and leaves nothing behind."""
    await delete(world, backup.project)
    blobs = {name for name in world.blobs.containers[APP] if not name.startswith("backups/")}
    found = (await restored(world, backup)).restoration
    assert found is not None
    assert found.status is FAILED
    assert why in str(found.error)
    with pytest.raises(NotFound):
        await world.project(backup.project)
    assert {name for name in world.blobs.containers[APP] if not name.startswith("backups/")} == blobs
    assert await world.ports.members.of_project(backup.project) == []
    assert [row async for page in world.ports.rows.beside_shards(backup.project) for row in page] == []


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
async def test_a_file_that_is_cut_off_is_refused(world: World, share: float) -> None:
    backup = await backed_up(world, await full_project(world, 40))
    data = world.blobs.containers[APP][backup.blob][1]
    await world.blobs.write(APP, backup.blob, data[: int(len(data) * share)])
    await _refused(world, backup, "damaged")


async def test_a_file_that_was_changed_is_refused(world: World) -> None:
    backup = await backed_up(world, await full_project(world, 40))
    data = bytearray(world.blobs.containers[APP][backup.blob][1])
    data[len(data) // 2] ^= 1
    await world.blobs.write(APP, backup.blob, bytes(data))
    await _refused(world, backup, "damaged")


async def test_a_file_that_is_gone_is_refused(world: World) -> None:
    backup = await backed_up(world, await full_project(world, 40))
    await world.blobs.remove(APP, backup.blob)
    await _refused(world, backup, "no blob")


async def test_a_file_of_a_newer_tagwerk_is_refused(world: World) -> None:
    backup = await backed_up(world, await full_project(world, 40))
    await meddle(world, backup, lambda part: replace(part, format=2) if isinstance(part, About) else part)
    await _refused(world, backup, "newer")
    with pytest.raises(InvalidFile, match="newer"):
        await take_in_backup(replace(world.ports, backups=(await make_world()).ports.backups), backup.blob)


async def test_a_file_of_another_project_is_refused(world: World) -> None:
    backup = await backed_up(world, await full_project(world, 40))
    await meddle(
        world, backup, lambda part: replace(part, project="a" * 20) if isinstance(part, About) else part
    )
    await _refused(world, backup, "another")


def _stranger(part: Part) -> Part:
    """Makes the caller owner of a project that is not in the backup."""
    if not isinstance(part, Belongings):
        return part
    return replace(part, members=(*part.members, Member("another", BEN.id, Role.OWNER)))


def _global(part: Part) -> Part:
    """Names the table of all projects."""
    return (
        replace(part, project=replace(part.project, id="tagwerk")) if isinstance(part, Belongings) else part
    )


@pytest.mark.parametrize("change", [_stranger, _global])
async def test_belongings_of_others_are_refused(world: World, change: Callable[[Part], Part]) -> None:
    backup = await backed_up(world, await full_project(world, 40))
    await meddle(world, backup, change)
    await _refused(world, backup, "not of the project")


@pytest.mark.parametrize(
    "name",
    ["projects/other/a", "{}../other/a", "{}./a", "{}a//b", "exports/other/a", "backups/a.zip", "{}a\\b"],
)
async def test_a_blob_outside_of_the_project_is_refused(world: World, name: str) -> None:
    backup = await backed_up(world, await full_project(world, 40))
    outside = name.format(f"projects/{backup.project}/")
    await meddle(
        world, backup, lambda part: replace(part, name=outside) if isinstance(part, PackedBlob) else part
    )
    await _refused(world, backup, "none of its project")


async def test_only_what_was_copied_to_where_backups_are_is_taken_in(world: World) -> None:
    project = await full_project(world, 40)
    backup = await backed_up(world, project)
    assert await take_in_backup(world.ports, backup.blob) == backup
    with pytest.raises(Invalid):
        await take_in_backup(world.ports, f"projects/{project.id}/listing.ndjson.gz")
    with pytest.raises(NotFound):
        await take_in_backup(world.ports, "backups/nothing.zip")
    await world.blobs.write(APP, "backups/photo.zip", b"a photo")
    with pytest.raises(InvalidFile):
        await take_in_backup(world.ports, "backups/photo.zip")


async def test_backups_are_listed_opened_and_deleted(world: World) -> None:
    project = await full_project(world, 40)
    backup = await backed_up(world, project)
    world.clock.step(hours=1)
    asked = await request_backup(world.ports, project, ANA.id, VERSION)
    listed = await open_backups(world.ports, project.id)
    assert [(one.backup.id, one.url is None) for one in listed] == [(asked.id, True), (backup.id, False)]
    assert await open_backups(world.ports, "another") == []
    assert await open_backups(world.ports) == listed
    assert await open_backup(world.ports, backup.id) == listed[1]
    with pytest.raises(NotFound):
        await open_backup(world.ports, backup.id, "another")
    with pytest.raises(Conflict):
        await delete_backup(world.ports, asked.id)
    await delete_backup(world.ports, backup.id)
    assert backup.blob not in world.blobs.containers[APP]
    with pytest.raises(NotFound):
        await open_backup(world.ports, backup.id)


async def test_a_large_blob_and_a_named_one_come_back(world: World) -> None:
    project = await full_project(world, 40)
    name = f"projects/{project.id}/runs/r1/1/model.bin"

    async def pieces() -> object:
        for _ in range(3):
            yield bytes(1_000_000)

    await world.blobs.upload(APP, name, pieces(), "application/x-model", "the model.bin")  # type: ignore[arg-type]
    before = await snapshot(world, project.id)
    backup = await backed_up(world, project)
    await delete(world, project.id)
    await restored(world, backup)
    after = await snapshot(world, project.id)
    assert after.blobs == before.blobs
    assert after.blobs[name] == (bytes(3_000_000), ("application/x-model", "the model.bin"))


async def test_a_claim_in_a_restored_project_knows_the_leases_there_were(world: World) -> None:
    project = await full_project(world, 12)
    backup = await backed_up(world, project)
    await delete(world, project.id)
    await restored(world, backup)
    assert await claim_task(world.ports, project, ANA, 9) is None  # nine are labeled, three are leased
    world.clock.step(hours=1)
    task = await claim_task(world.ports, project, ANA, 9)
    assert task is not None
