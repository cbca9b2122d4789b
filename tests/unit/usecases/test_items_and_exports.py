import io
import json
from csv import DictReader
from dataclasses import replace

import pytest

from core.adapters.memory import MemoryAssets
from core.domain.answers import Classes
from core.domain.assets import AssetSort
from core.domain.errors import Conflict, NotFound, Unsupported
from core.domain.exports import Export, ExportOptions, Format
from core.domain.filters import Filter
from core.domain.items import ItemStatus, parse_item_id
from core.domain.people import Role
from core.domain.projects import Project, Status
from core.domain.tasks import ItemAnswer
from core.domain.transfers import TransferStatus
from core.usecases.authorize import Access
from core.usecases.claim_task import claim_task
from core.usecases.delete_project import delete_project, erase_project
from core.usecases.expiring_blobs import export_prefix, rendition_prefix
from core.usecases.list_items import list_items, show_item
from core.usecases.open_exports import OpenExport, open_export, open_exports
from core.usecases.request_export import request_export
from core.usecases.review_items import Review, ReviewAction, review_items
from core.usecases.show_dashboard import show_dashboard
from core.usecases.submit_task import submit_task
from core.usecases.write_export import fail_export, write_export
from tests.unit.usecases.conftest import ANA, APP, BEN, CLEO, World


async def _labeled(world: World, photos: int = 600) -> tuple[Project, list[str]]:
    """A project of which Ben labeled nine items Rose, skipped and flagged one, and Cleo four others."""
    project = await world.running(photos)
    done = []
    for user, size, label in ((BEN, 9, "Rose"), (CLEO, 4, "Animal/Cat"), (BEN, 1, None)):
        task = await claim_task(world.ports, project, user, size)
        assert task is not None
        done += [item.id for item in task.items]
        answers = [
            ItemAnswer(parse_item_id(item.id)[1], Classes((label,)), width=60, height=40, milliseconds=500)
            if label
            else ItemAnswer(parse_item_id(item.id)[1], skipped="blurred", milliseconds=250, flag="black")
            for item in task.items
        ]
        await submit_task(world.ports, project, user, task.id, f"s{task.id}", answers)
    return project, done


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (Filter(), 600),
        (Filter(status=ItemStatus.LABELED), 13),
        (Filter(status=ItemStatus.SKIPPED), 1),
        (Filter(status=ItemStatus.PENDING), 586),
        (Filter(status=ItemStatus.MISSING), 0),
        (Filter(label="Rose"), 9),
        (Filter(label="Tulip"), 0),
        (Filter(labeler="ben"), 10),
        (Filter(labeler="cleo", label="Rose"), 0),
        (Filter(status=ItemStatus.LABELED, labeler="ben"), 9),
        (Filter(path="photos/0000"), 10),
        (Filter(path="07.JPG"), 6),
        (Filter(path="07.jpg", status=ItemStatus.MISSING), 0),
        (Filter(path="photos", labeler="ben"), 10),
        (Filter(path="tulip"), 0),
        (Filter(flagged=True), 1),
        (Filter(flagged=True, status=ItemStatus.LABELED), 0),
        (Filter(flagged=False), 599),
    ],
)
async def test_items_are_listed_by_filter_in_pages(world: World, wanted: Filter, count: int) -> None:
    project, _ = await _labeled(world)
    seen, cursor, pages = [], None, 0
    while pages == 0 or cursor:
        page = await list_items(world.ports, project, wanted, cursor, 7)
        seen += [item.id for item in page.items]
        cursor, pages = page.next, pages + 1
        assert len(page.items) == 7 or cursor is None
    assert len(seen) == len(set(seen)) == count
    assert seen == sorted(seen)


async def test_a_search_stops_after_some_shards_and_goes_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.usecases.list_items.SHARDS_A_PAGE", 1)
    project = await world.running(600)
    paths = await world.paths(project.id)
    wanted = Filter(path=paths[-1])
    pages: list[list[str]] = []
    cursor = None
    while not pages or cursor:
        page = await list_items(world.ports, project, wanted, cursor, 7)
        cursor = page.next
        pages.append([item.item.path for item in page.items])
    assert project.shards > 1
    assert pages == [[]] * (project.shards - 1) + [[paths[-1]]]


async def test_an_item_tells_its_history(world: World) -> None:
    project, done = await _labeled(world)
    item = await show_item(world.ports, project, done[-1])
    assert item.status is ItemStatus.SKIPPED
    assert [revision.skipped for revision in item.record.revisions] == ["blurred"]
    for nonsense in ("9999-0000", "0000-9999", "x"):
        with pytest.raises(NotFound):
            await show_item(world.ports, project, nonsense)


async def test_the_dashboard_adds_up(world: World) -> None:
    project, _ = await _labeled(world)
    assert await claim_task(world.ports, project, CLEO, 6)
    world.clock.step(minutes=1)
    shown = await show_dashboard(world.ports, Access(ANA, project, "", Role.OWNER))
    assert dict(shown.statuses) == {ItemStatus.PENDING: 586, ItemStatus.LABELED: 13, ItemStatus.SKIPPED: 1}
    assert shown.leased == 6
    assert shown.labels == {"Animal": 0, "Animal/Cat": 4, "Rose": 9}
    assert {user: (t.labeled, t.skipped, t.milliseconds) for user, t in shown.labelers.items()} == {
        "ben": (9, 1, 4_750),
        "cleo": (4, 0, 2_000),
    }
    assert shown.days == {"2026-11-20": 13}
    own = await show_dashboard(world.ports, Access(CLEO, project, "", Role.LABELER))
    assert set(own.labelers) == {"cleo"}


async def _written(world: World, project: Project, options: ExportOptions) -> tuple[Export, bytes]:
    asked = await request_export(world.ports, project, ANA, options)
    await write_export(world.ports, project.id, asked.id)
    export = await world.ports.exports.get(project.id, asked.id)
    return export, await world.blobs.read(APP, export.blob) if export.blob else b""


async def test_an_export_has_what_was_asked_for(world: World) -> None:
    project, _ = await _labeled(world)
    export, data = await _written(world, project, ExportOptions(Format.COCO))
    assert (export.status, export.progress) == (TransferStatus.DONE, 1)
    assert (export.report.read, export.report.written, export.report.refused) == (13, 13, 0)
    assert len(json.loads(data)["annotations"]) == 13
    both = (ItemStatus.LABELED, ItemStatus.SKIPPED)
    export, data = await _written(world, project, ExportOptions(Format.CSV, status=both))
    assert export.report.written == data.count(b"\r\n") - 1 == 14
    now = world.clock.now()
    for options in (
        ExportOptions(Format.CSV, made_to=now),
        ExportOptions(Format.CSV, made_from=now.replace(year=2027)),
    ):
        assert (await _written(world, project, options))[0].report.written == 0


async def test_coco_refuses_images_of_unknown_size_and_says_which(world: World) -> None:
    project, done = await _labeled(world)
    shard, index = parse_item_id(done[0])
    row = world.shards.rows[project.id, shard]
    record = row.records[index]
    row.records[index] = replace(record, revisions=(replace(record.revisions[0], width=None),))
    export, _ = await _written(world, project, ExportOptions(Format.COCO))
    assert (export.report.read, export.report.written, export.report.refused) == (13, 12, 1)
    assert export.report.refusals[0].why == "the image cannot be read, so its size is not known"


async def test_an_export_that_was_given_up_says_so_unless_it_is_done(world: World) -> None:
    project = await world.running(1)
    asked = await request_export(world.ports, project, ANA, ExportOptions(Format.CSV))
    await fail_export(world.ports, project.id, asked.id, "It failed.")
    assert (await world.ports.exports.get(project.id, asked.id)).error == "It failed."
    await write_export(world.ports, project.id, asked.id)
    await fail_export(world.ports, project.id, asked.id, "It failed.")
    assert (await world.ports.exports.get(project.id, asked.id)).status is TransferStatus.DONE


async def test_an_export_is_registered_as_a_file_and_an_mltable_as_its_folder(world: World) -> None:
    project, _ = await _labeled(world)
    csv, _ = await _written(world, project, ExportOptions(Format.CSV, register="flowers"))
    table, _ = await _written(world, project, ExportOptions(Format.MLTABLE, register="flowers"))
    assert (csv.asset, table.asset) == ("azureml:flowers:1", "azureml:flowers:2")
    assert table.blob is not None
    folder = table.blob.removesuffix(".zip") + "/"
    assert isinstance(world.ports.assets, MemoryAssets)
    assert world.ports.assets.registered == [
        ("flowers", f"memory://{APP}/{csv.blob}", AssetSort.FILE),
        ("flowers", f"memory://{APP}/{folder}", AssetSort.MLTABLE),
    ]
    names = {name.removeprefix(folder) for name in world.blobs.containers[APP] if name.startswith(folder)}
    assert names == {"MLTable", "labeledDatapoints_1.jsonl"}


async def test_an_export_says_when_its_file_has_expired_and_data_assets_do_not(
    world: World,
) -> None:
    project, _ = await _labeled(world)
    old, _ = await _written(world, project, ExportOptions(Format.CSV))
    asset, _ = await _written(world, project, ExportOptions(Format.CSV, register="flowers"))
    new, _ = await _written(world, project, ExportOptions(Format.CSV))
    queued = await request_export(world.ports, project, ANA, ExportOptions(Format.CSV))
    expiring = [name for name in world.blobs.containers[APP] if name.startswith(export_prefix(project.id))]
    assert sorted(expiring) == sorted([str(old.blob), str(new.blob)])
    del world.blobs.containers[APP][str(old.blob)]
    opened = {one.export.id: one for one in await open_exports(world.ports, project.id)}
    assert opened[queued.id] == OpenExport(queued)
    assert opened[old.id] == OpenExport(old, expired=True)
    for kept in (asset, new):
        assert kept.blob is not None
        assert kept.blob in str(opened[kept.id].url)
        assert not opened[kept.id].expired
    for export in (old, asset, new, queued):
        assert await open_export(world.ports, project.id, export.id) == opened[export.id]


async def test_no_export_is_registered_where_there_is_no_workspace(world: World) -> None:
    project, _ = await _labeled(world)
    ports = replace(world.ports, assets=None)
    with pytest.raises(Unsupported, match="AZURE_ML_WORKSPACE"):
        await request_export(ports, project, ANA, ExportOptions(Format.CSV, register="flowers"))


async def test_labelers_are_called_by_name_in_an_export(world: World) -> None:
    project, _ = await _labeled(world)
    await world.ports.people.remember(BEN)
    _, data = await _written(world, project, ExportOptions(Format.CSV, include_labeler=True))
    assert {line["labeler"] for line in DictReader(io.StringIO(data.decode(), newline=""))} == {"Ben", "cleo"}


async def test_approval_holds_for_the_answer_that_was_approved(world: World) -> None:
    project, done = await _labeled(world)
    owner = Access(ANA, project, "", Role.OWNER)
    await review_items(world.ports, owner, Review(ReviewAction.APPROVE, done[:3]))
    approved = ExportOptions(Format.CSV, approved_only=True)
    assert (await _written(world, project, approved))[0].report.written == 3
    await review_items(world.ports, owner, Review(ReviewAction.UNAPPROVE, done[:1]))
    assert (await _written(world, project, approved))[0].report.written == 2
    with pytest.raises(Conflict):
        await review_items(world.ports, owner, Review(ReviewAction.APPROVE, ["0000-0299"]))


async def test_a_deleted_project_leaves_nothing_but_its_name(world: World) -> None:
    project, _ = await _labeled(world)
    await _written(world, project, ExportOptions(Format.CSV))
    await world.blobs.write(APP, f"{rendition_prefix(project.id)}x/thumbnail", b"")
    await delete_project(world.ports, project.id, "ana")
    assert (await world.project(project.id)).status is Status.DELETING
    for _ in range(2):
        await erase_project(world.ports, project.id)
    assert not world.shards.rows
    assert not world.blobs.containers[APP]
    assert len(world.blobs.containers["data"]) == 600
    assert await world.ports.members.of_user("ana") == []
    with pytest.raises(NotFound):
        await world.project(project.id)
