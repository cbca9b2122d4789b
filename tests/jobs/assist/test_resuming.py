"""A killed run goes on as if it had not been, and the same seed gives the same files."""

import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.jobs.assist.running import command, environment, pictures, run_cold, succeed, texts

FILES = ("predictions.jsonl", "crossfit.jsonl", "doubts.jsonl", "embeddings.npy", "ids.json", "model.zip")
STEPS = ("--steps", "30", "--batch", "8", "--size", "64", "--folds", "2", "--every", "1")


def same(one: Path, other: Path) -> None:
    """Two runs made the same files."""
    for name in FILES:
        assert (one / name).read_bytes() == (other / name).read_bytes(), name


def kill_when(there: Path, *arguments: str | Path) -> bool:
    """Start a run and kill it as soon as a file is there; whether it was still running."""
    job = subprocess.Popen(  # noqa: S603  our own code
        command(*arguments), env=environment(), stdout=subprocess.DEVNULL
    )
    while not there.exists() and job.poll() is None:
        time.sleep(0.002)
    job.send_signal(signal.SIGKILL)
    return job.wait() == -signal.SIGKILL


@pytest.mark.parametrize("kind", ["image_multiclass", "instance_segmentation"])
def test_killed_runs_end_alike(kind: str, tmp_path: Path) -> None:
    work = pictures(tmp_path / "work", kind)
    arguments = ("run", *work.arguments(), *STEPS)
    whole = tmp_path / "whole"
    succeed("run", *work.arguments(whole), *STEPS)
    for file in ("checkpoint.pt", "model/fold-0", "crossfit.jsonl"):
        assert kill_when(work.out / file, *arguments)
    assert run_cold(*arguments).returncode == 0
    same(whole, work.out)
    assert not (work.out / "checkpoint.pt").exists()


def test_another_run_makes_way(tmp_path: Path) -> None:
    work = texts(tmp_path / "work", "text_multiclass")
    succeed("run", *work.arguments(), "--folds", "2")
    said = succeed("run", *work.arguments(), "--folds", "2", "--seed", "1")
    assert said.startswith(f"{work.out} holds another run, which makes way for this one.\n")
    fresh = tmp_path / "fresh"
    succeed("run", *work.arguments(fresh), "--folds", "2", "--seed", "1")
    same(fresh, work.out)
