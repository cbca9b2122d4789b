"""Embeddings alone: by a model, or of images by their own pixels; always in the order of the items."""

import json
import subprocess
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest
from PIL import Image

from tests.jobs.assist.running import (
    QUICK,
    Work,
    command,
    complaints,
    environment,
    lines,
    pictures,
    run,
    succeed,
    texts,
)

MANY = 1_100
"""Three parts."""


def halves(folder: Path, count: int) -> Work:
    """Pictures that are dark on the left, every other one, or on the right; the last come first."""
    folder.mkdir()
    for number in range(count):
        picture = Image.new("L", (12, 6), 200 + number % 40)
        picture.paste(20, (6 * (number % 2), 0, 6 + 6 * (number % 2), 6))
        picture.save(folder / f"{number}.bmp")
    rows = [{"id": f"i{number}", "path": f"{number}.bmp"} for number in reversed(range(count))]
    return Work(folder, "image_multiclass", ["any"], rows)


def embedded(work: Work, *arguments: str | Path) -> np.ndarray:
    """The embeddings of a run that has to succeed; what is written beside them is as it should be."""
    succeed("embed", *arguments, "--items", work.items, "--data", work.data, "--out", work.out)
    metrics = json.loads((work.out / "metrics.json").read_text())
    assert complaints("metrics", metrics) == []
    readable = [row["id"] for row in work.rows if row["id"] not in metrics["unreadable"]]
    assert json.loads((work.out / "ids.json").read_text()) == readable
    assert not (work.out / "predictions.jsonl").exists()
    vectors: np.ndarray = np.load(work.out / "embeddings.npy")
    assert vectors.dtype == np.float16
    assert len(vectors) == len(readable)
    return vectors.astype(np.float32)


def test_pixels_tell_pictures_apart(tmp_path: Path) -> None:
    work = halves(tmp_path / "work", 8)
    (work.data / "3.bmp").write_bytes(b"no picture")
    vectors = embedded(work, "--pixels", "4")
    assert vectors.shape == (7, 4 * 4 * 3)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(7), abs=0.01)
    sides = [number % 2 for number in (7, 6, 5, 4, 2, 1, 0)]
    alike = vectors @ vectors.T
    assert [[bool(one > 0) for one in row] for row in alike] == [[a == b for b in sides] for a in sides]


def test_pixels_need_no_torch(tmp_path: Path) -> None:
    """They are for a machine that starts fast."""
    work = halves(tmp_path / "work", 2)
    (tmp_path / "torch.py").write_text("raise ImportError('torch is not for this')")
    arguments = ("embed", "--pixels", "4", "--items", work.items, "--data", work.data, "--out", work.out)
    done = subprocess.run(  # noqa: S603  our own code
        command(*arguments),
        capture_output=True,
        text=True,
        check=False,
        env=environment() | {"PYTHONPATH": str(tmp_path)},
    )
    assert done.returncode == 0, done.stderr


def test_the_order_of_many(tmp_path: Path) -> None:
    """Parts that are done are kept when the rest has to be done again."""
    work = halves(tmp_path / "work", MANY)
    first = embedded(work, "--pixels", "2")
    for number in range(MANY - 500, MANY):
        (work.data / f"{number}.bmp").unlink()
    (work.out / "done" / "part-000001").unlink()
    assert (embedded(work, "--pixels", "2") == first).all()
    assert json.loads((work.out / "metrics.json").read_text())["predict"]["items"] == 500


def test_by_a_model_and_only_that_one(tmp_path: Path) -> None:
    """Another model makes other embeddings in the same folder."""
    work = texts(tmp_path / "work", "text_multiclass")
    succeed("train", *work.arguments(), "--folds", "1")
    assert lines(work.out / "crossfit.jsonl") == []
    assert not (work.out / "predictions.jsonl").exists()
    other = Work(tmp_path / "other", "text_multiclass", ["place", "fruit"], work.rows[:10])
    succeed("train", *other.arguments(), "--folds", "1")
    both = Work(tmp_path / "both", "text_multiclass", ["place", "fruit"], work.rows)
    one = embedded(both, "--model", work.out / "model")
    assert one.shape != embedded(both, "--model", other.out / "model").shape


def test_the_model_as_one_file(tmp_path: Path) -> None:
    """What model.zip holds is the model."""
    work = pictures(tmp_path / "work", "image_multiclass")
    succeed("train", *work.arguments(), *QUICK)
    with ZipFile(work.out / "model.zip") as archive:
        names = archive.namelist()
        archive.extractall(tmp_path / "model")
    there = work.out / "model"
    assert names == sorted(path.relative_to(there).as_posix() for path in there.rglob("*") if path.is_file())
    assert {"config.json", "fold-0/model.safetensors", "fold-1/model.safetensors"} <= set(names)
    files = ("--items", work.items, "--data", work.data)
    succeed("predict", "--model", there, *files, "--out", tmp_path / "one")
    succeed("predict", "--model", tmp_path / "model", *files, "--out", tmp_path / "other")
    name = "predictions.jsonl"
    assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "other" / name).read_bytes()
    metrics = json.loads((tmp_path / "one" / "metrics.json").read_text())
    assert (metrics["predict"]["items"], metrics["unreadable"]) == (16, {})


def test_of_what(tmp_path: Path) -> None:
    """It has to be said, and just once."""
    work = halves(tmp_path / "work", 2)
    files = ("--items", work.items, "--data", work.data, "--out", work.out)
    done = run("embed", *files)
    assert (done.returncode, "--model --base --pixels is required" in done.stderr) == (2, True)
    done = run("embed", *files, "--pixels", "4", "--base", "anything")
    assert (done.returncode, "not allowed with" in done.stderr) == (2, True)
