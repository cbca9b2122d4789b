"""The app and the job mean the same by kinds and answers: what one writes, the other takes."""

import json
from pathlib import Path
from typing import Any

import pytest
from learning.answers import check
from learning.task import KINDS, Task
from PIL import Image
from pydantic import TypeAdapter

from core.domain.answers import Mask, Masks, Rle
from core.domain.kinds import Kind
from core.logic.answering import ANSWER_TYPES, Rules, Subject, misfit
from tests.jobs.assist.running import QUICK, Work, complaints, lines, pictures, succeed, texts
from tests.jobs.test_schemas import ANSWERS

WHOLE = Masks((Mask("Rose", Rle((2, 2), "04")),))
"""All four pixels."""

SOUND = {**ANSWERS, Kind.SEMANTIC_SEGMENTATION: WHOLE}


def taken(kind: Kind, answer: Any, labels: frozenset[str], subject: Subject) -> str | None:
    """Why the app would not take an answer of the job, or None when it would."""
    read = TypeAdapter(ANSWER_TYPES[kind]).validate_json(json.dumps(answer))
    return misfit(Rules(kind, labels), read, subject)


def test_the_same_kinds() -> None:
    assert sorted(KINDS) == sorted(kind.value for kind in Kind)


@pytest.mark.parametrize("kind", Kind)
def test_the_job_takes_the_apps_answers(kind: Kind) -> None:
    answer = json.loads(TypeAdapter(ANSWER_TYPES[kind]).dump_json(SOUND[kind]))
    check(answer, Task(kind.value, ("Rose", "Animal", "Animal/Cat")), "a text")
    assert complaints("items", {"id": "0000-0001", "path": "a", "answer": answer}) == []


@pytest.mark.parametrize("kind", Kind)
def test_the_app_takes_the_jobs_answers(kind: Kind, tmp_path: Path) -> None:
    work: Work = pictures(tmp_path, kind.value) if kind.is_image else texts(tmp_path, kind.value)
    succeed("run", *work.arguments(), *QUICK, "--keep", "0.05")
    labels = frozenset(json.loads(work.task.read_text())["labels"])
    subjects = {row["id"]: subject_of(work, row) for row in work.rows}
    rows = lines(work.out / "predictions.jsonl") + lines(work.out / "crossfit.jsonl")
    assert [taken(kind, row["answer"], labels, subjects[row["id"]]) for row in rows] == [None] * len(rows)
    if kind in (Kind.OBJECT_DETECTION, Kind.TEXT_NER):
        assert any(row["regions"] for row in rows)


def subject_of(work: Work, row: Any) -> Subject:
    """The item of a line."""
    if "text" in row:
        return Subject(text=row["text"])
    with Image.open(work.data / row["path"]) as picture:
        return Subject(*picture.size)
