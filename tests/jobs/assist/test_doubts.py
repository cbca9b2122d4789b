"""Wrong answers that were planted among scikit-learn's handwritten digits are doubted first."""

import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from learning.doubts import disagreement
from learning.learner import Found
from learning.task import Task
from PIL import Image
from sklearn.datasets import load_digits

from tests.jobs.assist.running import Work, lines, succeed

ITEMS, WRONG = 600, 30


def test_planted_errors_come_first(tmp_path: Path) -> None:
    found = load_digits()
    dice = random.Random(0)
    planted = set(dice.sample(range(ITEMS), WRONG))
    rows = []
    for number in range(ITEMS):
        label = int(found.target[number])
        given = (label + dice.randint(1, 9)) % 10 if number in planted else label
        pixels = (found.images[number] * 15.9).astype(np.uint8).repeat(4, 0).repeat(4, 1)
        Image.fromarray(pixels).save(tmp_path / f"{number}.png")
        rows.append({"id": str(number), "path": f"{number}.png", "answer": {"labels": [str(given)]}})
    work = Work(tmp_path, "image_multiclass", [str(digit) for digit in range(10)], rows)
    succeed("train", *work.arguments(), "--steps", "80", "--size", "32", "--folds", "2", "--no-flip")
    doubted = lines(work.out / "doubts.jsonl")
    assert [row["doubt"] for row in doubted] == sorted((row["doubt"] for row in doubted), reverse=True)
    first = doubted[: WRONG * 3 // 2]
    caught = [row for row in first if int(row["id"]) in planted]
    assert len(caught) >= 0.8 * WRONG
    right = [row for row in caught if row["suggested"]["labels"] == [str(found.target[int(row["id"])])]]
    assert len(right) >= 0.8 * len(caught)


SPAN, BOX = Task("text_ner", ("a", "b")), Task("object_detection", ("a", "b"))


def span(label: str, start: int, end: int) -> dict[str, Any]:
    """A span."""
    return {"label": label, "start": start, "end": end}


@pytest.mark.parametrize(
    ("given", "found", "sure", "doubt"),
    [
        ([span("a", 0, 2)], [span("a", 0, 2)], [1.0], 0.0),
        ([span("a", 0, 2)], [span("b", 0, 2)], [1.0], 1.0),
        ([span("a", 0, 2)], [], [], 1.0),
        ([], [span("a", 0, 2)], [0.4], 1.0),
        ([], [], [], 0.0),
        ([span("a", 0, 2)], [span("a", 0, 2)], [0.5], 0.5 / 1.5),
    ],
)
def test_disagreement(given: list[Any], found: list[Any], sure: list[float], doubt: float) -> None:
    assert disagreement(SPAN, {"spans": given}, Found({"spans": found}, 1.0, sure)) == pytest.approx(doubt)
