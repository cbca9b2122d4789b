import json
import subprocess
import sys
import time
from pathlib import Path

from core.adapters import local_job_process
from local.children import command_line
from local.leftovers import JOB_PROCESS, stop_jobs


def start_job(folder: Path, source: str) -> int:
    """Run some Python as the app runs jobs; the id of the job's process."""
    folder.mkdir(parents=True)
    limits: dict[str, object] = {"nice": 0, "memory_bytes": None, "time_limit_seconds": 60, "environment": {}}
    order = {"command": [sys.executable, "-c", source], **limits}
    (folder / "order.json").write_text(json.dumps(order))
    subprocess.run([sys.executable, local_job_process.__file__, str(folder)], check=True)  # noqa: S603
    deadline = time.monotonic() + 10
    while not (folder / "pid").exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return int(json.loads((folder / "pid").read_text())["pid"])


def test_jobs_that_still_run_are_stopped_with_the_rest(tmp_path: Path) -> None:
    job = start_job(tmp_path / "one", "import time; time.sleep(60)")
    assert JOB_PROCESS in command_line(job)
    stop_jobs(tmp_path)
    assert JOB_PROCESS not in command_line(job)
    stop_jobs(tmp_path)
    stop_jobs(tmp_path / "nothing")


def test_a_job_is_not_begun_twice(tmp_path: Path) -> None:
    first = start_job(tmp_path / "one", "import time; time.sleep(60)")
    subprocess.run(  # noqa: S603 -- our own program
        [sys.executable, local_job_process.__file__, str(tmp_path / "one")], check=True
    )
    time.sleep(0.3)
    assert json.loads((tmp_path / "one" / "pid").read_text())["pid"] == first
    assert JOB_PROCESS in command_line(first)
    stop_jobs(tmp_path)
