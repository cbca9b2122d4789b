"""A project is backed up while people label, and comes back as it was."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from core.domain.backups import Belongings
from core.domain.commands import BackUpProject
from core.domain.errors import (
    Conflict,
    NotFound,
    WrongStatus,
)
from core.domain.log import Happened
from core.domain.rows import Row
from core.domain.transfers import TransferStatus
from core.usecases.back_up_project import ATTEMPTS, back_up_project, fail_backup
from core.usecases.claim_task import claim_task
from core.usecases.open_backups import delete_backup, open_backup, open_backups
from core.usecases.request_backup import request_backup
from core.usecases.restore_project import fail_restoration, restore_project
from tests.unit.usecases.backups import (
    VERSION,
    Rows,
    backed_up,
    delete,
    full_project,
    label,
    parts_of,
    restored,
    snapshot,
)
from tests.unit.usecases.conftest import ANA, APP, BEN, World

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
