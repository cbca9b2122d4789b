"""Which items to label first: any, those that a model is least sure of, or half of each.

    python -m benchmarks.order [CSV] [SEEDS]

The CSV has a class in its first column and text in the others; without one, scikit-learn's digits are used.
From 100 random answers on, 200 more are chosen in each way; what counts is the accuracy on all the rest.
"""

import csv
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

from benchmarks.assist import digits
from benchmarks.figures import Figure, tell
from local.stack import REPOSITORY, python_for_jobs

FIRST, MORE = 100, 200
SHARES = {"random": 0.0, "half of them the least sure": 0.5, "the least sure": 1.0}

Row = dict[str, Any]


def images(folder: Path) -> tuple[str, list[Row], Mapping[str, str]]:
    """The digits as files, the rows of items.jsonl, and the truth by id."""
    files, truth = digits()
    for name, data in files.items():
        (folder / Path(name).name).write_bytes(data)
    names = {Path(name).name: label for name, label in truth.items()}
    return "image_multiclass", [{"id": name, "path": name} for name in sorted(names)], names


def texts(table: Path) -> tuple[str, list[Row], Mapping[str, str]]:
    """The same for a table of texts."""
    with table.open(newline="", encoding="utf-8") as lines:
        rows = list(csv.reader(lines))
    items = [{"id": str(number), "text": "\n".join(row[1:])} for number, row in enumerate(rows)]
    return "text_multiclass", items, {str(number): row[0] for number, row in enumerate(rows)}


class Project:
    """Items of which some are answered, learned by the very job that the app submits."""

    def __init__(self, folder: Path, kind: str, items: Sequence[Row], truth: Mapping[str, str]) -> None:
        self._folder, self._items, self._truth = folder, items, truth
        task = {"kind": kind, "labels": sorted(set(truth.values()))}
        (folder / "task.json").write_text(json.dumps(task))

    def learn(self, answered: set[str], seed: int) -> list[Row]:
        """What a model says of all that is not answered."""
        lines = (
            {**item, "answer": {"labels": [self._truth[item["id"]]]} if item["id"] in answered else None}
            for item in self._items
        )
        (self._folder / "items.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
        with tempfile.TemporaryDirectory() as out:
            python = python_for_jobs(REPOSITORY).get("JOBS_PYTHON", sys.executable)
            program = [python, str(REPOSITORY / "aml_jobs" / "assist.py"), "run"]
            given = ["--task", "task.json", "--items", "items.jsonl", "--data", ".", "--out", out]
            order = [*program, *given, "--seed", str(seed)]
            subprocess.run(order, cwd=self._folder, check=True, stdout=subprocess.DEVNULL)
            said = [json.loads(line) for line in (Path(out) / "predictions.jsonl").read_text().splitlines()]
        return [row for row in said if row["id"] not in answered]

    def accuracy(self, said: Sequence[Row]) -> float:
        """The share that is right."""
        return fmean(row["answer"]["labels"] == [self._truth[row["id"]]] for row in said)


def accuracies(project: Project, ids: Sequence[str], seed: int) -> Mapping[str, float]:
    """For each way to choose, the accuracy in the end."""
    drawn = random.Random(seed).sample(ids, len(ids))  # noqa: S311  an experiment, no secret
    first, others = set(drawn[:FIRST]), drawn[FIRST:]
    said = project.learn(first, seed)
    unsure = [row["id"] for row in sorted(said, key=lambda row: float(row["confidence"]))]
    found = {}
    for name, share in SHARES.items():
        chosen = unsure[: round(MORE * share)]
        rest = (item for item in others if item not in set(chosen))
        chosen += [item for item, _ in zip(rest, range(MORE - len(chosen)), strict=False)]
        found[name] = project.accuracy(project.learn(first | set(chosen), seed))
    return found


def measure(table: Path | None, seeds: int) -> list[Figure]:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        kind, items, truth = texts(table) if table else images(folder)
        project = Project(folder, kind, items, truth)
        runs = [accuracies(project, [item["id"] for item in items], seed) for seed in range(seeds)]
    return [
        Figure(
            f"accuracy with {FIRST + MORE} labels, {MORE} of them {name}",
            fmean(run[name] for run in runs),
            "",
        )
        for name in SHARES
    ]


if __name__ == "__main__":
    given = sys.argv[1:]
    table = Path(given[0]) if given and not given[0].isdigit() else None
    tell("order", measure(table, int(given[-1]) if given and given[-1].isdigit() else 3))
