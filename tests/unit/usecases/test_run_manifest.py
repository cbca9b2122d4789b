"""What the jobs of a run read."""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from core.adapters.memory import MemoryBlobs
from core.domain.answers import (
    Answer,
    Box,
    Boxes,
    Classes,
    Mask,
    Masks,
    Polygon,
    Polygons,
    Rle,
    Span,
    Spans,
)
from core.domain.items import Item, ItemStatus
from core.domain.kinds import Kind
from core.domain.labels import Label, LabelChange
from core.domain.people import Role
from core.domain.projects import Data, DataType, Project
from core.domain.records import Defect, ItemRecord, Revision, Source
from core.domain.runs import Run, RunStatus, Stage
from core.logic.records.recording import apply_records
from core.ports import Ports
from core.usecases.authorize import Access
from core.usecases.change_labels import change_labels
from core.usecases.edit_project import pause_project
from core.usecases.request_run import request_run
from core.usecases.run_files import task_name
from core.usecases.run_operation import run_operation
from core.usecases.start_run import start_run
from core.usecases.write_run_manifest import list_images, write_run_manifest
from tests.examples import NOON
from tests.jobs.assist.running import complaints
from tests.unit.usecases.assisting import DONE, Meanwhile, answer, assisted, jobs_of, manifest_of, run_of
from tests.unit.usecases.conftest import ANA, APP, DATA, World

RUN = Run("r1", Stage.TRAIN, NOON, "ana")
CAT, DOG = Classes(("Cat",)), Classes(("Dog",))

EXAMPLES: Mapping[Kind, Answer] = {
    Kind.IMAGE_MULTICLASS: CAT,
    Kind.IMAGE_MULTILABEL: Classes(("Cat", "Dog")),
    Kind.OBJECT_DETECTION: Boxes((Box("Cat", 1.5, 2, 30, 40),)),
    Kind.INSTANCE_SEGMENTATION: Polygons((Polygon("Cat", ((0, 0, 9, 0, 9, 8),), ((1, 1, 2, 1, 2, 2),)),)),
    Kind.SEMANTIC_SEGMENTATION: Masks((Mask("Dog", Rle((4, 3), "04")),)),
    Kind.TEXT_MULTICLASS: DOG,
    Kind.TEXT_MULTILABEL: DOG,
    Kind.TEXT_NER: Spans((Span("Cat", 2, 5),)),
}


async def record(world: World, project: Project, records: Mapping[int, ItemRecord]) -> None:
    """Items of the first shard get these records."""
    known = await world.ports.shards.read(project.id, 0, fresh=True)
    change = apply_records(known.value, {}, records)
    assert change is not None
    await world.ports.shards.commit(project.id, change, known.etag)


def said(given: Answer, source: Source = Source.MANUAL, **changes: Any) -> ItemRecord:
    """An item with a standing answer."""
    made = Revision(1, "ben", NOON, "0000-t", "s1", given, source=source, width=640, height=480)
    return replace(ItemRecord((made,), standing=1), **changes)


async def lines(world: World, project: Project) -> list[dict[str, Any]]:
    """The manifest as it is written now, held against the schemas."""
    written = await write_run_manifest(world.ports, project, RUN)
    found = await manifest_of(world, project, RUN)
    assert written.items == len(found)
    assert written.labeled == sum(line["answer"] is not None for line in found)
    for line in found:
        assert complaints("items", line) == []
    task = json.loads(await world.blobs.read(APP, task_name(project.id, RUN.id)))
    assert complaints("task", task) == []
    assert task["kind"] == project.kind
    return found


async def test_items_come_in_order_with_the_answers_that_stand(world: World) -> None:
    project = await assisted(world, 5)
    await record(world, project, {1: said(CAT), 3: said(DOG, Source.REVIEW)})
    found = await lines(world, project)
    assert [line["id"] for line in found] == [f"0000-{index:04d}" for index in range(5)]
    assert [line["path"] for line in found] == [f"0000-{index:04d}.jpg" for index in range(5)]
    assert [line["answer"] for line in found] == [None, {"labels": ["Cat"]}, None, {"labels": ["Dog"]}, None]
    assert (found[1]["width"], found[1]["height"], found[0]["width"]) == (640, 480, None)


@pytest.mark.parametrize("kind", Kind)
async def test_answers_of_every_kind_are_as_the_schema_says(world: World, kind: Kind) -> None:
    names = [f"a/{number}.{'jpg' if kind.is_image else 'txt'}" for number in range(3)]
    await world.upload(*names)
    project = await world.over("a/**", kind)
    await record(world, project, {1: said(EXAMPLES[kind])})
    found = await lines(world, project)
    assert [line["answer"] is not None for line in found] == [False, True, False]


async def test_what_nobody_can_or_will_label_is_left_out(world: World) -> None:
    project = await assisted(world, 7)
    skip = Revision(1, "ben", NOON, "0000-t", "s1", skipped="dark")
    await record(
        world,
        project,
        {
            0: ItemRecord((skip,), standing=1),
            1: said(CAT, defect=Defect(ItemStatus.MISSING, "It is gone.")),
            2: ItemRecord(defect=Defect(ItemStatus.UNREADABLE, "It is no image.")),
            3: ItemRecord((skip,), standing=1, removed=True),
            4: said(CAT, standing=None, contested=True),
            5: said(DOG),
        },
    )
    found = await lines(world, project)
    assert [(line["id"][-1], line["answer"]) for line in found] == [
        ("4", None),
        ("5", {"labels": ["Dog"]}),
        ("6", None),
    ]
    images = await list_images(world.ports, project)
    assert images is not None
    assert set(images.names) == {line["path"] for line in found}
    paths = await world.paths(project.id)
    assert images.container == DATA
    assert images.names["0000-0005.jpg"] == paths[5]


async def test_nobody_learns_from_a_model_or_from_labels_that_are_offered_no_more(world: World) -> None:
    project = await assisted(world, 4)
    boxes = Boxes((Box("Cat", 0, 0, 9, 9), Box("Fox", 0, 0, 9, 9)))
    await record(world, project, {0: said(CAT, Source.MODEL), 1: said(Classes(("Fox",))), 2: said(boxes)})
    assert [line["answer"] for line in await lines(world, project)] == [None] * 4


async def test_answers_are_brought_up_to_the_labels_of_now(world: World) -> None:
    project = await assisted(world, 4)
    await record(world, project, {0: said(CAT), 1: said(DOG)})
    await pause_project(world.ports, project.id, "ana")
    access = Access(ANA, await world.project(project.id), "", Role.OWNER)
    change = LabelChange((Label("Lion"), Label("Dog")), moves={"Cat": "Lion"})
    operation = await change_labels(world.ports, access, change, None)
    before = await lines(world, await world.project(project.id))
    await run_operation(world.ports, project.id, operation.id)
    after = await lines(world, await world.project(project.id))
    assert before == after
    assert after[0]["answer"] == {"labels": ["Lion"]}
    run = await write_run_manifest(world.ports, await world.project(project.id), RUN)
    assert run.label_version == 1


async def test_texts_stand_in_the_manifest_whatever_their_encoding(world: World) -> None:
    texts = {"a": "Müller".encode("latin-1"), "b": "день".encode("utf-16"), "c": "日本".encode()}
    for name, data in {**texts, "d": b"x" * (1024 * 1024 + 1)}.items():
        await world.blobs.write(DATA, f"texts/{name}.txt", data)
    project = await world.over("texts/**", Kind.TEXT_MULTICLASS)
    found = await lines(world, project)
    assert sorted(line["text"] for line in found) == ["Müller", "день", "日本"]
    assert all("path" not in line for line in found)
    await world.blobs.remove_all(DATA, "texts/a.txt")
    assert len(await lines(world, project)) == 2
    assert await list_images(world.ports, project) is None


async def test_rows_are_what_labelers_read_of_them(world: World) -> None:
    await world.blobs.write(DATA, "news.csv", b"id,title,body\n1,Rain,It rains.\n2,Sun,\n")
    data = Data(DATA, "news.csv", DataType.TABULAR, columns=("title", "body"))
    project = await world.over("news.csv", Kind.TEXT_MULTICLASS, data=data)
    assert sorted(line["text"] for line in await lines(world, project)) == ["Rain\nIt rains.", "Sun"]


async def test_a_large_project_is_written_as_a_stream(world: World) -> None:
    project = await assisted(world, 3_000)
    assert project.shards == 12
    read: list[str] = []

    @dataclass
    class Watched(MemoryBlobs):
        seen: list[int] = field(default_factory=list)

        async def upload(self, container: str, name: str, chunks: Any, *told: Any) -> None:
            async def counted() -> AsyncIterator[bytes]:
                async for chunk in chunks:
                    assert len(chunk) < 200_000
                    self.seen.append(len(read))
                    yield chunk

            await super().upload(container, name, counted(), *told)

    class Counted:
        async def read(self, name: str) -> Sequence[Item]:
            read.append(name)
            return await world.ports.manifests.read(name)

    blobs = Watched(world.blobs.containers)
    ports: Ports = replace(world.ports, blobs=blobs, manifests=Counted())  # type: ignore[arg-type]
    written = await write_run_manifest(ports, project, RUN)
    assert written.items == 3_000
    assert blobs.seen[0] < 12, "the first lines are out before the last shard is read"


async def test_answers_that_come_while_the_manifest_is_written_stand(world: World) -> None:
    jobs = jobs_of(world, DONE)
    project = await assisted(world)
    await answer(world, project, 4)
    run = await request_run(world.ports, project, "ana")

    async def go_on() -> None:
        await answer(world, project, 3)

    ports = replace(world.ports, blobs=Meanwhile(world.blobs.containers, act=go_on))
    await start_run(ports, project.id, run.id)
    started = await run_of(world, project)
    found = await manifest_of(world, project, run)
    assert started.labeled == sum(line["answer"] is not None for line in found) == 7
    assert len(jobs.submitted) == 1
    records = await world.ports.shards.records(project.id, 0)
    assert sum(known.status is ItemStatus.LABELED for known in records.values()) == 7


async def test_a_run_with_nothing_to_learn_from_fails_and_says_so(world: World) -> None:
    jobs = jobs_of(world, DONE)
    project = await assisted(world)
    await answer(world, project, 4)
    run = await request_run(world.ports, project, "ana")
    world.shards.rows[project.id, 0].records.clear()
    await start_run(world.ports, project.id, run.id)
    failed = await run_of(world, project)
    assert (failed.status, failed.error) == (RunStatus.FAILED, "There are no answers to learn from.")
    assert jobs.submitted == []
