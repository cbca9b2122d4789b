"""BackupStore, and a project that comes back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.adapters.system import RandomIds
from core.domain.backups import Backup, Contents, Restoration
from core.domain.errors import NameTaken, NotFound, StillThere
from core.domain.transfers import TransferStatus
from tests.contract.conftest import Stores
from tests.examples import NOON, a_project


def _backup(hour: int = 0) -> Backup:
    at = NOON + timedelta(hours=hour)
    return Backup(RandomIds().new(), "project", "Flowers", "backups/a.zip", at, "ana", "0.1.0")


async def test_a_backup_comes_back_as_it_was_put(stores: Stores) -> None:
    first = _backup()
    restoration = Restoration(NOON, "ana", name="Others", moved=True, attempt="a", error="No.")
    done = replace(
        first, status=TransferStatus.DONE, size=2**40, contents=Contents(1, 2, 3), restoration=restoration
    )
    await stores.backups.put(first)
    await stores.backups.put(done)
    assert await stores.backups.get(first.id) == done
    for other in ("nothing", "a/b#c?"):
        with pytest.raises(NotFound):
            await stores.backups.get(other)


async def test_backups_are_listed_newest_first_until_they_are_removed(stores: Stores) -> None:
    made = [_backup(hour) for hour in (1, 3, 2)]
    for backup in made:
        await stores.backups.put(backup)
    await stores.backups.remove(made[0].id)
    await stores.backups.remove(made[0].id)
    listed = [backup for backup in await stores.backups.all() if backup in made]
    assert listed == [made[1], made[2]]


async def test_a_project_that_was_removed_comes_back_under_its_name(stores: Stores) -> None:
    project = a_project(RandomIds().new(), name=f"Flowers {RandomIds().new()}")
    await stores.projects.add(project)
    with pytest.raises(StillThere):
        await stores.projects.check_return(project.id, "Another name")
    with pytest.raises(StillThere):
        await stores.projects.put_back(project)
    await stores.projects.remove(project.id)
    await stores.projects.check_return(project.id, project.name)
    await stores.projects.put_back(replace(project, found=3))
    assert (await stores.projects.get(project.id)).value == replace(project, found=3)
    with pytest.raises(NameTaken):
        await stores.projects.add(replace(project, id=RandomIds().new(), name=project.name.upper()))


async def test_a_project_comes_back_under_no_name_of_another(stores: Stores) -> None:
    gone = a_project(RandomIds().new(), name=f"Gone {RandomIds().new()}")
    other = a_project(RandomIds().new(), name=f"Other {RandomIds().new()}")
    await stores.projects.add(other)
    with pytest.raises(NameTaken):
        await stores.projects.check_return(gone.id, other.name)
    with pytest.raises(NameTaken):
        await stores.projects.put_back(replace(gone, name=other.name.upper()))
    await stores.projects.put_back(gone)
    assert (await stores.projects.get(gone.id)).value == gone
    with pytest.raises(NameTaken):
        await stores.projects.add(replace(gone, id=RandomIds().new()))
