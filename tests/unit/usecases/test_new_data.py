"""Blobs that arrive after a project has started."""

import asyncio
from dataclasses import replace

import pytest

from core.adapters.caching import CachedShards
from core.domain.commands import DeleteProject, InitializeProject, RefreshProject
from core.domain.errors import Unavailable
from core.domain.items import Item
from core.domain.projects import Refresh, Status
from core.usecases.add_items import add_items
from core.usecases.change_project import change_project
from core.usecases.ingest_blob import ingest_blob
from core.usecases.reconcile import refresh_all, revive_stuck
from core.usecases.refresh_project import fail_refresh, refresh_project
from tests.unit.usecases.conftest import World, make_world


async def test_a_blob_becomes_an_item_once_however_often_the_event_arrives(world: World) -> None:
    project = await world.running(2)
    await world.upload("photos/new.jpg")
    await asyncio.gather(*(ingest_blob(world.ports, "data", "photos/new.jpg") for _ in range(5)))
    await ingest_blob(world.ports, "data", "photos/new.jpg")
    assert (await world.paths(project.id)).count("photos/new.jpg") == 1


async def test_many_blobs_at_once_fill_the_last_shard_and_open_new_ones(world: World) -> None:
    project = await world.running(900)
    names = [f"photos/more{number:04d}.jpg" for number in range(800)]
    await world.upload(*names)
    await asyncio.gather(*(ingest_blob(world.ports, "data", name) for name in names))
    paths = await world.paths(project.id)
    assert len(paths) == len(set(paths)) == 1_700
    assert (await world.project(project.id)).shards == 4


@pytest.mark.parametrize("name", ["elsewhere/a.jpg", "photos/a.txt"])
async def test_a_blob_that_does_not_belong_is_left_alone(world: World, name: str) -> None:
    project = await world.running(2)
    await world.upload(name)
    await ingest_blob(world.ports, "data", name)
    assert len(await world.paths(project.id)) == 2


async def test_a_blob_that_is_gone_already_is_left_alone(world: World) -> None:
    project = await world.running(2)
    await ingest_blob(world.ports, "data", "photos/gone.jpg")
    assert len(await world.paths(project.id)) == 2


async def test_a_project_without_refresh_takes_nothing_new(world: World) -> None:
    project = await world.running(2)
    await change_project(world.ports, project.id, lambda old: replace(old, refresh=Refresh(enabled=False)))
    await world.upload("photos/new.jpg")
    await ingest_blob(world.ports, "data", "photos/new.jpg")
    assert len(await world.paths(project.id)) == 2


async def test_a_failure_reaches_everybody_whose_blob_was_in_the_batch(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.running(2)
    names = [f"photos/new{number}.jpg" for number in range(5)]
    await world.upload(*names)

    async def fail(*_: object) -> int:
        raise Unavailable("Storage is away.")

    monkeypatch.setattr("core.usecases.ingest_blob.add_items", fail)
    results = await asyncio.gather(
        *(ingest_blob(world.ports, "data", name) for name in names), return_exceptions=True
    )
    assert [type(result) for result in results] == [Unavailable] * 5
    monkeypatch.undo()
    await ingest_blob(world.ports, "data", names[0])


async def test_a_refresh_adds_what_no_event_told_of_and_says_so(world: World) -> None:
    project = await world.running(2)
    await world.upload("photos/x.jpg", "photos/y.jpg")
    world.clock.step(hours=1)
    await refresh_project(world.ports, project.id)
    refreshed = (await world.project(project.id)).refreshed
    assert refreshed is not None
    assert (refreshed.at, refreshed.added) == (world.clock.now(), 2)
    assert len(await world.paths(project.id)) == 4


async def test_the_cap_holds_for_new_data_too() -> None:
    world = await make_world(max_items=5)
    project = await world.running(3)
    await world.upload("photos/v.jpg", "photos/w.jpg", "photos/x.jpg", "photos/y.jpg")
    await refresh_project(world.ports, project.id)
    assert len(await world.paths(project.id)) == 5
    assert (await world.project(project.id)).left_out == 2


async def test_a_kill_between_a_new_shard_and_the_project_loses_and_doubles_nothing(world: World) -> None:
    project = await world.running(250)
    await add_items(world.ports, project.id, [Item(f"photos/x{n}.jpg", "e", n) for n in range(750)])
    new = [Item(f"photos/y{number}.jpg", "e", number) for number in range(5)]
    await add_items(world.ports, project.id, new[:4])
    assert (await world.project(project.id)).shards == 2
    await change_project(world.ports, project.id, lambda old: replace(old, shards=1))
    assert await add_items(world.ports, project.id, new) == 1
    paths = await world.paths(project.id)
    assert len(paths) == len(set(paths)) == 1_005


async def test_a_path_that_another_instance_added_to_a_shard_since_filled_is_not_added_again(
    world: World,
) -> None:
    project = await world.running(250)
    other = replace(world.ports, shards=CachedShards(world.shards, world.clock))
    await add_items(world.ports, project.id, [Item("photos/a.jpg", "e", 1)])
    filling = [Item(f"photos/x{number}.jpg", "e", number) for number in range(800)]
    await add_items(other, project.id, filling)
    assert (await world.project(project.id)).shards == 2
    assert await add_items(world.ports, project.id, filling) == 0
    paths = await world.paths(project.id)
    assert len(paths) == len(set(paths)) == 1_051


@pytest.mark.parametrize(
    ("status", "minutes", "command"),
    [
        (Status.INITIALIZING, 1, None),
        (Status.INITIALIZING, 3, InitializeProject),
        (Status.RUNNING, 0, RefreshProject),
        (Status.PAUSED, 0, RefreshProject),
        (Status.FAILED, 3, None),
        (Status.DELETING, 1, None),
        (Status.DELETING, 3, DeleteProject),
    ],
)
async def test_reconciling_sends_what_may_have_got_lost(
    world: World, status: Status, minutes: int, command: type | None
) -> None:
    project = await world.running(1)
    await change_project(world.ports, project.id, lambda old: replace(old, status=status))
    world.commands.sent.clear()
    world.clock.step(minutes=minutes)
    await revive_stuck(world.ports)
    await refresh_all(world.ports)
    assert world.commands.sent == ([command(project.id)] if command else [])


async def test_a_refresh_that_was_given_up_says_so_until_one_succeeds(world: World) -> None:
    project = await world.running(1)
    await fail_refresh(world.ports, project.id, "It failed.")
    refreshed = (await world.project(project.id)).refreshed
    assert refreshed is not None
    assert refreshed.error == "It failed."
    await refresh_project(world.ports, project.id)
    refreshed = (await world.project(project.id)).refreshed
    assert refreshed is not None
    assert refreshed.error is None
