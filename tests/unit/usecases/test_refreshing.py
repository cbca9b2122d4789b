"""Blobs go, come back and are replaced; a refresh, or an event, has the items follow."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from core.adapters.memory import MemoryBlobs
from core.domain.answers import Classes
from core.domain.commands import InspectItems, RefreshProject
from core.domain.errors import Unavailable
from core.domain.filters import Filter
from core.domain.items import ItemStatus, parse_item_id
from core.domain.kinds import Kind
from core.domain.log import Happened
from core.domain.projects import Data, DataType, Project, Refresh, Status
from core.domain.records import ItemAction
from core.domain.tasks import ItemAnswer
from core.logic.records import counting
from core.ports import BlobInfo
from core.usecases.change_project import change_project
from core.usecases.claim_task import claim_task
from core.usecases.ingest_blob import ingest_blob
from core.usecases.list_items import ListedItem, list_items, show_item
from core.usecases.reconcile import refresh_due
from core.usecases.refresh_project import refresh_project
from core.usecases.request_refresh import request_refresh
from core.usecases.submit_task import submit_task
from tests.unit.usecases.conftest import BEN, DATA, World

ROSE = Classes(("Rose",))


async def _label(world: World, project: Project, count: int, label: str = "Rose") -> list[str]:
    """The paths of items that Ben has labeled."""
    task = await claim_task(world.ports, project, BEN, count)
    assert task is not None
    answers = [ItemAnswer(parse_item_id(item.id)[1], Classes((label,))) for item in task.items]
    await submit_task(world.ports, project, BEN, task.id, f"s{task.id}", answers)
    return [item.path for item in task.items]


async def _items(world: World, project: Project) -> dict[str, ListedItem]:
    page = await list_items(world.ports, await world.project(project.id), Filter(), None, 2_000)
    return {listed.item.name: listed for listed in page.items}


async def _statuses(world: World, project: Project) -> dict[str, ItemStatus]:
    return {name: listed.status for name, listed in (await _items(world, project)).items()}


async def _refreshed(world: World, project: Project) -> tuple[int, int, int, int]:
    """What a refresh added, found missing, found back and found changed."""
    world.clock.step(minutes=10)
    await refresh_project(world.ports, project.id)
    found = (await world.project(project.id)).refreshed
    assert found is not None
    assert found.at == world.clock.now()
    return found.added, found.missing, found.returned, found.changed


def _remove(world: World, *names: str) -> dict[str, tuple[str, bytes]]:
    """Delete blobs; what `_restore` needs to undelete them as they were."""
    return {name: world.blobs.containers[DATA].pop(name) for name in names}


def _restore(world: World, removed: dict[str, tuple[str, bytes]]) -> None:
    world.blobs.containers[DATA].update(removed)


async def _said(world: World, project: Project) -> list[dict[str, object]]:
    page = await world.ports.log.page(project.id, 100)
    return [dict(entry.details) for entry in page.entries if entry.what is Happened.REFRESHED]


async def _counters_are_exact(world: World, project: Project) -> None:
    for shard in range((await world.project(project.id)).shards):
        control = world.shards.rows[project.id, shard].control.value
        records = await world.ports.shards.records(project.id, shard)
        assert control.counts == counting.recount(records.values())


async def test_items_go_with_their_blobs_and_come_back_as_they_were(world: World) -> None:
    project = await world.running(6)
    [labeled] = await _label(world, project, 1)
    pending = next(name for name in await world.paths(project.id) if name != labeled)
    removed = _remove(world, labeled, pending)
    assert await _refreshed(world, project) == (0, 2, 0, 0)
    statuses = await _statuses(world, project)
    assert {name for name, status in statuses.items() if status is ItemStatus.MISSING} == {labeled, pending}
    await _counters_are_exact(world, project)

    _restore(world, removed)
    assert await _refreshed(world, project) == (0, 0, 2, 0)
    items = await _items(world, project)
    assert (items[labeled].status, items[pending].status) == (ItemStatus.LABELED, ItemStatus.PENDING)
    standing = items[labeled].record.annotation
    assert standing is not None
    assert standing.answer == ROSE
    actions = [event.action for event in items[labeled].record.events]
    assert actions == [ItemAction.WENT_MISSING, ItemAction.CAME_BACK]
    await _counters_are_exact(world, project)
    assert await _said(world, project) == [
        {"added": 0, "missing": 0, "returned": 2, "changed": 0},
        {"added": 0, "missing": 2, "returned": 0, "changed": 0},
    ]


async def test_refreshing_again_changes_nothing_and_says_nothing(world: World) -> None:
    project = await world.running(300)
    labeled, pending = await _label(world, project, 4), (await world.paths(project.id))[-1]
    _remove(world, *labeled[:2])
    await world.upload(labeled[2], pending, "photos/new.jpg")
    assert await _refreshed(world, project) == (1, 2, 0, 2)
    before, said = dict(world.shards.rows), await _said(world, project)
    commands = len(world.commands.sent)
    assert await _refreshed(world, project) == (0, 0, 0, 0)
    assert dict(world.shards.rows) == before
    assert await _said(world, project) == said
    assert len(world.commands.sent) == commands


async def test_two_refreshes_at_once_note_everything_once(world: World) -> None:
    project = await world.running(300)
    paths = await world.paths(project.id)
    _remove(world, *paths[:100])
    await world.upload(*paths[100:250])
    await asyncio.gather(*(refresh_project(world.ports, project.id) for _ in range(3)))
    items = await _items(world, project)
    events = [[event.action for event in items[path].record.events] for path in paths]
    assert events == [[ItemAction.WENT_MISSING]] * 100 + [[ItemAction.BLOB_CHANGED]] * 150 + [[]] * 50


@pytest.mark.parametrize("by_event", [True, False])
async def test_a_blob_that_is_replaced_keeps_its_label_and_tells_its_versions(
    world: World, by_event: bool
) -> None:
    project = await world.running(3)
    [path] = await _label(world, project, 1)
    old = (await _items(world, project))[path].item.etag
    world.clock.step(hours=1)
    await world.blobs.write(DATA, path, b"another photo")
    if by_event:
        await ingest_blob(world.ports, DATA, path)
        await ingest_blob(world.ports, DATA, path)
    else:
        await refresh_project(world.ports, project.id)
    shown = (await _items(world, project))[path]
    shown = await show_item(world.ports, project, shown.id)
    new = (await world.blobs.stat(DATA, path) or BlobInfo("", "", 0)).etag
    assert (shown.status, shown.item.etag, shown.item.size) == (ItemStatus.LABELED, new, 13)
    assert [event.detail for event in shown.record.events] == [f"{old} → {new}"]
    assert shown.record.annotation is not None
    assert shown.etag_at(shown.record.annotation.at) == old
    assert shown.etag_at(world.clock.now()) == new
    assert world.commands.sent[-1] == InspectItems(project.id, 0)
    assert await _refreshed(world, project) == (0, 0, 0, 0)


async def test_an_event_brings_a_missing_item_back_at_once(world: World) -> None:
    project = await world.running(3)
    [path] = await _label(world, project, 1)
    removed = _remove(world, path)
    assert await _refreshed(world, project) == (0, 1, 0, 0)
    _restore(world, removed)
    await ingest_blob(world.ports, DATA, path)
    assert (await _statuses(world, project))[path] is ItemStatus.LABELED
    assert len(await world.paths(project.id)) == 3


async def test_a_batch_of_events_adds_what_is_new_and_notes_what_is_not(world: World) -> None:
    project = await world.running(3)
    old = (await world.paths(project.id))[1]
    names = [f"photos/new{number}.jpg" for number in range(20)]
    await world.upload(old, *names)
    await asyncio.gather(*(ingest_blob(world.ports, DATA, name) for name in [*names, old, *names]))
    items = await _items(world, project)
    assert len(items) == 23
    assert {name for name, listed in items.items() if listed.record.events} == {old}


class _Listing(MemoryBlobs):
    """A listing that does something between its two pages."""

    async def between(self) -> None:
        raise Unavailable("The storage is away.")

    async def list(self, container: str, prefix: str) -> AsyncIterator[Sequence[BlobInfo]]:
        async for page in super().list(container, prefix):
            half = len(page) // 2
            yield page[:half]
            await self.between()
            yield page[half:]


async def test_a_listing_that_fails_halfway_changes_nothing(world: World) -> None:
    project = await world.running(6)
    _remove(world, (await world.paths(project.id))[0])
    await world.upload("photos/aa.jpg")
    before = dict(world.shards.rows)
    ports = replace(world.ports, blobs=_Listing(world.blobs.containers))
    with pytest.raises(Unavailable):
        await refresh_project(ports, project.id)
    assert dict(world.shards.rows) == before


async def test_what_happens_during_the_listing_is_not_held_against_the_items(world: World) -> None:
    """A blob arrives in the part that was listed, one is replaced there, one that was not there is back."""
    project = await world.running(6)
    back = _remove(world, "photos/00000.jpg")
    await world.upload("photos/00005.jpg")

    class Arriving(_Listing):
        async def between(self) -> None:
            await world.upload("photos/0.jpg", "photos/00001.jpg")
            await ingest_blob(world.ports, DATA, "photos/0.jpg")
            await ingest_blob(world.ports, DATA, "photos/00001.jpg")
            _restore(world, back)

    await refresh_project(replace(world.ports, blobs=Arriving(world.blobs.containers)), project.id)
    items = await _items(world, project)
    assert {listed.status for listed in items.values()} == {ItemStatus.PENDING}
    events = {
        name: [event.action for event in listed.record.events]
        for name, listed in items.items()
        if listed.record.events
    }
    assert events == {
        "photos/00001.jpg": [ItemAction.BLOB_CHANGED],
        "photos/00005.jpg": [ItemAction.BLOB_CHANGED],
    }
    assert await _refreshed(world, project) == (0, 0, 0, 0)


async def test_without_refresh_nothing_follows_until_somebody_asks(world: World) -> None:
    project = await world.running(3)
    await change_project(world.ports, project.id, lambda old: replace(old, refresh=Refresh(enabled=False)))
    paths = await world.paths(project.id)
    _remove(world, paths[0])
    await world.upload(paths[1], "photos/new.jpg")
    before = dict(world.shards.rows)
    world.clock.step(days=1)
    world.commands.sent.clear()
    for name in (paths[1], "photos/new.jpg"):
        await ingest_blob(world.ports, DATA, name)
    await refresh_due(world.ports)
    await refresh_project(world.ports, project.id)
    assert dict(world.shards.rows) == before
    assert world.commands.sent == []
    await refresh_project(world.ports, project.id, by_hand=True)
    refreshed = (await world.project(project.id)).refreshed
    assert refreshed is not None
    assert (refreshed.added, refreshed.missing, refreshed.returned, refreshed.changed) == (1, 1, 0, 1)


async def test_a_refresh_by_hand_looks_again_at_what_was_set_aside(world: World) -> None:
    project = await world.running(3)
    world.commands.sent.clear()
    await request_refresh(world.ports, project)
    assert world.commands.sent == [RefreshProject(project.id, by_hand=True)]
    await refresh_project(world.ports, project.id)
    assert len(world.commands.sent) == 1
    await refresh_project(world.ports, project.id, by_hand=True)
    assert world.commands.sent[1:] == [InspectItems(project.id, 0)]


async def test_a_missing_item_is_not_handed_out_and_an_answer_on_its_way_is_kept(world: World) -> None:
    project = await world.running(2)
    task = await claim_task(world.ports, project, BEN, 1)
    assert task is not None
    [held] = task.items
    removed = _remove(world, *await world.paths(project.id))
    assert await _refreshed(world, project) == (0, 2, 0, 0)
    assert await claim_task(world.ports, project, BEN, 1) is None
    await submit_task(world.ports, project, BEN, task.id, "s1", [ItemAnswer(parse_item_id(held.id)[1], ROSE)])
    await _refreshed(world, project)
    assert set((await _statuses(world, project)).values()) == {ItemStatus.MISSING}
    _restore(world, removed)
    await _refreshed(world, project)
    assert (await _statuses(world, project))[held.path] is ItemStatus.LABELED


def _table(*rows: str) -> bytes:
    return "\r\n".join(("title", *rows)).encode()


async def _news(world: World, *rows: str) -> Project:
    await world.blobs.write(DATA, "news/a.csv", _table(*rows))
    data = Data(DATA, "news/*.csv", DataType.TABULAR, columns=("title",))
    return await world.over("news/*.csv", Kind.TEXT_MULTICLASS, data=data)


async def test_rows_go_change_and_come_with_their_table(world: World) -> None:
    project = await _news(world, "Fears", "Race", "Turkey")
    await _label(world, project, 3, "Cat")
    await world.blobs.write(DATA, "news/a.csv", _table("Fears", "Pace"))
    assert await _refreshed(world, project) == (0, 1, 0, 1)
    items = await _items(world, project)
    assert {name: listed.status for name, listed in items.items()} == {
        "news/a.csv#1": ItemStatus.LABELED,
        "news/a.csv#2": ItemStatus.LABELED,
        "news/a.csv#3": ItemStatus.MISSING,
    }
    assert items["news/a.csv#2"].item.columns == {"title": "Pace"}
    assert not items["news/a.csv#1"].record.events
    assert await _refreshed(world, project) == (0, 0, 0, 0)
    await world.blobs.write(DATA, "news/a.csv", _table("Fears", "Pace", "Turkey", "Unions"))
    assert await _refreshed(world, project) == (1, 0, 1, 0)
    assert (await _statuses(world, project))["news/a.csv#3"] is ItemStatus.LABELED


async def test_an_event_of_a_table_notes_its_rows(world: World) -> None:
    project = await _news(world, "Fears", "Race")
    await world.blobs.write(DATA, "news/a.csv", _table("Fears", "Pace", "Turkey"))
    await ingest_blob(world.ports, DATA, "news/a.csv")
    items = await _items(world, project)
    assert {name for name, listed in items.items() if listed.record.events} == {"news/a.csv#2"}
    assert len(items) == 3


async def test_rows_are_gone_with_their_table_but_not_while_it_cannot_be_read(world: World) -> None:
    project = await _news(world, "Fears", "Race")
    table = world.blobs.containers[DATA]["news/a.csv"]
    await world.blobs.write(DATA, "news/a.csv", bytes(range(256)) * 40)
    assert await _refreshed(world, project) == (0, 0, 0, 0)
    _remove(world, "news/a.csv")
    assert await _refreshed(world, project) == (0, 2, 0, 0)
    _restore(world, {"news/a.csv": table})
    assert await _refreshed(world, project) == (0, 0, 2, 0)


async def test_the_images_of_an_mltable_follow_their_blobs(world: World) -> None:
    spec = "paths:\n  - file: ./rows.jsonl\ntransformations:\n  - read_json_lines\n"
    rows = [{"picture": f"azureml://datastores/d/paths/photos/{number}.jpg"} for number in range(3)]
    await world.upload(*(f"photos/{number}.jpg" for number in range(3)), "photos/other.jpg")
    await world.blobs.write(DATA, "table/MLTable", spec.encode())
    await world.blobs.write(DATA, "table/rows.jsonl", "\n".join(map(json.dumps, rows)).encode())
    data = Data(DATA, "table", DataType.MLTABLE, columns={"image": "picture"})
    project = await world.over("table", data=data)
    assert await _refreshed(world, project) == (0, 0, 0, 0)
    items = await _items(world, project)
    assert {name: listed.item.etag for name, listed in items.items()} == {
        name: world.blobs.containers[DATA][name][0] for name in sorted(items)
    }
    await world.upload("photos/1.jpg")
    removed = _remove(world, "photos/2.jpg")
    assert await _refreshed(world, project) == (0, 1, 0, 1)
    _restore(world, removed)
    assert await _refreshed(world, project) == (0, 0, 1, 0)
    for name in ("photos/0.jpg", "photos/other.jpg"):
        await world.upload(name)
        await ingest_blob(world.ports, DATA, name)
    events = {name: len(listed.record.events) for name, listed in (await _items(world, project)).items()}
    assert events == {"photos/0.jpg": 1, "photos/1.jpg": 1, "photos/2.jpg": 2}


async def test_a_changed_image_is_looked_at_again(world: World) -> None:
    project = await world.running(2)
    path = (await world.paths(project.id))[0]
    removed = _remove(world, path)
    assert await _refreshed(world, project) == (0, 1, 0, 0)
    assert world.commands.sent[-1] == InspectItems(project.id, 0)
    _restore(world, removed)
    await world.upload(path)
    assert await _refreshed(world, project) == (0, 0, 1, 1)
    assert (await _items(world, project))[path].item.image is None


async def test_projects_are_refreshed_when_their_time_has_come(world: World) -> None:
    project = await world.running(10)
    world.commands.sent.clear()

    async def sent(**later: float) -> bool:
        world.clock.step(**later)
        world.commands.sent.clear()
        await refresh_due(world.ports)
        return world.commands.sent == [RefreshProject(project.id)]

    async def due() -> timedelta:
        refreshed = (await world.project(project.id)).refreshed
        assert refreshed is not None
        assert refreshed.next is not None
        return refreshed.next - refreshed.at

    assert not await sent(hours=5, minutes=59)
    assert await sent(minutes=1)
    assert not await sent(minutes=5)
    assert await sent(hours=1)
    assert await _refreshed(world, project) == (0, 0, 0, 0)
    assert await due() == timedelta(hours=6)
    await _label(world, project, 9)
    await refresh_project(world.ports, project.id)
    assert await due() == timedelta(hours=1)
    await change_project(world.ports, project.id, lambda old: replace(old, status=Status.PAUSED))
    assert await sent(hours=2)
    await change_project(world.ports, project.id, lambda old: replace(old, status=Status.FAILED))
    assert not await sent(hours=2)
