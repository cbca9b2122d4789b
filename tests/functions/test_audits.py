"""What is predicted of audited items is told to no labeler, whichever way they ask."""

import re
from dataclasses import replace
from uuid import uuid4

import pytest
from fastapi import FastAPI

from core.domain.answers import Classes
from core.domain.assist import Trust
from core.domain.predictions import Prediction
from core.domain.shards import Change, Lane
from core.logic.assist.lanes import laned
from tests.functions.in_process import Stage, an_api

SURE = 0.8765
ITEMS = 8


@pytest.fixture(scope="module")
def api() -> FastAPI:
    return an_api()


@pytest.fixture
async def audited(api: FastAPI) -> Stage:
    """A project all of whose items have a trusted prelabel, and are audited."""
    stage = await Stage.build(api)
    ports = stage.world.ports
    predictions = {index: Prediction(Classes(("Cat",)), SURE, run="run") for index in range(ITEMS)}
    await ports.predictions.write("predictions", predictions)
    known = await ports.shards.read(stage.project, 0)
    control = laned(known.value, stage.project, predictions, Trust("run.1", "run", 0.5, audit_rate=1.0))
    assert control.pending() == {Lane.AUDIT: ITEMS}
    shown = replace(control, predictions="predictions")
    await ports.shards.commit(stage.project, Change(shown), known.etag)
    return stage


def _readable(api: FastAPI, stage: Stage, item: str, task: str) -> list[str]:
    """The address of everything of the project that anybody might read."""
    values = {"project": stage.project, "item": item, "task": task, "frame": "0"}
    paths = [path for path, how in api.openapi()["paths"].items() if "get" in how and "{project}" in path]
    return [re.sub(r"{(\w+)}", lambda name: values.get(name[1], "x"), path) for path in paths]


async def test_no_labeler_is_told_what_is_predicted_of_an_audited_item(api: FastAPI, audited: Stage) -> None:
    task = await audited.done("labeler", "POST", "/tasks", {"size": 4})
    held = [item["id"] for item in task["items"]]
    renewed = await audited.done("labeler", "PUT", f"/tasks/{task['id']}")
    answers = [{"item": item, "answer": {"labels": ["Dog"]}} for item in held]
    body = {"submission": str(uuid4()), "answers": answers}
    said = await audited.done("labeler", "POST", f"/tasks/{task['id']}/submissions", body)
    again = await audited.done("labeler", "POST", "/tasks/reopen", {"items": held})
    for shown in (task, renewed, again):
        assert shown["type"] == "manual"
        assert [item["prelabel"] for item in shown["items"]] == [None] * 4
    assert set(said["results"][0]) == {"item", "outcome"}
    answered = 0
    for path in _readable(api, audited, held[0], task["id"]):
        response = await audited.send("labeler", "GET", path)
        assert str(SURE) not in response.text, path
        answered += response.is_success
    assert answered >= 5
    items = await audited.send("owner", "GET", f"/api/projects/{audited.project}/items")
    assert str(SURE) in items.text
