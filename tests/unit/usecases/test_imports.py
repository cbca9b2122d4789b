"""Labels from files: matched, fitted, written; and what becomes of those that are not."""

import json

import pytest

from core.domain.answers import Classes
from core.domain.commands import ReadImport
from core.domain.errors import WrongStatus
from core.domain.filters import Filter
from core.domain.imports import Import, ImportAs, ImportFormat
from core.domain.items import ItemStatus
from core.domain.kinds import Kind
from core.domain.projects import Data, DataType, Project, Status
from core.domain.records import Source
from core.domain.tasks import TaskType
from core.domain.transfers import TransferStatus
from core.logic.records import counting
from core.usecases.claim_task import claim_task
from core.usecases.edit_project import pause_project
from core.usecases.initialize_project import initialize_project
from core.usecases.list_items import list_items
from core.usecases.read_import import fail_import, read_import
from core.usecases.request_import import request_import
from tests.unit.usecases.conftest import ANA, BEN, DATA, World

LINES = ("Cat", "Dog", "Cat")


def _csv(*rows: tuple[str, str]) -> bytes:
    return "\r\n".join(["path,label", *(f"{path},{label}" for path, label in rows)]).encode()


async def _cats(world: World, count: int = 3) -> Project:
    await world.upload(*(f"photos/{number:05d}.jpg" for number in range(count)))
    return await world.over("photos/**")


async def _imported(
    world: World, project: Project, data: bytes, taken_as: ImportAs = ImportAs.LABELS
) -> Import:
    await world.blobs.write(DATA, "labels.csv", data)
    asked = await request_import(world.ports, project, ANA, ImportFormat.CSV, "labels.csv", taken_as)
    assert world.commands.sent[-1] == ReadImport(project.id, asked.id)
    await read_import(world.ports, project.id, asked.id)
    return await world.ports.imports.get(project.id, asked.id)


async def test_labels_stand_and_are_nobody_s_work(world: World) -> None:
    project = await _cats(world)
    done = await _imported(world, project, _csv(("photos/00000.jpg", "Cat"), ("00001.jpg", "Dog")))
    assert (done.status, done.report.read, done.report.written) == (TransferStatus.DONE, 2, 2)
    page = await list_items(world.ports, project, Filter(ItemStatus.LABELED), None, 9)
    answers = {listed.item.path: listed.record.annotation for listed in page.items}
    first = answers["photos/00000.jpg"]
    assert first is not None
    assert (first.answer, first.source, first.user) == (Classes(("Cat",)), Source.IMPORTED, "ana")
    counts = world.shards.rows[project.id, 0].control.value.counts
    assert (dict(counts.labels), dict(counts.labelers), dict(counts.days)) == ({"Cat": 1, "Dog": 1}, {}, {})
    task = await claim_task(world.ports, project, BEN, 9)
    assert task is not None
    assert [item.path for item in task.items] == ["photos/00002.jpg"]


async def test_every_record_is_read_and_either_written_or_refused(world: World) -> None:
    project = await _cats(world)
    rows = [
        ("photos/00000.jpg", "Cat"),
        ("photos/00000.jpg", "Dog"),
        ("photos/00001.jpg", "Cow"),
        ("photos/99999.jpg", "Cat"),
    ]
    done = await _imported(world, project, _csv(*rows))
    assert (done.report.read, done.report.written, done.report.refused) == (4, 1, 3)
    reasons = {refusal.where: refusal.why for refusal in done.report.refusals}
    assert "same item" in reasons["line 3"]
    assert "'Cow'" in reasons["line 4"]
    assert "no item" in reasons["line 5"]


async def test_reading_the_same_import_again_changes_nothing(world: World) -> None:
    project = await _cats(world, 300)
    rows = [(f"photos/{number:05d}.jpg", "Cat") for number in range(300)]
    done = await _imported(world, project, _csv(*rows))
    before = dict(world.shards.rows[project.id, 0].records)
    world.ports.imports.rows[project.id, done.id] = Import(  # type: ignore[attr-defined]  # as a kill leaves it
        done.id, done.format, done.path, done.taken_as, done.created_at, done.created_by
    )
    await read_import(world.ports, project.id, done.id)
    again = await world.ports.imports.get(project.id, done.id)
    assert (again.status, again.report) == (TransferStatus.DONE, done.report)
    shard = world.shards.rows[project.id, 0]
    assert shard.records == before
    assert shard.control.value.counts == counting.recount(shard.records.values())


async def test_prelabels_are_merged_and_label_nothing(world: World) -> None:
    project = await _cats(world)
    await _imported(world, project, _csv(("00000.jpg", "Cat"), ("00001.jpg", "Cat")), ImportAs.PRELABELS)
    await _imported(world, project, _csv(("00001.jpg", "Dog")), ImportAs.PRELABELS)
    tasks = [task for _ in range(2) if (task := await claim_task(world.ports, project, BEN, 9))]
    assert {task.type for task in tasks} == {TaskType.MANUAL, TaskType.PRELABELED}
    prelabels = {item.path[-9:]: item.prelabel for task in tasks for item in task.items}
    assert {path: found.prediction.answer for path, found in prelabels.items() if found} == {
        "00000.jpg": Classes(("Cat",)),
        "00001.jpg": Classes(("Dog",)),
    }
    assert world.shards.rows[project.id, 0].records == {}


async def test_an_import_that_fails_says_why_and_stays_failed(world: World) -> None:
    project = await _cats(world)
    done = await _imported(world, project, b"a,b\r\n1,2\r\n")
    assert done.status is TransferStatus.FAILED
    assert done.error
    await fail_import(world.ports, project.id, done.id, "It failed again.")
    assert (await world.ports.imports.get(project.id, done.id)).error == done.error


async def test_a_project_without_items_takes_no_import(world: World) -> None:
    project = await world.create()
    with pytest.raises(WrongStatus):
        await request_import(world.ports, project, ANA, ImportFormat.CSV, "labels.csv", ImportAs.LABELS)
    paused = (await pause_project(world.ports, (await _cats(world)).id, "ana")).value
    assert paused.status is Status.PAUSED
    done = await _imported(world, paused, _csv(("00000.jpg", "Cat")))
    assert done.report.written == 1


@pytest.mark.parametrize("taken_as", [ImportAs.LABELS, ImportAs.PRELABELS])
async def test_an_mltable_brings_its_images_and_their_labels(world: World, taken_as: ImportAs) -> None:
    spec = "paths:\n  - file: ./rows.jsonl\ntransformations:\n  - read_json_lines:\n      encoding: utf8\n"
    rows = [
        {"picture": f"azureml://datastores/d/paths/photos/{number}.jpg", "kind": label, "sure": 0.5}
        for number, label in enumerate(LINES)
    ]
    rows += [{"picture": "notes.txt", "kind": "Cat", "sure": 1}, rows[0]]
    await world.blobs.write(DATA, "table/MLTable", spec.encode())
    await world.blobs.write(DATA, "table/rows.jsonl", "\n".join(map(json.dumps, rows)).encode())
    mapping = {"image": "picture", "category": "kind", "confidence": "sure"}
    data = Data(DATA, "table", DataType.MLTABLE, columns=mapping, import_as=taken_as)
    project = await world.over("table", data=data)
    assert (project.status, project.found, project.left_out) == (Status.INITIALIZING, 3, 2)
    assert sorted(await world.paths(project.id)) == [f"photos/{number}.jpg" for number in range(3)]
    assert world.commands.sent[-1] == ReadImport(project.id, "at-start")
    await read_import(world.ports, project.id, "at-start")
    assert (await world.project(project.id)).status is Status.RUNNING
    done = await world.ports.imports.get(project.id, "at-start")
    assert (done.report.read, done.report.written, done.report.refused) == (5, 3, 2)
    shard = world.shards.rows[project.id, 0]
    if taken_as is ImportAs.LABELS:
        assert shard.control.value.counts.labels == {"Cat": 2, "Dog": 1}
    else:
        assert shard.control.value.predictions
        predictions = await world.ports.predictions.read(shard.control.value.predictions)
        assert {found.confidence for found in predictions.values()} == {0.5}


async def test_a_project_starts_without_labels_that_cannot_be_read(world: World) -> None:
    await world.blobs.write(
        DATA, "table/MLTable", b"paths: [{file: r.jsonl}]\ntransformations: [read_json_lines]"
    )
    await world.blobs.write(DATA, "table/r.jsonl", b'{"image_url": "a.jpg", "label": "Cat"}')
    mapping = {"image": "image_url", "category": "label"}
    data = Data(DATA, "table", DataType.MLTABLE, columns=mapping, import_as=ImportAs.LABELS)
    project = await world.over("table", data=data)
    await fail_import(world.ports, project.id, "at-start", "It failed several times.")
    assert (await world.project(project.id)).status is Status.RUNNING
    assert (await world.ports.imports.get(project.id, "at-start")).status is TransferStatus.FAILED


async def test_a_mltable_that_is_not_there_fails_the_project(world: World) -> None:
    data = Data(DATA, "table", DataType.MLTABLE, columns={"image": "picture"})
    project = await world.over("table", data=data)
    assert project.status is Status.FAILED
    assert project.reason
    assert "table/MLTable" in project.reason
    await initialize_project(world.ports, project.id)


async def test_rows_of_a_table_are_found_by_name_and_by_text(world: World) -> None:
    await world.blobs.write(DATA, "news.csv", b"title,body\r\nFears,Unions\r\nRace,Rockets\r\n")
    data = Data(DATA, "news.csv", DataType.TABULAR, columns=("title", "body"))
    project = await world.over("news.csv", Kind.TEXT_MULTICLASS, data=data)
    done = await _imported(world, project, b"path,label\r\nnews.csv#2,Dog\r\n")
    assert done.report.written == 1
    done = await _imported(world, project, b'text,label\r\n"Fears\nUnions",Cat\r\n')
    assert (done.report.written, done.report.refusals) == (1, ())
