from collections.abc import Callable
from dataclasses import replace
from typing import BinaryIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.answers import Classes
from core.domain.assist import Assist, Judged, RunModel, Trust
from core.domain.commands import RunOperation, TakeRun
from core.domain.kinds import Kind
from core.domain.labels import Label
from core.domain.projects import Project
from core.domain.runs import Run, RunReport, RunStatus, Stage
from core.domain.shards import Control, Lane
from core.formats.documents import DOUBT, RUN_REPORT
from core.usecases.change_project import change_project
from core.usecases.run_files import doubts_name, groups_name, predictions_name, report_name
from core.usecases.run_operation import run_operation
from core.usecases.take_run import take_run
from tests.spoiled import spoiled
from tests.unit.usecases.conftest import APP, DATA, World, make_world
from tests.unit.usecases.run_outputs import (
    TEXT,
    Written,
    answer_of,
    finished_run,
    lines,
    predicted,
    written,
)

KINDS = [
    (Kind.IMAGE_MULTICLASS, "accuracy", 1.0),
    (Kind.IMAGE_MULTILABEL, "f1", 0.9),
    (Kind.OBJECT_DETECTION, "ap50", 0.8),
    (Kind.INSTANCE_SEGMENTATION, "ap50", 0.8),
    (Kind.SEMANTIC_SEGMENTATION, "miou", 0.7),
    (Kind.TEXT_MULTICLASS, "accuracy", 1.0),
    (Kind.TEXT_NER, "f1", 0.9),
]
ITEMS = 64

BOX = answer_of(Kind.OBJECT_DETECTION, "Cat")
FOX = answer_of(Kind.OBJECT_DETECTION, "Fox")

Spoil = Callable[[Written], object]


async def _project(world: World, kind: Kind = Kind.IMAGE_MULTICLASS, items: int = ITEMS) -> Project:
    extension = "jpg" if kind.is_image else "txt"
    for number in range(items):
        await world.blobs.write(DATA, f"things/{number:05d}.{extension}", TEXT.encode())
    return await world.over("things/**", kind)


async def _controls(world: World, project: Project) -> list[Control]:
    return [world.shards.rows[project.id, shard].control.value for shard in range(project.shards)]


async def _taken(world: World, project: Project, run: Run) -> Run:
    await take_run(world.ports, project.id, run.id)
    return await world.ports.runs.get(project.id, run.id)


async def _report(world: World, project: Project, run: Run) -> RunReport:
    return RUN_REPORT.decode(await world.blobs.read(APP, report_name(project.id, run.id)))


async def _applied(world: World, project: Project, run: Run) -> Run:
    taken = await _taken(world, project, run)
    assert taken.operation is not None
    assert world.commands.sent[-1] == RunOperation(project.id, taken.operation)
    await run_operation(world.ports, project.id, taken.operation)
    return await world.ports.runs.get(project.id, run.id)


async def _refused(world: World, project: Project, files: Written, stage: Stage = Stage.TRAIN) -> str:
    """Why what a job wrote is refused; that harms nothing."""
    run = await finished_run(world, project, files, stage)
    before, sent = await _controls(world, project), list(world.commands.sent)
    ended = await _taken(world, project, run)
    after = await world.project(project.id)
    assert ended.status is RunStatus.FAILED
    assert (after.run, after.trust) == (None, project.trust)
    assert await _controls(world, project) == before
    assert world.commands.sent == sent
    assert await world.ports.operations.all(project.id) == []
    assert ended.error
    return ended.error


@pytest.mark.parametrize(("kind", "name", "figure"), KINDS)
async def test_what_a_job_wrote_is_given_to_the_items(
    world: World, kind: Kind, name: str, figure: float
) -> None:
    project = await _project(world, kind)
    run = await finished_run(world, project, await written(world, project))
    done = await _applied(world, project, run)
    assert (done.status, done.figure_name, done.figure) == (RunStatus.DONE, name, figure)
    assert (done.target, done.predicted) == (0.95, ITEMS)
    [control] = await _controls(world, project)
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
    project = await _project(world)
    run = await finished_run(world, project, await written(world, project))
    done = await _applied(world, project, run)
    assert done.threshold == pytest.approx(0.9841)
    assert done.trusted == 60
    [control] = await _controls(world, project)
    lanes = control.pending()
    assert lanes[Lane.TRUSTED] + lanes[Lane.AUDIT] == 60
    assert lanes[Lane.PRELABELED] == 4


async def test_a_model_that_errs_is_not_trusted_yet(world: World) -> None:
    project = await _project(world)
    files = await written(world, project)
    for row in files.crossfit[::10]:
        row["answer"] = {"labels": ["Dog"]}
    done = await _applied(world, project, await finished_run(world, project, files))
    assert (done.threshold, done.trusted, done.predicted) == (None, 0, ITEMS)


async def test_images_that_look_alike_are_in_one_group_and_answered_ones_come_last(
    world: World,
) -> None:
    project = await _project(world)
    run = await finished_run(world, project, await written(world, project))
    await _applied(world, project, run)
    [control] = await _controls(world, project)
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
    project = await _project(world, items=750)
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
    project = await _project(world)
    files = await written(world, project)
    gone = files.ids[4]
    files.metrics["unreadable"] = {gone: "It is no image."}
    del files.predictions[4], files.crossfit[4], files.doubts[4], files.ids[4]
    files.vectors = np.delete(files.vectors, 4, axis=0)
    run = await finished_run(world, project, files)
    assert (await _applied(world, project, run)).predicted == ITEMS - 1
    assert (await _report(world, project, run)).unreadable == 1


async def test_doubts_are_kept_the_most_doubtful_first(world: World) -> None:
    project = await _project(world)
    files = await written(world, project)
    run = await finished_run(world, project, files)
    await _taken(world, project, run)
    data = await world.blobs.read(APP, doubts_name(project.id, run.id))
    doubts = [DOUBT.decode(line) for line in data.splitlines()]
    assert [doubt.item for doubt in doubts] == files.ids[:60]
    assert doubts[1].doubt == 0.499


def _set(name: str, at: int, **fields: object) -> Spoil:
    return lambda files: getattr(files, name)[at].update(fields)


def _raw(name: str, data: bytes | None) -> Spoil:
    return lambda files: files.raw.update({name: data})


def _drop(name: str, at: int) -> Spoil:
    return lambda files: getattr(files, name).pop(at)


def _again(name: str, at: int) -> Spoil:
    return lambda files: getattr(files, name).insert(at, getattr(files, name)[at])


def _swap(name: str, one: int, other: int) -> Spoil:
    def swap(files: Written) -> None:
        rows = getattr(files, name)
        rows[one], rows[other] = rows[other], rows[one]

    return swap


def _vector(at: int, value: float) -> Spoil:
    def spoil(files: Written) -> None:
        files.vectors[at] = value

    return spoil


def _cut(name: str, rows: str) -> Spoil:
    """The file ends in the middle of its last line."""
    return lambda files: files.raw.update({name: lines(getattr(files, rows))[:-20]})


RUBBISH: list[tuple[Spoil, str]] = [
    (_set("predictions", 2, confidence=float("nan")), "predictions.jsonl, line 3, item '0000-0002': conf"),
    (_set("predictions", 2, confidence=float("inf")), "predictions.jsonl, line 3, item '0000-0002': conf"),
    (_set("predictions", 2, confidence=1.01), "predictions.jsonl, line 3, item '0000-0002': confidence: "),
    (_set("predictions", 2, confidence=-0.1), "predictions.jsonl, line 3, item '0000-0002': confidence: "),
    (_set("predictions", 2, confidence="0.5"), "predictions.jsonl, line 3, item '0000-0002': confidence: "),
    (_set("predictions", 2, confidence=None), "predictions.jsonl, line 3, item '0000-0002': confidence: "),
    (_set("predictions", 2, id="0000-9999"), "predictions.jsonl, line 3: item '0000-9999' is not in items"),
    (_set("predictions", 2, id=7), "predictions.jsonl, line 3: id: "),
    (
        _again("predictions", 2),
        "line 4: item '0000-0002' is not in items.jsonl, is there twice, or is out",
    ),
    (_again("predictions", 63), "line 65: item '0000-0063' is not in items.jsonl, is there twice, or is"),
    (_swap("predictions", 2, 3), "line 3: item '0000-0003' is not in items.jsonl, is there twice, or is out"),
    (_drop("predictions", 2), "predictions.jsonl, line 3: item '0000-0003'"),
    (_drop("predictions", 63), "predictions.jsonl ends before item '0000-0063': it is cut short."),
    (_cut("predictions.jsonl", "predictions"), "predictions.jsonl, line 64, item '0000-0063': Invalid JSON"),
    (_raw("predictions.jsonl", b""), "predictions.jsonl ends before item '0000-0000'"),
    (_raw("predictions.jsonl", b"\xff\xfe"), "predictions.jsonl, line 1: Invalid JSON"),
    (_raw("predictions.jsonl", b"[]\n"), "predictions.jsonl, line 1: "),
    (_raw("predictions.jsonl", None), "predictions.jsonl is missing"),
    (_set("predictions", 2, answer={"boxes": []}), "line 3, item '0000-0002': answer"),
    (_set("predictions", 2, answer={"labels": []}), "line 3, item '0000-0002': exactly one label is needed"),
    (_set("predictions", 2, answer={"labels": ["Cat", "Dog"]}), "item '0000-0002': exactly one label is"),
    (_set("predictions", 2, answer={"labels": ["Fox"]}), "item '0000-0002': there is no label 'Fox'"),
    (_set("predictions", 2, regions=[0.5, 0.5]), "item '0000-0002': it has 1 labels, and says of 2"),
    (_set("crossfit", 2, confidence=float("nan")), "crossfit.jsonl, line 3, item '0000-0002': confidence"),
    (_set("crossfit", 2, id="0000-0061"), "crossfit.jsonl, line 3: item '0000-0061' is not in items.jsonl"),
    (
        _set("crossfit", 2, answer={"labels": ["Fox"]}),
        "crossfit.jsonl, line 3, item '0000-0002': there is",
    ),
    (_drop("crossfit", 59), "crossfit.jsonl ends before item '0000-0059'"),
    (_cut("crossfit.jsonl", "crossfit"), "crossfit.jsonl, line 60"),
    (_raw("crossfit.jsonl", None), "crossfit.jsonl is missing"),
    (_set("doubts", 2, doubt=2), "doubts.jsonl, line 3, item '0000-0002': doubt"),
    (_set("doubts", 2, doubt=0.4999), "line 3, item '0000-0002': it is more doubtful than the one before"),
    (_set("doubts", 2, id="0000-0001"), "doubts.jsonl, line 3: item '0000-0001' has no answer to doubt"),
    (_set("doubts", 2, id="0000-0061"), "doubts.jsonl, line 3: item '0000-0061' has no answer to doubt"),
    (_set("doubts", 2, suggested={"labels": ["Fox"]}), "line 3, item '0000-0002': there is no label 'Fox'"),
    (_raw("doubts.jsonl", None), "doubts.jsonl is missing"),
    (_raw("metrics.json", None), "metrics.json is missing"),
    (_raw("metrics.json", b'{"unreadable": {}, "sec'), "metrics.json: Invalid JSON"),
    (_raw("metrics.json", b'{"seconds": 1}'), "metrics.json: unreadable: Field required"),
    (_raw("metrics.json", b'{"seconds": 1, "unreadable": {}}'), "metrics.json lacks the figure 'accuracy'"),
    (_raw("metrics.json", b'{"seconds": NaN, "unreadable": {}}'), "metrics.json: seconds: "),
    (lambda files: files.metrics["overall"].update(accuracy=2), "metrics.json: overall.accuracy: "),
    (_drop("ids", 63), "embeddings.npy has 64 rows, and ids.json 63 ids."),
    (_swap("ids", 2, 3), "ids.json, number 3: item '0000-0003' is not in items.jsonl"),
    (_raw("ids.json", b"[1]"), "ids.json: 0: "),
    (_raw("ids.json", None), "ids.json is missing"),
    (_vector(2, float("nan")), "embeddings.npy: that of item '0000-0002' is not all finite numbers."),
    (_vector(63, float("inf")), "embeddings.npy: that of item '0000-0063' is not all finite numbers."),
    (_raw("embeddings.npy", None), "embeddings.npy is missing"),
    (_raw("embeddings.npy", b""), "embeddings.npy is no whole array of numpy"),
    (_raw("embeddings.npy", b"\x80\x04N."), "embeddings.npy is no whole array of numpy"),
    (lambda files: setattr(files, "vectors", files.vectors[0]), "embeddings.npy has to be a table"),
    (lambda files: setattr(files, "vectors", files.vectors.astype(int)), "embeddings.npy has to be a table"),
    (lambda files: setattr(files, "vectors", np.array([None] * 64)), "embeddings.npy is no whole array"),
]


@pytest.mark.parametrize(("spoil", "why"), RUBBISH)
async def test_rubbish_is_refused_as_a_whole_and_harms_nothing(world: World, spoil: Spoil, why: str) -> None:
    project = await _project(world)
    files = await written(world, project)
    spoil(files)
    assert why in await _refused(world, project, files)


async def test_half_an_array_is_refused(world: World) -> None:
    project = await _project(world)
    files = await written(world, project)
    files.raw["embeddings.npy"] = files.files()["embeddings.npy"][:-10]
    assert "embeddings.npy is no whole array of numpy" in await _refused(world, project, files)


@pytest.mark.parametrize(
    ("kind", "answer", "regions", "why"),
    [
        (
            Kind.OBJECT_DETECTION,
            {"boxes": [{"label": "Cat", "x": 8, "y": 1, "width": 4, "height": 4}]},
            [0.5],
            "box 1 ('Cat'): it sticks out of the image of 10 x 10 pixels on the right.",
        ),
        (
            Kind.OBJECT_DETECTION,
            {"boxes": [{"label": "Cat", "x": float("nan"), "y": 1, "width": 4, "height": 4}]},
            [0.5],
            "box 1 ('Cat'): its x is nan, which is no number of pixels.",
        ),
        (
            Kind.OBJECT_DETECTION,
            BOX,
            [],
            "it has 1 regions, and says of 0",
        ),
        (
            Kind.OBJECT_DETECTION,
            BOX,
            None,
            "it has 1 regions, and says of 0",
        ),
        (Kind.OBJECT_DETECTION, BOX, [float("nan")], "regions.0: "),
        (Kind.OBJECT_DETECTION, FOX, [0.5], "there is no label 'Fox'"),
        (
            Kind.INSTANCE_SEGMENTATION,
            {"polygons": [{"label": "Cat", "parts": [[0, 0, 4, 0]], "holes": []}]},
            [0.5],
            "polygon 1 ('Cat')",
        ),
        (
            Kind.SEMANTIC_SEGMENTATION,
            {"masks": [{"label": "Cat", "rle": {"size": [10, 11], "counts": "0"}}]},
            [0.5],
            "mask 1 ('Cat'): its size is 10 high and 11 wide, not 10 high and 10 wide.",
        ),
        (
            Kind.SEMANTIC_SEGMENTATION,
            {"masks": [{"label": "Cat", "rle": {"size": [10, 10], "counts": "~~~"}}]},
            [0.5],
            "mask 1 ('Cat'): its counts are not COCO's",
        ),
        (
            Kind.TEXT_NER,
            {"spans": [{"label": "Cat", "start": 8, "end": 12}]},
            [0.5],
            "span 1 ('Cat'): it ends at 12, and the text after 11 characters (code points).",
        ),
    ],
)
async def test_an_answer_that_does_not_fit_its_item_is_refused(
    world: World, kind: Kind, answer: object, regions: object, why: str
) -> None:
    project = await _project(world, kind)
    files = await written(world, project)
    files.predictions[62] |= {"answer": answer, "regions": regions}
    error = await _refused(world, project, files)
    assert error.startswith("predictions.jsonl, line 63, item '0000-0062': ")
    assert why in error


async def test_labels_that_changed_meanwhile_are_a_reason_to_train_again(world: World) -> None:
    project = await _project(world)
    files = await written(world, project)
    run = await finished_run(world, project, files)

    def renamed(found: Project) -> Project:
        return replace(found, labels=(Label("Kitten"), Label("Dog")), label_version=1)

    await change_project(world.ports, project.id, renamed)
    ended = await _taken(world, project, run)
    assert ended.status is RunStatus.FAILED
    assert ended.error == "The labels changed while the run was on its way. Train again."
    assert (await world.project(project.id)).run is None


WHOLE = ("predictions", "crossfit", "doubts")


@settings(max_examples=60, deadline=None)
@given(data=st.data(), name=st.sampled_from(WHOLE), at=st.integers(0, 59))
async def test_any_spoiled_line_is_taken_or_refused_with_a_sentence(
    data: st.DataObject, name: str, at: int
) -> None:
    world = await make_world()
    project = await _project(world, Kind.OBJECT_DETECTION)
    files = await written(world, project)
    rows = getattr(files, name)
    rows[at] = data.draw(spoiled(rows[at]))
    taken = await _taken(world, project, await finished_run(world, project, files))
    assert (taken.status is RunStatus.FAILED) == bool(taken.error)
    assert (taken.status is RunStatus.APPLYING) == (taken.operation is not None)


async def test_a_run_that_is_taken_twice_is_applied_once(world: World) -> None:
    project = await _project(world)
    run = await finished_run(world, project, await written(world, project))
    first = await _taken(world, project, run)
    assert await _taken(world, project, run) == first
    assert len(await world.ports.operations.all(project.id)) == 1
    assert first.operation is not None
    assert world.commands.sent[-2:] == [RunOperation(project.id, first.operation)] * 2
    done = await _applied(world, project, run)
    assert await _taken(world, project, run) == done


async def test_taking_that_was_killed_is_begun_anew(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the first, the second, ... blob was stored."""
    project = await _project(world)
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
    project = await _project(world)
    run = await finished_run(world, project, await written(world, project))
    download = world.blobs.download

    async def changing(container: str, name: str, file: BinaryIO) -> None:
        await change_project(world.ports, project.id, lambda found: replace(found, assist=Assist(target=0.9)))
        await download(container, name, file)

    monkeypatch.setattr(world.blobs, "download", changing)
    taken = await _taken(world, project, run)
    assert taken.operation is None
    assert world.commands.sent[-1] == TakeRun(project.id, run.id)
    done = await _applied(world, project, run)
    assert (done.status, done.target) == (RunStatus.DONE, 0.9)


async def test_a_run_that_nobody_waits_for_is_left_alone(world: World) -> None:
    project = await _project(world)
    run = await finished_run(world, project, await written(world, project))
    for status in (RunStatus.RUNNING, RunStatus.CANCELED, RunStatus.DONE):
        other = replace(run, status=status)
        await world.ports.runs.put(project.id, other)
        assert await _taken(world, project, run) == other


async def test_a_model_of_the_project_is_trusted_as_it_was(world: World) -> None:
    project = await _project(world)
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
    project = await _project(world)
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
    project = await _project(world)
    files = await written(world, project)
    run = await finished_run(world, project, files, Stage.EMBED)
    done = await _applied(world, project, run)
    report = await _report(world, project, run)
    assert (done.status, done.figure_name, done.target) == (RunStatus.DONE, "page_purity", None)
    assert report.figures["page_purity"] > 0.9 > 0.75 > report.figures["random_purity"]
    [control] = await _controls(world, project)
    assert control.groups == groups_name(project.id, run.id, 0)
    assert control.predictions is None
    assert (await world.project(project.id)).trust is None


async def test_pages_that_are_no_purer_than_random_ones_are_not_made(world: World) -> None:
    project = await _project(world)
    files = await written(world, project)
    files.vectors = np.random.default_rng(0).normal(size=(ITEMS, 2)).astype("f2")
    run = await finished_run(world, project, files, Stage.EMBED)
    done = await _taken(world, project, run)
    assert (done.status, done.operation, done.figure_name) == (RunStatus.DONE, None, "page_purity")
    assert (await _controls(world, project))[0].groups is None
    assert (await world.project(project.id)).run is None


async def test_fewer_than_fifty_labeled_images_say_nothing_of_pages(world: World) -> None:
    project = await _project(world)
    files = await written(world, project)
    for row in files.items[49:]:
        row["answer"] = None
    done = await _taken(world, project, await finished_run(world, project, files, Stage.EMBED))
    assert (done.status, done.operation, done.figure) == (RunStatus.DONE, None, None)


async def test_an_earlier_trust_stays_when_a_run_is_refused(world: World) -> None:
    project = await _project(world)
    files = await written(world, project)
    first = await _applied(world, project, await finished_run(world, project, files))
    trust = (await world.project(project.id)).trust
    assert trust == Trust(f"{first.id}.1", first.id, first.threshold, audit_rate=0.05)
    files.predictions[0] = predicted(Kind.IMAGE_MULTICLASS, files.ids[0], "Cat", 7)
    before = await _controls(world, project)
    second = await _taken(world, project, await finished_run(world, project, files))
    assert second.status is RunStatus.FAILED
    assert (await world.project(project.id)).trust == trust
    assert await _controls(world, project) == before
