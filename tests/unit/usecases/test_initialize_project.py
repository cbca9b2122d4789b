import asyncio

import pytest

from core.domain.commands import InitializeProject, InspectItems, RefreshProject
from core.domain.people import Member, Role
from core.domain.projects import Status
from core.domain.shards import Control
from core.domain.transfers import Refusal
from core.usecases.initialize_project import initialize_project
from core.usecases.request_refresh import request_refresh
from tests.unit.usecases.conftest import World, make_world


class Killed(Exception):
    """The process dies here."""


async def test_a_new_project_belongs_to_its_creator_and_is_told_to_initialize(world: World) -> None:
    project = await world.create()
    assert project.status is Status.INITIALIZING
    assert await world.ports.members.get(project.id, "ana") == Member(project.id, "ana", Role.OWNER)
    assert world.commands.sent == [InitializeProject(project.id)]


async def test_matching_images_become_items_in_shuffled_order(world: World) -> None:
    await world.upload("other/a.jpg", "photos/readme.txt", "photosa.jpg")
    project = await world.running(600)
    expected = [f"photos/{number:05d}.jpg" for number in range(600)]
    paths = await world.paths(project.id)
    assert sorted(paths) == expected
    assert paths != expected
    assert (project.status, project.found, project.shards, project.left_out) == (Status.RUNNING, 600, 2, 1)
    assert project.refusals == (Refusal("photos/readme.txt", "The file's extension is not one of an image."),)
    assert world.commands.sent[-2:] == [RefreshProject(project.id), InspectItems(project.id, 0)]


async def test_the_cap_says_how_many_it_left_out() -> None:
    world = await make_world(max_items=10)
    project = await world.running(25)
    assert (project.found, project.left_out) == (10, 15)
    assert len(await world.paths(project.id)) == 10


@pytest.mark.parametrize("path", ["nothing/**", "photos/*.png"])
async def test_a_path_that_matches_nothing_fails_with_a_reason(world: World, path: str) -> None:
    await world.upload("photos/a.jpg")
    project = await world.create(path)
    await initialize_project(world.ports, project.id)
    failed = await world.project(project.id)
    assert failed.status is Status.FAILED
    assert failed.reason == (
        f"No image matches '{path}' in datastore 'data'. "
        "Upload some and look again, or create a project over another path."
    )


async def test_a_project_that_failed_can_look_again(world: World) -> None:
    project = await world.create("photos/**")
    await initialize_project(world.ports, project.id)
    await world.upload("photos/a.jpg")
    await request_refresh(world.ports, await world.project(project.id))
    assert (await world.project(project.id)).status is Status.INITIALIZING
    assert world.commands.sent[-1] == InitializeProject(project.id)
    await initialize_project(world.ports, project.id)
    running = await world.project(project.id)
    assert (running.status, running.reason) == (Status.RUNNING, None)
    assert await world.paths(project.id) == ["photos/a.jpg"]


async def test_a_kill_at_any_write_is_made_good_by_beginning_again(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = await make_world()
    project = await plain.running(600)
    expected = await plain.paths(project.id)
    for fatal in range(1, 5):
        world = await make_world()
        await world.upload(*(f"photos/{number:05d}.jpg" for number in range(600)))
        again = await world.create()
        with monkeypatch.context() as patch:
            _die_at_write(world, patch, fatal)
            with pytest.raises(Killed):
                await initialize_project(world.ports, again.id)
        await world.upload("photos/late.jpg")
        await initialize_project(world.ports, again.id)
        assert (await world.project(again.id)).status is Status.RUNNING
        paths = await world.paths(again.id)
        listed_before_the_kill = fatal > 1
        assert ("photos/late.jpg" in paths) is not listed_before_the_kill
        assert len(set(paths)) == len(paths) == len(expected) + (not listed_before_the_kill)


def _die_at_write(world: World, patch: pytest.MonkeyPatch, fatal: int) -> None:
    """Let the process die before its n-th write of a blob or shard."""
    writes = 0

    def count_down() -> None:
        nonlocal writes
        writes += 1
        if writes >= fatal:
            raise Killed

    write, create = world.blobs.write, world.shards.create

    async def deadly_write(container: str, name: str, data: bytes, *, overwrite: bool = True) -> bool:
        count_down()
        return await write(container, name, data, overwrite=overwrite)

    async def deadly_create(project: str, control: Control, digests: bytes) -> bool:
        count_down()
        return await create(project, control, digests)

    patch.setattr(world.blobs, "write", deadly_write)
    patch.setattr(world.shards, "create", deadly_create)


async def test_two_that_initialize_at_once_build_the_same_items(world: World) -> None:
    await world.upload(*(f"photos/{number}.jpg" for number in range(600)))
    project = await world.create()
    await asyncio.gather(*(initialize_project(world.ports, project.id) for _ in range(3)))
    paths = await world.paths(project.id)
    assert len(paths) == len(set(paths)) == 600


async def test_initializing_a_running_project_again_changes_nothing(world: World) -> None:
    project = await world.running(3)
    await initialize_project(world.ports, project.id)
    assert await world.project(project.id) == project
