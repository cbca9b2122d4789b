"""Each kind learns from nothing for a few steps, and writes what the schemas say."""

import json
from pathlib import Path

import pytest

from tests.jobs.assist.running import QUICK, Work, lines, obeys, pictures, succeed, texts

IMAGES = (
    "image_multiclass",
    "image_multilabel",
    "object_detection",
    "instance_segmentation",
    "semantic_segmentation",
)
TEXTS = ("text_multiclass", "text_multilabel", "text_ner")
SEED = ("--seed", str(2**31 - 1))
"""As large as that of a project may be."""


@pytest.mark.parametrize("kind", IMAGES)
def test_images(kind: str, tmp_path: Path) -> None:
    work = pictures(tmp_path / "work", kind)
    said = succeed("run", *work.arguments(), *QUICK, *SEED).splitlines()
    obeys(work)
    assert any(line.startswith("progress 0.40 fold 1/2 step 4/4 loss") for line in said)
    assert said[-2] == "progress 1.00 predict 16/16"
    assert said[-1] == f"done 16 predictions, 12 cross-fitted, 0 unreadable: {work.out}"
    reloads(work, tmp_path)


@pytest.mark.parametrize("kind", TEXTS)
def test_texts(kind: str, tmp_path: Path) -> None:
    work = texts(tmp_path / "work", kind)
    succeed("run", *work.arguments(), "--folds", "2", *SEED)
    obeys(work)
    reloads(work, tmp_path)
    rest = {row["id"]: row["answer"] for row in lines(work.out / "predictions.jsonl")[16:]}
    if kind == "text_ner":  # "16 🍋 we went to Köln today": code points, not bytes and not UTF-16 units
        assert rest["t16"] == {"spans": [{"label": "place", "start": 16, "end": 20}]}
        assert rest["t17"] == {"spans": []}
    else:
        assert [answer["labels"] for answer in rest.values()] == [["place"], ["fruit"], ["place"], ["fruit"]]


def reloads(work: Work, folder: Path) -> None:
    """The saved model says again what it said."""
    files = ("--items", work.items, "--data", work.data, "--out", folder / "again")
    succeed("predict", "--model", work.out / "model", *files)
    name = "predictions.jsonl"
    assert (folder / "again" / name).read_bytes() == (work.out / name).read_bytes()
    assert not (folder / "again" / "embeddings.npy").exists()


def test_it_learns(tmp_path: Path) -> None:
    """Red discs are told from blue ones after half a minute at most, and where they are."""
    work = pictures(tmp_path / "work", "object_detection", answered=24, rest=6)
    succeed("run", *work.arguments(), "--steps", "80", "--batch", "8", "--size", "96", "--folds", "2")
    metrics = json.loads((work.out / "metrics.json").read_text())
    assert metrics["overall"]["ap50"] > 0.5
    boxes = [row["answer"]["boxes"] for row in lines(work.out / "predictions.jsonl")[24:]]
    assert [[box["label"] for box in found][:1] for found in boxes] == [["red"], ["blue"]] * 3
