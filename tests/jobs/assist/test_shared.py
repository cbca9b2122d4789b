"""The app and the job mean the same by kinds and answers: what one writes, the other takes."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from learning.answers import check
from learning.task import KINDS, Task
from PIL import Image
from pydantic import TypeAdapter

from core.domain.answers import Mask, Masks, Rle
from core.domain.items import item_id
from core.domain.kinds import Kind
from core.domain.labels import Label
from core.domain.runs import Run, Stage
from core.formats.run_outputs import CROSSFIT, ITEMS
from core.logic.answering import ANSWER_TYPES
from core.logic.assist.judging import is_grouped
from core.usecases.read_outputs import Outputs
from core.usecases.report_run import trained
from tests.examples import NOON, a_project
from tests.jobs.assist.running import QUICK, Work, complaints, pictures, succeed, texts
from tests.jobs.test_schemas import ANSWERS

WHOLE = Masks((Mask("Rose", Rle((2, 2), "04")),))
"""All four pixels."""

SOUND = {**ANSWERS, Kind.SEMANTIC_SEGMENTATION: WHOLE}


def test_the_same_kinds() -> None:
    assert sorted(KINDS) == sorted(kind.value for kind in Kind)


@pytest.mark.parametrize("kind", Kind)
def test_the_job_takes_the_apps_answers(kind: Kind) -> None:
    answer = json.loads(TypeAdapter(ANSWER_TYPES[kind]).dump_json(SOUND[kind]))
    check(answer, Task(kind.value, ("Rose", "Animal", "Animal/Cat")), "a text")
    assert complaints("items", {"id": "0000-0001", "path": "a", "answer": answer}) == []


@pytest.mark.parametrize("kind", Kind)
def test_the_app_takes_what_the_job_writes(kind: Kind, tmp_path: Path) -> None:
    work: Work = pictures(tmp_path, kind.value) if kind.is_image else texts(tmp_path, kind.value)
    work.rows = [
        {**row, "id": item_id(0, number), **known_of(work, row)} for number, row in enumerate(work.rows)
    ]
    work.items.write_text("".join(json.dumps(row) + "\n" for row in work.rows))
    succeed("run", *work.arguments(), *QUICK, "--keep", "0.05")
    (work.out / ITEMS).write_bytes(work.items.read_bytes())
    labels = tuple(Label(name) for name in json.loads(work.task.read_text())["labels"])
    project = replace(a_project(shards=1), kind=kind, labels=labels)
    outputs = Outputs.of(work.out, project, Run("r", Stage.TRAIN, NOON, "ana"))
    [shard] = outputs.by_shard(predicted=True, embedded=True)
    assert len(shard.predictions) == len(shard.embedded) == len(work.rows)
    answered = {row["id"] for row in work.rows if row["answer"]}
    judged = outputs.judged(CROSSFIT)
    assert {doubt.item for doubt in outputs.doubts()} == answered
    assert trained(kind, outputs.metrics, judged).figures
    if is_grouped(kind):
        assert {one.item for one in judged} <= answered
        assert any(one.regions for one in shard.predictions.values())
    else:
        assert [one.item for one in judged] == sorted(answered)


def known_of(work: Work, row: Any) -> Any:
    """What the app says of an item beside."""
    if "text" in row:
        return {}
    with Image.open(work.data / row["path"]) as picture:
        return {"width": picture.width, "height": picture.height}
