"""Runs, models, doubts and the settings of ML assist over HTTP, in this process over fakes."""

import io
from collections.abc import Mapping
from csv import DictReader
from dataclasses import replace
from typing import Any

import pytest
from fastapi import FastAPI

from core.adapters.memory import MemoryModels
from core.adapters.memory_jobs import MemoryJobs
from core.domain.answers import Classes
from core.domain.assist import CurvePoint, Judged, Trust, Unsure
from core.domain.errors import Invalid, Unavailable
from core.domain.items import parse_item_id
from core.domain.jobs import BlobFolder, JobState, JobStatus
from core.domain.people import Member, Role
from core.domain.predictions import Prediction
from core.domain.records import ItemRecord, Revision, Source
from core.domain.runs import Doubt, LabelFigures, RunReport, RunStatus
from core.domain.runs import Stage as JobStage
from core.domain.shards import Change
from core.formats.documents import DOUBT, RUN_REPORT
from core.logic.assist.accepting import MODEL
from core.logic.assist.lanes import laned
from core.logic.records.recording import apply_records
from core.usecases.change_project import change_project
from core.usecases.run_files import doubts_name, report_name
from core.usecases.write_export import write_export
from tests.functions.in_process import ADMINISTRATOR, NamesAsTokens, Stage, a_trained_run, an_api, connect
from tests.unit.usecases.conftest import APP

CAT, DOG = {"labels": ["Cat"]}, {"labels": ["Dog"]}
ELSEWHERE = {"datastore": "data", "path": "scans/**"}


@pytest.fixture(scope="module")
def api() -> FastAPI:
    return an_api()


@pytest.fixture
async def stage(api: FastAPI) -> Stage:
    return await Stage.build(api)


async def _refused(
    stage: Stage, status: int, method: str, path: str, body: Any = None, who: str = "owner"
) -> Any:
    """The problem that somebody is told of."""
    response = await stage.send(who, method, f"/api/projects/{stage.project}{path}", body)
    assert response.status_code == status, response.text
    return response.json()


async def _trusting(stage: Stage, predictions: Mapping[int, Prediction], trust: Trust) -> None:
    """Have predictions of the first shard shown on these terms, as if a run had been applied."""
    ports = stage.world.ports
    await change_project(ports, stage.project, lambda found: replace(found, trust=trust))
    known = await ports.shards.read(stage.project, 0, fresh=True)
    await ports.predictions.write("predictions", predictions)
    told = replace(known.value, predictions="predictions")
    moved = laned(told, stage.project, predictions, trust)
    await ports.shards.commit(stage.project, Change(moved), known.etag)


async def _accepted(stage: Stage, item: str) -> None:
    """Let a model's answer stand: Cat."""
    ports = stage.world.ports
    shard, index = parse_item_id(item)
    known = await ports.shards.read(stage.project, shard, fresh=True)
    made = Revision(1, MODEL, ports.clock.now(), "run", "run.1", Classes(("Cat",)), source=Source.MODEL)
    change = apply_records(known.value, {}, {index: ItemRecord((made,), standing=1)})
    assert change is not None
    await ports.shards.commit(stage.project, change, known.etag)


async def _items(stage: Stage, **params: str) -> list[dict[str, Any]]:
    query = "&".join(f"{name}={value}" for name, value in params.items())
    items: list[dict[str, Any]] = (await stage.done("owner", "GET", f"/items?{query}"))["items"]
    return items


async def _exported(stage: Stage, **options: Any) -> dict[str, str]:
    """How the answers of a CSV file came about, by item."""
    asked = await stage.done("owner", "POST", "/exports", {"format": "csv", **options})
    await write_export(stage.world.ports, stage.project, asked["id"])
    blob = (await stage.world.ports.exports.get(stage.project, asked["id"])).blob
    assert blob is not None
    text = (await stage.world.blobs.read(APP, blob)).decode()
    ids = {item["path"]: item["id"] for item in await _items(stage)}
    return {ids[row["path"]]: row["source"] for row in DictReader(io.StringIO(text, newline=""))}


DEFAULTS: dict[str, Any] = {
    "enabled": False,
    "target": 0.95,
    "strict": False,
    "unsure": "show",
    "accept": False,
    "audit_rate": 0.05,
    "order": "random",
    "base": None,
    "training": {"first": None, "labels": 2, "per_label": 5, "growth": 1.5},
    "monthly_budget": None,
}


async def test_settings_change_one_by_one(stage: Stage) -> None:
    assert (await stage.done("owner", "GET", ""))["assist"] == DEFAULTS
    first = {"enabled": True, "target": 0.9, "base": "bert-base", "training": {"first": 50}}
    await stage.done("owner", "PATCH", "", {"assist": first})
    told = await stage.done("owner", "PATCH", "", {"assist": {"accept": True, "training": {"growth": 2}}})
    training = {"first": 50, "labels": 2, "per_label": 5, "growth": 2.0}
    assert told["assist"] == DEFAULTS | first | {"accept": True, "training": training}
    told = await stage.done("owner", "PATCH", "", {"assist": {"base": None, "training": {"first": None}}})
    assert (told["assist"]["base"], told["assist"]["training"]["first"]) == (None, None)


async def test_a_project_is_created_with_settings(stage: Stage) -> None:
    settings = {"enabled": True, "target": 0.9, "order": "uncertain", "training": {"first": 50}}
    settings |= {"monthly_budget": 12.5}
    body = {"name": "New", "kind": "image_multiclass", "data": ELSEWHERE, "labels": [{"name": "Rose"}]}
    created = await stage.send(ADMINISTRATOR, "POST", "/api/projects", body | {"assist": settings})
    training = DEFAULTS["training"] | {"first": 50}
    assert created.json()["assist"] == DEFAULTS | settings | {"training": training}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"target": 2}, "assist.target"),
        ({"target": None}, "assist.target"),
        ({"unsure": "perhaps"}, "assist.unsure"),
        ({"base": "/etc/passwd"}, "assist.base"),
        ({"accept": True, "audit_rate": 0}, "assist.audit_rate"),
        ({"training": {"growth": 1}}, "assist.training.growth"),
        ({"training": {"often": True}}, "assist.training.often"),
        ({"goal": 0.9}, "assist.goal"),
        ({"monthly_budget": -1}, "assist.monthly_budget"),
    ],
)
async def test_a_setting_that_makes_no_sense_is_named(stage: Stage, changes: Any, field: str) -> None:
    problem = await _refused(stage, 422, "PATCH", "", {"assist": changes})
    assert field in [problem.get("field"), *(error["field"] for error in problem.get("errors", ()))]
    assert (await stage.done("owner", "GET", ""))["assist"] == DEFAULTS


async def test_there_is_no_assist_where_nothing_runs_jobs(api: FastAPI, stage: Stage) -> None:
    connect(api, replace(stage.world.ports, jobs=None), NamesAsTokens())
    problem = await _refused(stage, 422, "PATCH", "", {"assist": {"enabled": True}})
    assert problem["field"] == "assist.enabled"
    await stage.done("owner", "PATCH", "", {"assist": {"target": 0.9}})


async def test_training_starts_from_no_project_whose_models_one_may_not_use(stage: Stage) -> None:
    run, other = await a_trained_run(stage), stage.project
    stage.project = (await stage.world.over("scans/*.dcm")).id
    await stage.world.ports.members.put(Member(stage.project, "owner", Role.OWNER))
    base = {"project": other, "run": run}
    told = await stage.done("owner", "PATCH", "", {"assist": {"base": base}})
    assert told["assist"]["base"] == base
    await stage.world.ports.members.put(Member(other, "owner", Role.REVIEWER))
    await stage.done("owner", "PATCH", "", {"assist": {"base": base, "target": 0.9}})
    await stage.done("owner", "PATCH", "", {"assist": {"base": None}})
    for method, path, body in (
        ("PATCH", "", {"assist": {"base": base}}),
        ("POST", "/runs", {"base": base}),
        ("POST", "/runs", {"stage": "predict", "model": base}),
    ):
        await _refused(stage, 403, method, path, body)
    await stage.world.ports.members.remove(other, "owner")
    await _refused(stage, 404, "PATCH", "", {"assist": {"base": base}})


async def test_there_is_one_run_at_a_time(stage: Stage) -> None:
    run = await stage.done("owner", "POST", "/runs", {"stage": "embed"})
    assert (run["stage"], run["status"], run["created_by"]) == ("embed", "queued", "owner")
    problem = await _refused(stage, 409, "POST", "/runs", {"stage": "embed"})
    assert problem["run"] == run["id"]
    canceled = await stage.done("owner", "POST", f"/runs/{run['id']}/cancel")
    assert canceled["status"] == "canceled"
    await _refused(stage, 409, "POST", f"/runs/{run['id']}/cancel")
    await _refused(stage, 404, "POST", "/runs/nothing/cancel")
    await _refused(stage, 422, "POST", "/runs", {})


async def test_runs_are_listed_newest_first_and_in_pages(stage: Stage) -> None:
    for name in ("r1", "r2", "r3"):
        stage.world.clock.step(hours=1)
        await a_trained_run(stage, name)
    page = await stage.done("reviewer", "GET", "/runs?limit=2")
    assert [run["id"] for run in page["items"]] == ["r3", "r2"]
    rest = await stage.done("reviewer", "GET", f"/runs?limit=2&cursor={page['next']}")
    assert ([run["id"] for run in rest["items"]], rest["next"]) == (["r1"], None)
    await _refused(stage, 404, "GET", "/runs?cursor=r9")


async def test_a_run_tells_what_it_found_out_and_how_right_it_is(stage: Stage) -> None:
    run = await a_trained_run(stage, figure_name="accuracy", figure=0.75, target=0.9, threshold=0.8)
    report = RunReport(
        {"accuracy": 0.75},
        (LabelFigures("Cat", 2, 2, 1, 0.5, 0.5, 0.5),),
        {"Cat": {"Dog": 1}},
        (Judged("0000-0000", 0.8, True),),
        curve=(CurvePoint(0.8, 1.0, 0.9, 0.25),),
        seconds={"all": 60.0},
    )
    data = RUN_REPORT.encode(report).encode()
    await stage.world.blobs.write(APP, report_name(stage.project, run), data)
    jobs = stage.world.ports.jobs
    assert isinstance(jobs, MemoryJobs)
    jobs.logs[run], jobs.states[run] = "progress 0.5\nprogress 1.0\n", JobStatus(JobState.DONE)
    trust = Trust("trained.1", run, 0.8)
    await _trusting(stage, {0: Prediction(Classes(("Cat",)), 0.9, run=run)}, trust)
    told = await stage.done("reviewer", "GET", f"/runs/{run}")
    assert told["figure"] == {"name": "accuracy", "value": 0.75}
    assert told["report"] == {
        "figures": {"accuracy": 0.75},
        "labels": [
            {
                "label": "Cat",
                "given": 2.0,
                "found": 2.0,
                "right": 1.0,
                "precision": 0.5,
                "recall": 0.5,
                "f1": 0.5,
                "ap50": None,
                "iou": None,
                "threshold": None,
            }
        ],
        "confusion": {"Cat": {"Dog": 1}},
        "curve": [{"threshold": 0.8, "precision": 1.0, "bound": 0.9, "coverage": 0.25}],
        "grouped": False,
        "unreadable": 0,
        "seconds": {"all": 60.0},
    }
    assert (told["trust"]["id"], told["trust"]["threshold"]) == ("trained.1", 0.8)
    assert told["log"] == "progress 0.5\nprogress 1.0"
    nothing = {"items": 0, "right": 0, "total": 0, "precision": None, "bound": None, "ceiling": None}
    assert told["audit"] == nothing


async def test_a_run_of_which_nothing_is_known_yet(stage: Stage) -> None:
    run = await a_trained_run(stage)
    told = await stage.done("reviewer", "GET", f"/runs/{run}")
    assert [told[name] for name in ("figure", "report", "trust", "audit", "log")] == [None] * 4 + [""]


@pytest.mark.parametrize("error", [Unavailable("Busy."), Invalid("Refused."), TimeoutError()])
async def test_a_log_that_cannot_be_read_hides_no_run(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    async def log(_jobs: MemoryJobs, _job: str, _lines: int) -> str:
        raise error

    monkeypatch.setattr(MemoryJobs, "log", log)
    run = await a_trained_run(stage)
    assert (await stage.done("reviewer", "GET", f"/runs/{run}"))["log"] == ""


async def test_a_model_is_downloaded_and_registered(stage: Stage) -> None:
    run = await a_trained_run(stage, figure_name="accuracy", figure=0.75)
    folder = f"projects/{stage.project}/runs/{run}/1/"
    found = await stage.done("owner", "GET", f"/runs/{run}/model")
    assert found["url"].startswith(f"memory://{APP}/{folder}model.zip?")
    asset = await stage.done("owner", "POST", f"/runs/{run}/model/register", {"name": "scans"})
    assert asset == {"asset": "azureml:scans:1"}
    models = stage.world.ports.models
    assert isinstance(models, MemoryModels)
    ((name, at, _, properties),) = models.registered
    assert (name, at) == ("scans", BlobFolder(APP, f"{folder}model/"))
    assert properties == {
        "kind": "image_multiclass",
        "project": stage.project,
        "run": run,
        "labeled": "4",
        "accuracy": "0.75",
    }
    log = await stage.done("owner", "GET", "/log")
    assert "model_registered" in {entry["what"] for entry in log["items"]}


@pytest.mark.parametrize(
    "changes", [{"stage": JobStage.PREDICT}, {"status": RunStatus.FAILED}, {"status": RunStatus.RUNNING}]
)
async def test_a_run_that_made_no_model_has_none(stage: Stage, changes: Any) -> None:
    run = await a_trained_run(stage, **changes)
    await _refused(stage, 409, "GET", f"/runs/{run}/model")
    await _refused(stage, 409, "POST", f"/runs/{run}/model/register", {"name": "scans"})


async def test_no_model_is_registered_where_there_is_no_workspace(api: FastAPI, stage: Stage) -> None:
    run = await a_trained_run(stage)
    connect(api, replace(stage.world.ports, models=None), NamesAsTokens())
    problem = await _refused(stage, 422, "POST", f"/runs/{run}/model/register", {"name": "scans"})
    assert "AZURE_ML_WORKSPACE" in problem["detail"]


async def _doubting(stage: Stage, *items: str, suggested: str = "Dog", **changes: Any) -> None:
    """Have a run doubt the answers to these items, the first most of all."""
    stage.world.clock.step(minutes=1)
    run = await a_trained_run(stage, **changes)
    doubts = [Doubt(item, 1 - number / 10, Classes((suggested,))) for number, item in enumerate(items)]
    data = "".join(DOUBT.encode(doubt) + "\n" for doubt in doubts).encode()
    await stage.world.blobs.write(APP, doubts_name(stage.project, run), data)
    stage.world.clock.step(minutes=1)


async def _doubts(stage: Stage, query: str = "") -> list[str]:
    page = await stage.done("reviewer", "GET", f"/doubts{query}")
    return [one["item"]["id"] for one in page["items"]]


async def test_doubts_come_in_order_until_somebody_has_looked(stage: Stage) -> None:
    assert await stage.done("reviewer", "GET", "/doubts") == {"run": None, "items": [], "next": None}
    items = [await stage.answer("dora", answer=CAT) for _ in range(4)]
    await _doubting(stage, *items[::-1])
    page = await stage.done("reviewer", "GET", "/doubts")
    assert (page["run"], [one["item"]["id"] for one in page["items"]]) == ("trained", items[::-1])
    assert (page["items"][0]["doubt"], page["items"][0]["suggested"]) == (1.0, DOG)
    await stage.done("owner", "POST", "/items/review", {"action": "approve", "items": [items[0]]})
    await stage.done("owner", "PUT", f"/items/{items[1]}/annotation", {"answer": DOG})
    await stage.done("owner", "POST", "/items/review", {"action": "reject", "items": [items[2]]})
    assert await _doubts(stage) == [items[3]]


async def test_what_was_answered_before_the_job_began_is_doubted(stage: Stage) -> None:
    asked = stage.world.clock.now()
    stage.world.clock.step(seconds=10)
    item = await stage.answer("dora", answer=CAT)
    await _doubting(stage, item, created_at=asked, started=stage.world.clock.now())
    assert await _doubts(stage) == [item]


async def test_doubts_come_in_pages_that_stay_with_their_run(stage: Stage) -> None:
    items = [await stage.answer("dora", answer=CAT) for _ in range(5)]
    await _doubting(stage, *items)
    page = await stage.done("reviewer", "GET", "/doubts?limit=2")
    assert [one["item"]["id"] for one in page["items"]] == items[:2]
    await stage.done("owner", "POST", "/items/review", {"action": "approve", "items": [items[3]]})
    await a_trained_run(stage, "later")
    rest = await stage.done("reviewer", "GET", f"/doubts?limit=2&cursor={page['next']}")
    assert ([one["item"]["id"] for one in rest["items"]], rest["next"]) == ([items[2], items[4]], None)
    for cursor in ("trained", "trained.x", "nothing.0"):
        await _refused(stage, 404, "GET", f"/doubts?cursor={cursor}")


async def test_what_the_labels_do_not_offer_is_not_suggested(stage: Stage) -> None:
    item = await stage.answer("dora", answer=CAT)
    await _doubting(stage, item, suggested="Dog")
    await stage.done("owner", "POST", "/pause")
    labels = {"labels": [{"name": "Cat"}], "mode": "continue", "retired": ["Dog"]}
    await stage.done("owner", "POST", "/labels", labels)
    assert await _doubts(stage) == []


async def test_a_reviewer_sees_what_is_predicted_and_a_labeler_only_what_is_shown(stage: Stage) -> None:
    trust = Trust("run.1", "run", 0.8, unsure=Unsure.HIDE, audit_rate=1.0)
    sure, unsure = (Prediction(Classes(("Cat",)), confidence, run="run") for confidence in (0.9, 0.7))
    await _trusting(stage, {0: sure, 1: unsure}, trust)
    told = [[item[name] for name in ("prelabel", "confidence", "trusted")] for item in await _items(stage)]
    assert told[:3] == [[CAT, 0.9, True], [CAT, 0.7, False], [None, None, None]]
    detail = await stage.done("reviewer", "GET", "/items/0000-0000")
    assert (detail["prelabel"], detail["trusted"], detail["unsure"]) == (CAT, True, [])
    task = await stage.done("dora", "POST", "/tasks", {"size": 9})
    shown = {item["id"]: item["prelabel"] for item in task["items"]}
    assert shown.get("0000-0000") is None


async def test_other_terms_make_another_trust(stage: Stage) -> None:
    await a_trained_run(stage, "run")
    await _trusting(stage, {}, Trust("run.1", "run", 0.8, audit_rate=0.05))
    response = await stage.send(
        "owner", "PATCH", f"/api/projects/{stage.project}", {"assist": {"accept": True}}
    )
    trust = (await stage.world.project(stage.project)).trust
    assert trust == Trust("run.2", "run", 0.8, accept=True, audit_rate=0.05)
    etag = (await stage.send("owner", "GET", f"/api/projects/{stage.project}")).headers["ETag"]
    assert response.headers["ETag"] == etag


async def test_a_models_answers_are_found_and_exported_on_request(stage: Stage) -> None:
    person = await stage.answer("dora", answer=DOG)
    first, second = [item["id"] for item in await _items(stage, status="pending")][:2]
    await _accepted(stage, first)
    await _accepted(stage, second)
    await stage.done("owner", "POST", "/items/review", {"action": "approve", "items": [second]})
    assert [item["id"] for item in await _items(stage, source="model")] == [first, second]
    assert [item["id"] for item in await _items(stage, source="manual")] == [person]
    histories = [(await stage.done("owner", "GET", f"/items/{item}"))["history"] for item in (first, person)]
    assert [[made["run"] for made in history] for history in histories] == [["run"], [None]]
    assert {item["annotation"]["source"] for item in await _items(stage, source="model")} == {"model"}
    assert await _exported(stage) == {first: "model", second: "model", person: "manual"}
    assert await _exported(stage, include_accepted=False) == {second: "model", person: "manual"}
