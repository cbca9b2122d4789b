"""What a job wrote is judged, kept, and given to the items."""

from dataclasses import replace
from typing import BinaryIO

import numpy as np
import pytest

from core.domain.answers import Classes
from core.domain.assist import Assist, Judged, RunModel, Trust
from core.domain.commands import RunOperation, TakeRun
from core.domain.kinds import Kind
from core.domain.projects import Project
from core.domain.runs import Run, RunReport, RunStatus, Stage
from core.domain.shards import Lane
from core.formats.documents import DOUBT, RUN_REPORT
from core.usecases.change_project import change_project
from core.usecases.run_files import doubts_name, groups_name, predictions_name, report_name
from core.usecases.run_operation import run_operation
from core.usecases.take_run import take_run
from tests.unit.usecases.conftest import APP, World
from tests.unit.usecases.run_outputs import (
    finished_run,
    predicted,
    written,
)
from tests.unit.usecases.taking import ITEMS, controls_of, take, things

KINDS = [
    (Kind.IMAGE_MULTICLASS, "accuracy", 1.0),
    (Kind.IMAGE_MULTILABEL, "f1", 0.9),
    (Kind.OBJECT_DETECTION, "ap50", 0.8),
    (Kind.INSTANCE_SEGMENTATION, "ap50", 0.8),
    (Kind.SEMANTIC_SEGMENTATION, "miou", 0.7),
    (Kind.TEXT_MULTICLASS, "accuracy", 1.0),
    (Kind.TEXT_NER, "f1", 0.9),
]


async def _report(world: World, project: Project, run: Run) -> RunReport:
    return RUN_REPORT.decode(await world.blobs.read(APP, report_name(project.id, run.id)))


async def _applied(world: World, project: Project, run: Run) -> Run:
    taken = await take(world, project, run)
    assert taken.operation is not None
    assert world.commands.sent[-1] == RunOperation(project.id, taken.operation)
    await run_operation(world.ports, project.id, taken.operation)
    return await world.ports.runs.get(project.id, run.id)


@pytest.mark.parametrize(("kind", "name", "figure"), KINDS)
async def test_what_a_job_wrote_is_given_to_the_items(
    world: World, kind: Kind, name: str, figure: float
) -> None:
    project = await things(world, kind)
    run = await finished_run(world, project, await written(world, project))
    done = await _applied(world, project, run)
    assert (done.status, done.figure_name, done.figure) == (RunStatus.DONE, name, figure)
    assert (done.target, done.predicted) == (0.95, ITEMS)
    [control] = await controls_of(world, project)
    assert control.predictions == predictions_name(project.id, run.id, 0)
    found = await world.ports.predictions.read(control.predictions)
    assert sorted(found) == list(range(ITEMS))
    assert found[5].run == run.id
    assert found[5].confidence == 0.9895
    assert found[5].regions == (None if kind.value.endswith(("class", "label")) else (0.9895,))
    trust = (await world.project(project.id)).trust
    assert trust is not None
    assert (trust.id, trust.run, control.trust) == (f"{run.id}.1", run.id, trust)
    report = await _report(world, project, run)
    assert report.judged[3] == Judged(report.judged[3].item, 0.9897, right=True, label="Dog")
    assert (len(report.judged), report.seconds, report.unreadable) == (60, {"all": 2.5}, 0)


async def test_sixty_right_answers_make_everything_trusted_that_is_as_sure(world: World) -> None:
    project = await things(world)
    run = await finished_run(world, project, await written(world, project))
    done = await _applied(world, project, run)
    assert done.threshold == pytest.approx(0.9841)
    assert done.trusted == 60
    [control] = await controls_of(world, project)
    lanes = control.pending()
    assert lanes[Lane.TRUSTED] + lanes[Lane.AUDIT] == 60
    assert lanes[Lane.PRELABELED] == 4


async def test_a_model_that_errs_is_not_trusted_yet(world: World) -> None:
    project = await things(world)
    files = await written(world, project)
    for row in files.crossfit[::10]:
        row["answer"] = {"labels": ["Dog"]}
    done = await _applied(world, project, await finished_run(world, project, files))
    assert (done.threshold, done.trusted, done.predicted) == (None, 0, ITEMS)


async def test_images_that_look_alike_are_in_one_group_and_answered_ones_come_last(
    world: World,
) -> None:
    project = await things(world)
    run = await finished_run(world, project, await written(world, project))
    await _applied(world, project, run)
    [control] = await controls_of(world, project)
    assert control.groups == groups_name(project.id, run.id, 0)
    found = await world.ports.groups.read(control.groups)
    assert [sorted(group) for group in found] == [
        [60, 62],
        [61, 63],
        list(range(0, 60, 2)),
        list(range(1, 60, 2)),
    ]


async def test_each_shard_gets_what_is_predicted_of_it(world: World) -> None:
    """Three shards of 250 items, the second of which nobody asked about."""
    project = await things(world, items=750)
    files = await written(world, project)
    for rows in (files.items, files.predictions, files.ids):
        del rows[250:500]
    files.vectors = np.delete(files.vectors, slice(250, 500), axis=0)
    run = await finished_run(world, project, files)
    done = await _applied(world, project, run)
    assert (done.status, done.predicted) == (RunStatus.DONE, 500)
    found = [
        await world.ports.predictions.read(predictions_name(project.id, run.id, shard)) for shard in range(3)
    ]
    assert [len(each) for each in found] == [250, 0, 250]
    assert [found[2][index].answer for index in (6, 7)] == [Classes(("Cat",)), Classes(("Dog",))]


async def test_an_item_that_could_not_be_read_needs_no_prediction(world: World) -> None:
    project = await things(world)
    files = await written(world, project)
    gone = files.ids[4]
    files.metrics["unreadable"] = {gone: "It is no image."}
    del files.predictions[4], files.crossfit[4], files.doubts[4], files.ids[4]
    files.vectors = np.delete(files.vectors, 4, axis=0)
    run = await finished_run(world, project, files)
    assert (await _applied(world, project, run)).predicted == ITEMS - 1
    assert (await _report(world, project, run)).unreadable == 1


async def test_doubts_are_kept_the_most_doubtful_first(world: World) -> None:
    project = await things(world)
    files = await written(world, project)
    run = await finished_run(world, project, files)
    await take(world, project, run)
    data = await world.blobs.read(APP, doubts_name(project.id, run.id))
    doubts = [DOUBT.decode(line) for line in data.splitlines()]
    assert [doubt.item for doubt in doubts] == files.ids[:60]
    assert doubts[1].doubt == 0.499


async def test_a_run_that_is_taken_twice_is_applied_once(world: World) -> None:
    project = await things(world)
    run = await finished_run(world, project, await written(world, project))
    first = await take(world, project, run)
    assert await take(world, project, run) == first
    assert len(await world.ports.operations.all(project.id)) == 1
    assert first.operation is not None
    assert world.commands.sent[-2:] == [RunOperation(project.id, first.operation)] * 2
    done = await _applied(world, project, run)
    assert await take(world, project, run) == done


async def test_taking_that_was_killed_is_begun_anew(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the first, the second, ... blob was stored."""
    project = await things(world)
    files = await written(world, project)
    real, kills = world.blobs.write, 0
    for writes in range(8):
        left = [writes]

        async def write(container: str, name: str, data: bytes, left: list[int] = left) -> bool:
            if not left[0]:
                raise KeyboardInterrupt
            left[0] -= 1
            return await real(container, name, data)

        run = await finished_run(world, project, files)
        monkeypatch.setattr(world.blobs, "write", write)
        try:
            await take_run(world.ports, project.id, run.id)
        except KeyboardInterrupt:
            kills += 1
        monkeypatch.setattr(world.blobs, "write", real)
        done = await _applied(world, project, run)
        assert (done.status, done.predicted) == (RunStatus.DONE, ITEMS)
    assert kills >= 4


async def test_settings_that_change_meanwhile_are_known_when_it_is_applied(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = await things(world)
    run = await finished_run(world, project, await written(world, project))
    download = world.blobs.download

    async def changing(container: str, name: str, file: BinaryIO) -> None:
        await change_project(world.ports, project.id, lambda found: replace(found, assist=Assist(target=0.9)))
        await download(container, name, file)

    monkeypatch.setattr(world.blobs, "download", changing)
    taken = await take(world, project, run)
    assert taken.operation is None
    assert world.commands.sent[-1] == TakeRun(project.id, run.id)
    done = await _applied(world, project, run)
    assert (done.status, done.target) == (RunStatus.DONE, 0.9)


async def test_a_run_that_nobody_waits_for_is_left_alone(world: World) -> None:
    project = await things(world)
    run = await finished_run(world, project, await written(world, project))
    for status in (RunStatus.RUNNING, RunStatus.CANCELED, RunStatus.DONE):
        other = replace(run, status=status)
        await world.ports.runs.put(project.id, other)
        assert await take(world, project, run) == other


async def test_a_model_of_the_project_is_trusted_as_it_was(world: World) -> None:
    project = await things(world)
    files = await written(world, project)
    trained = await _applied(world, project, await finished_run(world, project, files))
    for row in files.predictions:
        row["answer"] = {"labels": ["Dog"]}
    model = RunModel(project.id, trained.id)
    again = await finished_run(world, project, files, Stage.PREDICT, model=model)
    done = await _applied(world, project, again)
    assert (done.threshold, done.figure_name, done.figure) == (trained.threshold, "accuracy", 1.0)
    assert (await _report(world, project, again)).judged == (await _report(world, project, trained)).judged


async def test_the_answers_of_the_project_judge_a_model_of_another_one(world: World) -> None:
    project = await things(world)
    files = await written(world, project)
    for row in files.predictions[:30]:
        row["answer"] = {"labels": ["Dog"]}
    for name in ("crossfit.jsonl", "doubts.jsonl", "ids.json", "embeddings.npy"):
        files.raw[name] = None
    files.metrics = {
        "unreadable": {},
        "seconds": 1,
        "predict": {"items": 64, "seconds": 0.5, "per_second": 128},
    }
    run = await finished_run(world, project, files, Stage.PREDICT, model=RunModel("other", "run"))
    done = await _applied(world, project, run)
    report = await _report(world, project, run)
    assert len(report.judged) == 60
    assert sum(one.right for one in report.judged) == 45
    assert (done.threshold, done.figure_name, done.figure) == (None, "precision", 0.75)
    assert report.seconds == {"all": 1, "predict": 0.5}


async def test_pages_of_similar_images_are_made_if_they_are_purer_than_random_ones(world: World) -> None:
    project = await things(world)
    files = await written(world, project)
    run = await finished_run(world, project, files, Stage.EMBED)
    done = await _applied(world, project, run)
    report = await _report(world, project, run)
    assert (done.status, done.figure_name, done.target) == (RunStatus.DONE, "page_purity", None)
    assert report.figures["page_purity"] > 0.9 > 0.75 > report.figures["random_purity"]
    [control] = await controls_of(world, project)
    assert control.groups == groups_name(project.id, run.id, 0)
    assert control.predictions is None
    assert (await world.project(project.id)).trust is None


async def test_pages_that_are_no_purer_than_random_ones_are_not_made(world: World) -> None:
    project = await things(world)
    files = await written(world, project)
    files.vectors = np.random.default_rng(0).normal(size=(ITEMS, 2)).astype("f2")
    run = await finished_run(world, project, files, Stage.EMBED)
    done = await take(world, project, run)
    assert (done.status, done.operation, done.figure_name) == (RunStatus.DONE, None, "page_purity")
    assert (await controls_of(world, project))[0].groups is None
    assert (await world.project(project.id)).run is None


async def test_fewer_than_fifty_labeled_images_say_nothing_of_pages(world: World) -> None:
    project = await things(world)
    files = await written(world, project)
    for row in files.items[49:]:
        row["answer"] = None
    done = await take(world, project, await finished_run(world, project, files, Stage.EMBED))
    assert (done.status, done.operation, done.figure) == (RunStatus.DONE, None, None)


async def test_an_earlier_trust_stays_when_a_run_is_refused(world: World) -> None:
    project = await things(world)
    files = await written(world, project)
    first = await _applied(world, project, await finished_run(world, project, files))
    trust = (await world.project(project.id)).trust
    assert trust == Trust(f"{first.id}.1", first.id, first.threshold, audit_rate=0.05)
    files.predictions[0] = predicted(Kind.IMAGE_MULTICLASS, files.ids[0], "Cat", 7)
    before = await controls_of(world, project)
    second = await take(world, project, await finished_run(world, project, files))
    assert second.status is RunStatus.FAILED
    assert (await world.project(project.id)).trust == trust
    assert await controls_of(world, project) == before
