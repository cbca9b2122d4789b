"""A run starts from what transformers saves: here tiny models with random weights."""

import json
from pathlib import Path

import numpy as np
import pytest

from tests.jobs.assist.running import QUICK, Work, obeys, pictures, run, succeed, texts


@pytest.mark.parametrize(
    ("kind", "base"),
    [
        ("image_multiclass", "resnet"),
        ("object_detection", "rt_detr_v2"),
        ("object_detection", "rf_detr"),
        ("object_detection", "resnet"),
        ("instance_segmentation", "eomt"),
        ("instance_segmentation", "rf_detr_masks"),
        ("semantic_segmentation", "segformer"),
        ("semantic_segmentation", "eomt"),
    ],
)
def test_images(kind: str, base: str, bases: Path, tmp_path: Path) -> None:
    work = pictures(tmp_path / "work", kind)
    succeed("run", *work.arguments(), *QUICK, "--base", bases / base)
    obeys(work)


@pytest.mark.parametrize("kind", ["text_multilabel", "text_ner"])
def test_texts(kind: str, bases: Path, tmp_path: Path) -> None:
    work = texts(tmp_path / "work", kind)
    succeed(
        "run", *work.arguments(), "--steps", "4", "--batch", "4", "--folds", "2", "--base", bases / "bert"
    )
    obeys(work)


def test_a_saved_model_needs_its_base_no_more(bases: Path, tmp_path: Path) -> None:
    """And is a base itself, for other labels too."""
    work = pictures(tmp_path / "work", "image_multiclass")
    base = tmp_path / "base"
    (bases / "resnet").rename(base)
    succeed("train", *work.arguments(), *QUICK, "--base", base)
    base.rename(bases / "resnet")
    again = pictures(tmp_path / "again", "image_multilabel")
    succeed("run", *again.arguments(), *QUICK, "--base", work.out / "model")
    obeys(again)


def test_what_is_no_base(tmp_path: Path) -> None:
    work = pictures(tmp_path / "work", "image_multiclass")
    done = run("run", *work.arguments(), *QUICK, "--base", tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith(f"assist.py: nothing can start from '{tmp_path}'")


def test_embeddings_of_a_base(bases: Path, tmp_path: Path) -> None:
    """By a model that has learned nothing of these images, whatever their answers."""
    work = pictures(tmp_path / "work", "object_detection")
    files = ("--items", work.items, "--data", work.data, "--out", tmp_path / "vectors")
    succeed("embed", "--base", bases / "resnet", *files)
    assert np.load(tmp_path / "vectors" / "embeddings.npy").shape == (16, 16)
    assert not (tmp_path / "vectors" / "predictions.jsonl").exists()


@pytest.mark.parametrize("kind", ["text_multiclass", "text_ner"])
def test_linear_models_are_made_anew(kind: str, tmp_path: Path) -> None:
    """They are no base: the run says so, and is as it would be without."""
    work = texts(tmp_path / "work", kind)
    succeed("run", *work.arguments(), "--folds", "2")
    again = tmp_path / "again"
    said = succeed("run", *work.arguments(again), "--folds", "2", "--base", work.out / "model")
    assert said.startswith(f"the base {str(work.out / 'model')!r} is a linear model of texts, which gives")
    assert json.loads((again / "metrics.json").read_text())["notes"] == [said.splitlines()[0]]
    assert (again / "predictions.jsonl").read_bytes() == (work.out / "predictions.jsonl").read_bytes()


def test_a_model_of_texts_is_no_base_for_images(tmp_path: Path) -> None:
    work = texts(tmp_path / "work", "text_multiclass")
    succeed("train", *work.arguments(), "--folds", "1")
    seen = pictures(tmp_path / "seen", "image_multiclass")
    base = work.out / "model"
    done = run("run", *seen.arguments(), *QUICK, "--base", base)
    assert done.stderr == f"assist.py: {str(base)!r} learned from texts, and cannot help with images.\n"
    assert done.returncode == 2


def test_out_is_not_where_the_model_is(tmp_path: Path) -> None:
    work = texts(tmp_path / "work", "text_multiclass")
    succeed("train", *work.arguments(), "--folds", "1")
    done = run("predict", "--model", work.out / "model", "--items", work.items, "--out", work.out)
    assert (done.returncode, "--out holds the model" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("object_detection", "object_detection"),
        ("image_multiclass", "semantic_segmentation"),
        ("semantic_segmentation", "image_multiclass"),
    ],
)
def test_a_model_from_scratch_is_a_base(first: str, second: str, tmp_path: Path) -> None:
    """For other labels and other kinds: what its trunk has seen stands at the second one's start."""
    work = pictures(tmp_path / "work", first)
    succeed("train", *work.arguments(), *QUICK)
    other = pictures(tmp_path / "other", second)
    rows = json.loads(json.dumps(other.rows).replace('"red"', '"round"'))
    renamed = Work(other.data, second, ("round", "blue"), rows)
    succeed("run", *renamed.arguments(), *QUICK, "--lr", "1e-9", "--base", work.out / "model")
    obeys(renamed)
    before, after = (trunk_of(one.out / "model" / "fold-0") for one in (work, renamed))
    assert before.shape == after.shape
    assert np.abs(before - after).max() < 1e-6


def trunk_of(folder: Path) -> np.ndarray:
    """The first of a trunk's weights, that of its first convolution: float32 in safetensors' plain layout."""
    data = (folder / "model.safetensors").read_bytes()
    size = int.from_bytes(data[:8], "little")
    found = json.loads(data[8 : 8 + size])["trunk.embedder.embedder.convolution.weight"]
    first, last = found["data_offsets"]
    return np.frombuffer(data[8 + size + first : 8 + size + last], np.float32)
