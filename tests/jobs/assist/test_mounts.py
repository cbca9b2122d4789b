"""A run whose folder is blobs of Azure, mounted, on a machine that may be taken away at any moment."""

import signal
import subprocess
from pathlib import Path

from tests.jobs.assist.running import FOLDER, PYTHON, environment, run_cold, texts

FILES = ("predictions.jsonl", "crossfit.jsonl", "doubts.jsonl", "model.zip")
MOUNTED = """
import os, runpy, signal, sys
program, out, last = sys.argv[1:4]
sys.argv = [program, *sys.argv[4:]]
for name in ("rename", "replace"):
    known = getattr(os, name)
    def refuse(old, new, *rest, known=known, **more):
        if str(new).startswith(out):
            raise OSError(95, "Operation not supported", str(old))
        return known(old, new, *rest, **more)
    setattr(os, name, refuse)
mkdir = os.mkdir
def make(path, *rest, **more):
    if str(path).endswith(last):
        os.kill(os.getpid(), signal.SIGKILL)
    mkdir(path, *rest, **more)
os.mkdir = make
runpy.run_path(program, run_name="__main__")
"""
"""Runs a program in whose output folder nothing can be renamed, and kills it as it makes the last folder."""
CUT_OFF = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from learning.progress import FoldSteps, Progress
steps = FoldSteps(Progress(2), Path(sys.argv[2]), 1)
steps.keep({"step": 3})
assert steps.kept() == {"fold": 1, "step": 3}
whole = steps.checkpoint.read_bytes()
for size in (0, 10, len(whole) // 2, len(whole) - 1):
    steps.checkpoint.write_bytes(whole[:size])
    assert steps.kept() is None, size
"""


def test_a_run_goes_on_where_nothing_can_be_renamed(tmp_path: Path) -> None:
    work = texts(tmp_path / "work", "text_multiclass")
    whole = tmp_path / "whole"
    assert run_cold("run", *work.arguments(whole), "--folds", "3").returncode == 0
    arguments = [str(each) for each in ("run", *work.arguments(), "--folds", "3")]

    def mounted(last: str) -> int:
        words = [str(PYTHON), "-c", MOUNTED, str(FOLDER / "assist.py"), str(work.out), last, *arguments]
        return subprocess.run(words, env=environment(), check=False, stdout=subprocess.DEVNULL).returncode  # noqa: S603  our own code

    assert mounted("fold-1") == -signal.SIGKILL
    assert [path.name for path in (work.out / "done").iterdir()] == ["fold-0"]
    first = work.out / "model" / "fold-0"
    made = {file.name: file.stat().st_mtime_ns for file in first.iterdir()}
    assert mounted("parts") == -signal.SIGKILL
    (work.out / "done" / "fold-2").unlink()
    assert mounted("no folder") == 0
    for name in FILES:
        assert (whole / name).read_bytes() == (work.out / name).read_bytes(), name
    assert made == {file.name: file.stat().st_mtime_ns for file in first.iterdir()}, "trained once"


def test_a_checkpoint_that_is_cut_off_is_none(tmp_path: Path) -> None:
    command = [str(PYTHON), "-c", CUT_OFF, str(FOLDER), str(tmp_path / "checkpoint.pt")]
    done = subprocess.run(  # noqa: S603  our own code
        command, capture_output=True, text=True, check=False, env=environment()
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("The checkpoint cannot be read") == 4
