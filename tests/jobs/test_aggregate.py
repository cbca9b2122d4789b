"""Votes merged by the job: on labelers whose care is known, and on votes that a reader can count."""

import ast
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.jobs.aggregating import FOLDER, aggregated, run, schema

LABELS = ("Cat", "Dog", "Eel", "Fox")
SPAMMER = 1 / len(LABELS)
"""How often somebody is right who draws labels."""


def _vote(item: int, labeler: str, *labels: str, kind: str = "image_multiclass") -> dict[str, Any]:
    return {
        "item": f"0000-{item:04d}",
        "path": f"photos/é {item}.jpg",
        "kind": kind,
        "labeler": labeler,
        "answer": {"labels": list(labels)},
        "at": "2026-11-20T12:00:00+00:00",
        "seconds": 1.5,
        "standing": False,
    }


def _written(file: Path, votes: Sequence[Mapping[str, Any]]) -> Path:
    file.write_text("".join(json.dumps(vote) + "\n" for vote in votes), "utf-8")
    return file


def _simulated(truth: Sequence[str], care: Mapping[str, float], dice: Random) -> Iterator[dict[str, Any]]:
    """Every labeler votes on every item: right so often, else one of the other labels."""
    for item, label in enumerate(truth):
        for labeler, right in care.items():
            others = [other for other in LABELS if other != label]
            yield _vote(item, labeler, label if dice.random() < right else dice.choice(others))


def _right(tmp_path: Path, care: Mapping[str, float], method: str) -> tuple[float, Mapping[str, float]]:
    """How often the merged answers are right, and how often the labelers are said to be."""
    dice = Random(7)
    truth = [dice.choice(LABELS) for _ in range(600)]
    votes = _written(tmp_path / "votes.jsonl", list(_simulated(truth, care, dice)))
    lines, report = aggregated(votes, tmp_path / f"{method}.jsonl", "--method", method)
    assert len(lines) == report["answers"] == len(truth)
    right = sum(line["label"] == truth[int(line["item"][-4:])] for line in lines) / len(truth)
    return right, {each["labeler"]: each["accuracy"] for each in report["labelers"]}


def test_among_spammers_dawid_skene_is_right_more_often_than_the_vote(tmp_path: Path) -> None:
    care = {"ana": 0.8, "ben": 0.8, "cleo": 0.8, "dora": SPAMMER, "eve": SPAMMER}
    right, accuracies = _right(tmp_path, care, "dawid-skene")
    voted, _ = _right(tmp_path, care, "majority")
    assert right > voted + 0.05
    for labeler, often in care.items():
        assert accuracies[labeler] == pytest.approx(often, abs=0.05)


def test_among_equals_it_is_no_better_than_the_vote(tmp_path: Path) -> None:
    care = {"ana": 0.8, "ben": 0.8, "cleo": 0.8}
    right, _ = _right(tmp_path, care, "dawid-skene")
    voted, _ = _right(tmp_path, care, "majority")
    assert right <= voted + 0.01


COUNTED = [
    _vote(0, "ana", "Cat"),
    _vote(0, "ben", "Cat"),
    _vote(0, "cleo", "Dog"),
    _vote(1, "ana", "Dog"),
    _vote(1, "ben", "Cat"),
    _vote(0, "cleo", "Fox"),
]
"""Cleo changed her mind; the second item is a tie."""


def test_a_vote_can_be_counted(tmp_path: Path) -> None:
    lines, report = aggregated(
        _written(tmp_path / "votes.jsonl", COUNTED), tmp_path / "out.jsonl", "--method", "majority"
    )
    assert lines[0] == {
        "item": "0000-0000",
        "image_url": "photos/é 0.jpg",
        "label": "Cat",
        "label_confidence": pytest.approx(2 / 3),
    }
    assert (lines[1]["label"] in {"Cat", "Dog"}, lines[1]["label_confidence"]) == (True, 0.5)
    assert report == {
        "method": "majority",
        "kind": "image_multiclass",
        "items": 2,
        "votes": 5,
        "answers": 2,
        "undecided": 0,
        "differ": 0,
        "labelers": [
            {"labeler": "ana", "votes": 2, "accuracy": 1.0},
            {"labeler": "ben", "votes": 2, "accuracy": 1.0},
            {"labeler": "cleo", "votes": 1, "accuracy": 0.0},
        ],
    }


def test_the_seed_alone_decides_ties(tmp_path: Path) -> None:
    votes = [
        _vote(item, labeler, label)
        for item in range(40)
        for labeler, label in zip("ab", LABELS, strict=False)
    ]
    file = _written(tmp_path / "votes.jsonl", votes)
    found = [
        [
            line["label"]
            for line in aggregated(
                file, tmp_path / f"{number}.jsonl", "--method", "majority", "--seed", seed
            )[0]
        ]
        for number, seed in enumerate(("1", "1", "2"))
    ]
    assert found[0] == found[1] != found[2]
    assert set(found[0]) == {"Cat", "Dog"}


@pytest.mark.parametrize("method", ["dawid-skene", "majority"])
def test_several_labels_are_merged_one_by_one(tmp_path: Path, method: str) -> None:
    kind = "text_multilabel"
    votes = [
        vote
        for item in range(20)
        for vote in (
            _vote(item, "ana", "Cat", "Dog", kind=kind),
            _vote(item, "ben", "Cat", "Dog", kind=kind),
            _vote(item, "cleo", "Cat", kind=kind),
        )
    ]
    votes += [_vote(20, labeler, label, kind=kind) for labeler, label in zip("abc", LABELS, strict=False)]
    lines, report = aggregated(
        _written(tmp_path / "votes.jsonl", votes), tmp_path / "out.jsonl", "--method", method
    )
    assert [line["label"] for line in lines[:20]] == [["Cat", "Dog"]] * 20
    assert report["items"] == 21
    if method == "majority":
        assert report["differ"] == 0
        assert [line["label_confidence"] for line in lines] == [pytest.approx(2 / 3)] * 20
        assert (report["answers"], report["undecided"]) == (20, 1)


@pytest.mark.parametrize(
    ("votes", "why"),
    [
        ([{**_vote(0, "ana"), "kind": "object_detection", "answer": {"boxes": []}}], "merges labels only"),
        ([_vote(0, "ana", "Cat"), {"item": "0000-0001"}], "line 2 is no vote"),
        ([_vote(0, "ana", "Cat", "Dog")], "line 1 is no vote"),
        ([_vote(0, "ana", "Cat"), _vote(0, "ben", "Cat", kind="text_multiclass")], "2 kinds"),
        ([], "0 kinds"),
    ],
)
def test_what_cannot_be_merged_is_refused_and_nothing_is_written(
    tmp_path: Path, votes: Sequence[Mapping[str, Any]], why: str
) -> None:
    output = tmp_path / "out.jsonl"
    done = run(_written(tmp_path / "votes.jsonl", votes), "--output", output)
    assert (done.returncode, output.exists()) == (1, False)
    assert why in done.stderr
    assert "Traceback" not in done.stderr


def test_it_says_how_to_use_it_and_what_it_did(tmp_path: Path) -> None:
    told = run("--help").stdout
    assert all(
        word in told for word in ("VOTES", "--output", "--method", "--iterations", "--seed", "default: 100")
    )
    done = run(_written(tmp_path / "votes.jsonl", COUNTED), "--output", tmp_path / "out.jsonl")
    assert done.stdout.startswith("5 votes of 3 labelers for 2 items, merged by dawid-skene\n")
    assert "  cleo: 1 votes, right" in done.stdout


@pytest.mark.parametrize("name", ["votes", "consensus", "report"])
def test_the_schemas_are_schemas(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))


def test_what_it_reads_and_writes_is_as_its_schemas_say(tmp_path: Path) -> None:
    several = [{**vote, "kind": "image_multilabel"} for vote in COUNTED]
    for votes in (COUNTED, several):
        lines, report = aggregated(_written(tmp_path / "votes.jsonl", votes), tmp_path / "out.jsonl")
        for name, values in (("votes", votes), ("consensus", lines), ("report", [report])):
            for value in values:
                Draft202012Validator(schema(name)).validate(value)


def test_it_stands_by_itself() -> None:
    tree = ast.parse((FOLDER / "aggregate.py").read_text("utf-8"))
    found = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    found |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    tops = {name.split(".")[0] for name in found}
    assert tops - sys.stdlib_module_names == {"crowdkit", "numpy", "pandas"}
