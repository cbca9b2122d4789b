"""A run starts from what transformers saves: here tiny models with random weights."""

import subprocess
from pathlib import Path

import numpy as np
import pytest

from tests.jobs.assist.running import PYTHON, QUICK, environment, obeys, pictures, run, succeed, texts


@pytest.fixture(scope="module")
def bases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of folders."""
    folder = tmp_path_factory.mktemp("bases")
    script = Path(__file__).with_name("tiny_bases.py")
    done = subprocess.run(  # noqa: S603  our own code
        [PYTHON, script, folder], capture_output=True, text=True, check=False, env=environment()
    )
    assert done.returncode == 0, done.stderr
    return folder


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


def test_a_linear_model_is_no_base(tmp_path: Path) -> None:
    work = texts(tmp_path / "work", "text_multiclass")
    succeed("train", *work.arguments(), "--folds", "2")
    done = run("run", *work.arguments(tmp_path / "again"), "--base", work.out / "model")
    assert (done.returncode, "is linear, and nothing can start from that" in done.stderr) == (2, True)
    done = run("predict", "--model", work.out / "model", "--items", work.items, "--out", work.out)
    assert (done.returncode, "--out holds the model" in done.stderr) == (2, True)
