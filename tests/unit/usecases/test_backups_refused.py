"""A file that is damaged, or not what it says it is, brings nothing back."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from core.domain.backups import About, Backup, Belongings
from core.domain.errors import (
    Invalid,
    InvalidFile,
    NotFound,
)
from core.domain.people import Member, Role
from core.domain.transfers import TransferStatus
from core.formats.backup_files import PackedBlob, Part
from core.usecases.request_restore import take_in_backup
from tests.unit.usecases.backups import (
    backed_up,
    delete,
    full_project,
    meddle,
    restored,
)
from tests.unit.usecases.conftest import APP, BEN, World, make_world

DONE, FAILED = TransferStatus.DONE, TransferStatus.FAILED


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
