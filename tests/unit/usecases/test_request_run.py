"""Who asks for a run gets one, or hears why not."""

from dataclasses import replace
from typing import Any

import pytest

from core.domain.assist import RunModel
from core.domain.commands import StartRun
from core.domain.errors import Conflict, Invalid, NotFound, TagwerkError, Unsupported, WrongStatus
from core.domain.jobs import BlobFolder
from core.domain.kinds import Kind
from core.domain.labels import Label
from core.domain.projects import Project, Status
from core.domain.runs import Run, RunStatus, Stage
from core.usecases.change_project import change_project
from core.usecases.end_run import end_run
from core.usecases.look_after_runs import look_after_runs
from core.usecases.request_run import request_run
from core.usecases.run_files import model_prefix
from core.usecases.start_run import start_run
from tests.unit.usecases.assisting import (
    ASSIST,
    DONE,
    ENDLESS,
    answer,
    assisted,
    jobs_of,
    run_of,
    start_all,
    taken,
)
from tests.unit.usecases.conftest import APP, World


async def trained(world: World, path: str = "photos", **changes: Any) -> tuple[Project, Run]:
    """A project and the run that made its model."""
    jobs_of(world, DONE)
    project = await assisted(world, path=path, **changes)
    await answer(world, project, 4)
    run = await request_run(world.ports, project, "ana")
    await start_all(world)
    found = await world.ports.runs.get(project.id, run.id)
    return project, await end_run(world.ports, project.id, found, RunStatus.DONE)


async def test_a_run_is_stored_and_its_message_sent(world: World) -> None:
    project = await assisted(world)
    await answer(world, project, 4)
    run = await request_run(world.ports, project, "ana")
    assert await run_of(world, project) == run
    assert (run.status, run.created_by, run.labeled, run.base) == (RunStatus.QUEUED, "ana", 4, None)
    assert (await world.project(project.id)).run == run.id
    assert taken(world, StartRun) == [StartRun(project.id, run.id)]


async def test_a_project_has_one_run_at_a_time(world: World) -> None:
    project = await assisted(world)
    await answer(world, project, 4)
    run = await request_run(world.ports, project, "ana")
    with pytest.raises(Conflict, match=run.id):
        await request_run(world.ports, await world.project(project.id), "ana")
    assert await world.ports.runs.all(project.id) == [run]
    with pytest.raises(Conflict, match=run.id):
        await request_run(world.ports, project, "ana")  # as one who had not heard of the other
    overtaken = await world.ports.runs.all(project.id)
    assert sorted(each.status for each in overtaken) == [RunStatus.CANCELED, RunStatus.QUEUED]
    assert (await world.project(project.id)).run == run.id


async def test_nobody_trains_where_nothing_runs_jobs(world: World) -> None:
    project = await assisted(world)
    with pytest.raises(Unsupported):
        await request_run(replace(world.ports, jobs=None), project, "ana")


async def test_too_few_labels_are_refused_in_words(world: World) -> None:
    project = await assisted(world)
    await answer(world, project, 3)
    with pytest.raises(Invalid, match="2 of each of two labels"):
        await request_run(world.ports, project, "ana")
    await answer(world, project, 2)
    world.clock.step(seconds=6)
    assert (await request_run(world.ports, project, "ana")).labeled == 5


@pytest.mark.parametrize(
    ("asked", "error", "words"),
    [
        ({"stage": Stage.PREDICT}, Invalid, "Name the run"),
        ({"stage": Stage.PREDICT, "model": RunModel("nowhere", "r")}, NotFound, "nowhere"),
        ({"stage": Stage.PREDICT, "base": "facebook/dinov2-small"}, Invalid, "Only training"),
        ({"model": RunModel("p", "r")}, Invalid, "starts from a base"),
        ({"base": "../secrets"}, Invalid, "names no model"),
    ],
)
async def test_what_cannot_work_is_refused(
    world: World, asked: dict[str, Any], error: type[TagwerkError], words: str
) -> None:
    project = await assisted(world)
    await answer(world, project, 4)
    with pytest.raises(error, match=words):
        await request_run(world.ports, project, "ana", **asked)
    assert (await world.project(project.id)).run is None
    assert await world.ports.runs.all(project.id) == []


@pytest.mark.parametrize("status", [Status.INITIALIZING, Status.FAILED, Status.DELETING])
async def test_a_project_without_its_items_has_no_runs(world: World, status: Status) -> None:
    project = await assisted(world)
    await answer(world, project, 4)
    moved = await change_project(world.ports, project.id, lambda found: replace(found, status=status))
    for known in (moved.value, project):
        with pytest.raises(WrongStatus):
            await request_run(world.ports, known, "ana")
    assert (await world.project(project.id)).run is None


async def test_a_model_predicts_in_another_project_of_its_kind(world: World) -> None:
    first, run = await trained(world)
    second = await assisted(world, path="others")
    asked = RunModel(first.id, run.id)
    await request_run(world.ports, second, "ana", stage=Stage.PREDICT, model=asked)
    await start_all(world)
    spec = jobs_of(world).submitted[-1]
    assert spec.arguments[0] == "predict"
    assert spec.inputs["model"].source == BlobFolder(APP, model_prefix(first.id, run))
    assert (await run_of(world, second)).model == asked


async def test_a_model_of_other_labels_or_another_kind_does_not_predict(world: World) -> None:
    first, run = await trained(world)
    asked = RunModel(first.id, run.id)
    lions = await assisted(world, path="lions", labels=(Label("Cat"), Label("Lion")))
    with pytest.raises(Invalid, match="'Dog', which this project does not offer"):
        await request_run(world.ports, lions, "ana", stage=Stage.PREDICT, model=asked)
    several = await assisted(world, path="several", kind=Kind.IMAGE_MULTILABEL)
    with pytest.raises(Invalid, match="image_multiclass"):
        await request_run(world.ports, several, "ana", stage=Stage.PREDICT, model=asked)


async def test_only_a_run_that_is_done_has_a_model(world: World) -> None:
    project, run = await trained(world)
    await world.ports.runs.put(project.id, replace(run, status=RunStatus.FAILED))
    with pytest.raises(Invalid, match="has made no model"):
        await request_run(world.ports, project, "ana", base=RunModel(project.id, run.id))


async def test_training_starts_from_the_base_that_is_asked_for_or_set(world: World) -> None:
    project, run = await trained(world, assist=replace(ASSIST, base="facebook/dinov2-small"))
    spec = jobs_of(world).submitted[-1]
    assert "facebook/dinov2-small" in spec.arguments
    assert spec.gpu
    await request_run(world.ports, project, "ana", base=RunModel(project.id, run.id))
    await start_all(world)
    again = jobs_of(world).submitted[-1]
    assert again.inputs["base"].source == BlobFolder(APP, model_prefix(project.id, run))
    assert "{inputs.base}" in again.arguments


@pytest.mark.parametrize(
    ("base", "words"),
    [("azureml:leaves:3", "'leaves' is in Azure ML"), (RunModel("gone", "r"), "'gone'")],
)
async def test_a_base_of_the_settings_that_cannot_be_had_fails_the_run(
    world: World, base: str | RunModel, words: str
) -> None:
    jobs = jobs_of(world, DONE)
    project = await assisted(world, assist=replace(ASSIST, base=base))
    await answer(world, project, 4)
    await look_after_runs(world.ports)
    await start_all(world)
    failed = await run_of(world, project)
    assert failed.status is RunStatus.FAILED
    assert words in (failed.error or "")
    assert (await world.project(project.id)).run is None
    assert jobs.submitted == []


async def test_what_looks_alike_is_found_before_there_is_a_model(world: World) -> None:
    jobs = jobs_of(world, DONE)
    patient = replace(ASSIST, training=replace(ASSIST.training, first=300))
    project = await assisted(world, 60, assist=patient)
    await answer(world, project, 49)
    await look_after_runs(world.ports)
    assert await world.ports.runs.all(project.id) == []
    await answer(world, project, 1)
    world.clock.step(seconds=20)
    await look_after_runs(world.ports)
    run = await run_of(world, project)
    assert (run.stage, run.base) == (Stage.EMBED, None)
    await start_all(world)
    (spec,) = jobs.submitted
    assert spec.arguments[0] == "embed"
    assert not spec.gpu


async def test_texts_are_not_shown_by_what_they_look_like(world: World) -> None:
    await world.upload("texts/a.txt")
    project = await world.over("texts/**", Kind.TEXT_MULTICLASS)
    with pytest.raises(Invalid, match="Only images"):
        await request_run(world.ports, project, "ana", stage=Stage.EMBED)


async def test_a_message_for_a_run_that_is_not_the_projects_starts_nothing(world: World) -> None:
    jobs = jobs_of(world, ENDLESS)
    project = await assisted(world)
    await world.ports.runs.put(project.id, Run("stray", Stage.TRAIN, world.clock.time, "ana"))
    for run in ("stray", "nobody"):
        await start_run(world.ports, project.id, run)
    await start_run(world.ports, "no project", "stray")
    assert jobs.submitted == []
