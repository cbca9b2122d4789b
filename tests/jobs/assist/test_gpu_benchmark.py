"""The benchmark that needs a GPU says so where there is none."""

import subprocess

from tests.jobs.assist.running import PYTHON, ROOT, environment


def test_without_a_gpu_it_is_a_sentence() -> None:
    done = subprocess.run(  # noqa: S603  our own code
        [PYTHON, ROOT / "benchmarks" / "gpu.py"],
        capture_output=True,
        text=True,
        check=False,
        env=environment() | {"CUDA_VISIBLE_DEVICES": ""},
    )
    assert done.stderr == "gpu.py: torch finds no GPU with CUDA here, and this measures nothing else.\n"
    assert (done.returncode, done.stdout) == (2, "")
