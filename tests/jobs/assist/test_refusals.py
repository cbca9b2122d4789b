"""Rubbish is refused with a sentence that names the line; what cannot be read is left out and named."""

import json
from pathlib import Path
from typing import Any

import pytest
from learning.answers import check
from learning.errors import Unusable
from learning.items import read_items
from learning.task import Task

from core.domain.jobs import told_refusal
from tests.jobs.assist.running import QUICK, Work, obeys, pictures, run, succeed

SHORT = {"size": [2, 2], "counts": "5"}
BOX = {"label": "red", "x": 1, "y": 2, "width": 3, "height": 4}


def line(**found: Any) -> str:
    """A line of items.jsonl."""
    return json.dumps({"id": "1", "path": "1.png"} | found)


REFUSED = {
    "{": "line 2: Expecting property name",
    line(answer={"labels": ["red"]}): "an answer of kind object_detection is an object with `boxes`",
    line(answer={"boxes": [BOX | {"label": "green"}]}): "number 1 of `boxes`: the label 'green' is not among",
    line(answer={"boxes": [BOX | {"x": float("nan")}]}): "line 2: NaN is no number.",
    line(answer={"boxes": [BOX, BOX | {"width": 0}]}): "number 2 of `boxes`: its width and height",
    line(answer={"boxes": [{"label": "red"}]}): "number 1 of `boxes`: 'x' is missing",
    line(path="../1.png"): "`path` '../1.png' leads out of the data folder.",
    line(id=""): "it is no JSON object with an `id`",
    line(id="0"): "the id '0' is there before.",
    line(fold=-1): "`fold` is -1",
}


@pytest.mark.parametrize("second", REFUSED)
def test_lines(second: str, tmp_path: Path) -> None:
    file = tmp_path / "items.jsonl"
    file.write_text(line(id="0") + "\n" + second + "\n")
    with pytest.raises(Unusable) as why:
        read_items(file, Task("object_detection", ("red", "blue")), tmp_path)
    assert str(why.value).startswith(f"{file}, line 2: ")
    assert REFUSED[second] in str(why.value)


@pytest.mark.parametrize(
    ("kind", "answer", "reason"),
    [
        ("image_multiclass", {"labels": ["red", "blue"]}, "2 labels are not what kind image_multiclass has."),
        ("image_multilabel", {"labels": ["red", "red"]}, "a label is given twice."),
        ("instance_segmentation", {"polygons": [{"label": "red", "parts": [[0, 0, 1, 1]]}]}, "three points"),
        (
            "semantic_segmentation",
            {"masks": [{"label": "red", "rle": {"size": [2, 2], "counts": "5"}}]},
            "2 x 2",
        ),
        ("text_ner", {"spans": [{"label": "red", "start": 1, "end": 4}]}, "1 to 4 are no code points"),
    ],
)
def test_answers(kind: str, answer: Any, reason: str) -> None:
    with pytest.raises(Unusable, match=reason):
        check(answer, Task(kind, ("red", "blue")), "🍋ab")


def test_the_program_says_so_and_exits(tmp_path: Path) -> None:
    work = pictures(tmp_path / "work", "image_multiclass", answered=2, rest=0)
    done = run("run", *work.arguments(), "--folds", "3")
    assert (done.returncode, done.stderr) == (2, "assist.py: 2 answered items are too few for 3 folds.\n")
    assert told_refusal(done.stdout + done.stderr) == "2 answered items are too few for 3 folds."


def test_broken_images_are_left_out(tmp_path: Path) -> None:
    work = pictures(tmp_path / "work", "image_multiclass")
    (work.data / "3.png").write_bytes((work.data / "3.png").read_bytes()[:200])
    (work.data / "13.png").write_bytes(b"no picture")
    (work.data / "14.png").unlink()
    assert "done 13 predictions, 11 cross-fitted, 3 unreadable" in succeed("run", *work.arguments(), *QUICK)
    obeys(work)
    unreadable = json.loads((work.out / "metrics.json").read_text())["unreadable"]
    assert sorted(unreadable) == ["i13", "i14", "i3"]
    assert unreadable["i13"].startswith("UnidentifiedImageError")
    assert str(tmp_path) not in json.dumps(unreadable)


def test_nothing_is_left(tmp_path: Path) -> None:
    rows = [{"id": str(number), "path": "a.png", "answer": {"labels": ["red"]}} for number in range(4)]
    work = Work(tmp_path / "work", "image_multiclass", ["red", "blue"], rows)
    done = run("run", *work.arguments(), *QUICK)
    assert (done.returncode, done.stderr) == (2, "assist.py: none of the 4 answered items could be read.\n")


def test_a_folder_of_somebody_elses(tmp_path: Path) -> None:
    work = pictures(tmp_path / "work", "image_multiclass", answered=4, rest=0)
    (work.out / "model").mkdir(parents=True)
    (work.out / "model" / "mine").write_text("dear")
    done = run("run", *work.arguments(), *QUICK)
    assert done.stderr == f"assist.py: {work.out} holds files that are no run's: choose another --out.\n"
    assert (work.out / "model" / "mine").read_text() == "dear"
