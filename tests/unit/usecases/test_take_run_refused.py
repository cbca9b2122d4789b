"""What a job wrote that is not as it should be is refused as a whole, with file, line and item."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.kinds import Kind
from core.domain.labels import Label
from core.domain.projects import Project
from core.domain.runs import RunStatus, Stage
from core.usecases.change_project import change_project
from tests.spoiled import spoiled
from tests.unit.usecases.conftest import World, make_world
from tests.unit.usecases.run_outputs import (
    Written,
    answer_of,
    finished_run,
    lines,
    written,
)
from tests.unit.usecases.taking import controls_of, take, things

BOX = answer_of(Kind.OBJECT_DETECTION, "Cat")
FOX = answer_of(Kind.OBJECT_DETECTION, "Fox")

Spoil = Callable[[Written], object]


async def _refused(world: World, project: Project, files: Written, stage: Stage = Stage.TRAIN) -> str:
    """Why what a job wrote is refused; that harms nothing."""
    run = await finished_run(world, project, files, stage)
    before, sent = await controls_of(world, project), list(world.commands.sent)
    ended = await take(world, project, run)
    after = await world.project(project.id)
    assert ended.status is RunStatus.FAILED
    assert (after.run, after.trust) == (None, project.trust)
    assert await controls_of(world, project) == before
    assert world.commands.sent == sent
    assert await world.ports.operations.all(project.id) == []
    assert ended.error
    return ended.error


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
    project = await things(world)
    files = await written(world, project)
    spoil(files)
    assert why in await _refused(world, project, files)


async def test_half_an_array_is_refused(world: World) -> None:
    project = await things(world)
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
    project = await things(world, kind)
    files = await written(world, project)
    files.predictions[62] |= {"answer": answer, "regions": regions}
    error = await _refused(world, project, files)
    assert error.startswith("predictions.jsonl, line 63, item '0000-0062': ")
    assert why in error


async def test_labels_that_changed_meanwhile_are_a_reason_to_train_again(world: World) -> None:
    project = await things(world)
    files = await written(world, project)
    run = await finished_run(world, project, files)

    def renamed(found: Project) -> Project:
        return replace(found, labels=(Label("Kitten"), Label("Dog")), label_version=1)

    await change_project(world.ports, project.id, renamed)
    ended = await take(world, project, run)
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
    project = await things(world, Kind.OBJECT_DETECTION)
    files = await written(world, project)
    rows = getattr(files, name)
    rows[at] = data.draw(spoiled(rows[at]))
    taken = await take(world, project, await finished_run(world, project, files))
    assert (taken.status is RunStatus.FAILED) == bool(taken.error)
    assert (taken.status is RunStatus.APPLYING) == (taken.operation is not None)
