"""Local jobs where the contract does not reach: kills, restarts, limits, and what a job may see."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import BinaryIO

import pytest

from core.adapters import local_jobs
from core.adapters.local_jobs import LocalJobs, LocalLimits
from core.adapters.memory import MemoryBlobs
from core.domain.errors import Invalid
from core.domain.jobs import BlobFiles, BlobFolder, Input, JobSpec, JobState, JobStatus, ModelAsset

CONTAINER = "data"
_APP = """
import asyncio, sys
from pathlib import Path
from core.adapters.local_jobs import LocalJobs, LocalLimits
from core.adapters.memory import MemoryBlobs
from core.domain.jobs import BlobFolder, JobSpec
async def main(folder):
    jobs = LocalJobs(MemoryBlobs(), folder / "jobs", sys.executable, folder, LocalLimits())
    output = {"out": BlobFolder("data", "out/")}
    await jobs.submit(JobSpec("one", "program.py", ("{outputs.out}",), {}, output))
    print("submitted", flush=True)
    await asyncio.sleep(60)
asyncio.run(main(Path(sys.argv[1])))
"""


@pytest.fixture
async def blobs() -> MemoryBlobs:
    made = MemoryBlobs()
    await made.prepare(CONTAINER)
    return made


def open_jobs(folder: Path, blobs: MemoryBlobs, limits: LocalLimits | None = None) -> LocalJobs:
    """The jobs of a folder, as an app that has just started sees them."""
    return LocalJobs(blobs, folder / "jobs", sys.executable, folder, limits or LocalLimits())


def spec_of(folder: Path, source: str, job: str = "one", arguments: tuple[str, ...] = ()) -> JobSpec:
    """A job that runs some Python."""
    (folder / f"{job}.py").write_text(source)
    return JobSpec(job, f"{job}.py", arguments, {}, {"out": BlobFolder(CONTAINER, f"{job}/")})


async def status_when(
    jobs: LocalJobs, job: str, ready: Callable[[JobStatus], bool] = lambda status: status.state.ended
) -> JobStatus:
    """The status of a job as soon as it is as wanted."""
    deadline = time.monotonic() + 20
    while not ready(status := await jobs.status(job)):
        assert time.monotonic() < deadline, status
        await asyncio.sleep(0.05)
    return status


async def lines_when(jobs: LocalJobs, count: int) -> list[str]:
    """What the job printed, as soon as it is so many lines."""
    deadline = time.monotonic() + 20
    while len(lines := (await jobs.log("one", count)).splitlines()) < count:
        assert time.monotonic() < deadline
        await asyncio.sleep(0.05)
    return lines


def running(status: JobStatus) -> bool:
    """Whether the program runs."""
    return status.state is JobState.RUNNING


def process_of(folder: Path, job: str) -> int:
    """The id of a job's process, and of its group."""
    return int(json.loads((folder / "jobs" / job / "pid").read_text())["pid"])


def kill_app_when(folder: Path, ready: Callable[[], bool]) -> None:
    """Run an app that submits `program.py`, and SIGKILL it."""
    app = subprocess.Popen([sys.executable, "-c", _APP, str(folder)], stdout=subprocess.PIPE)  # noqa: S603
    with app:
        deadline = time.monotonic() + 20
        while not ready():
            assert time.monotonic() < deadline
            time.sleep(0.02)
        app.kill()


@pytest.mark.parametrize("when", ["began", "ended"])
async def test_a_job_outlives_a_killed_app_and_its_outputs_are_stored(
    tmp_path: Path, blobs: MemoryBlobs, when: str
) -> None:
    seconds = 2 if when == "began" else 0
    source = f"import pathlib, sys, time; time.sleep({seconds}); (pathlib.Path(sys.argv[1]) / 'a').touch()"
    (tmp_path / "program.py").write_text(source)
    mark = tmp_path / "jobs" / "one" / ("pid" if when == "began" else "exit.json")
    kill_app_when(tmp_path, mark.exists)
    if when == "ended":
        (tmp_path / "jobs" / "one" / "end.json").unlink(missing_ok=True)  # had the app been quicker
        (tmp_path / "jobs" / "one" / "outputs" / "out").mkdir(parents=True, exist_ok=True)
        (tmp_path / "jobs" / "one" / "outputs" / "out" / "a").touch()
    jobs = open_jobs(tmp_path, blobs)
    if when == "began":
        assert (await jobs.status("one")).state is JobState.RUNNING
    status = await status_when(jobs, "one")
    assert status.state is JobState.DONE
    assert await blobs.stat(CONTAINER, "out/a")
    assert status.compute_seconds is not None
    assert seconds <= status.compute_seconds < seconds + 5


async def test_a_job_that_was_not_started_is_started_by_the_next_app(
    tmp_path: Path, blobs: MemoryBlobs
) -> None:
    spec = spec_of(tmp_path, "print('here')")
    first = open_jobs(tmp_path, blobs)
    await first.submit(spec)
    for task in list(first._drivers.values()):
        task.cancel()
    await asyncio.sleep(0)
    second = open_jobs(tmp_path, blobs)
    assert (await status_when(second, "one")).state is JobState.DONE
    assert await second.log("one", 10) == "here"


async def test_a_job_whose_processes_are_killed_is_lost(tmp_path: Path, blobs: MemoryBlobs) -> None:
    jobs = open_jobs(tmp_path, blobs)
    await jobs.submit(spec_of(tmp_path, "import time; print('last words', flush=True); time.sleep(60)"))
    await lines_when(jobs, 1)
    os.killpg(process_of(tmp_path, "one"), signal.SIGKILL)
    status = await status_when(jobs, "one")
    assert status.state is JobState.LOST
    assert (status.error or "").endswith("last words")
    assert await blobs.stat(CONTAINER, "one/a") is None


async def test_a_program_that_is_killed_fails_and_says_how(tmp_path: Path, blobs: MemoryBlobs) -> None:
    jobs = open_jobs(tmp_path, blobs)
    await jobs.submit(spec_of(tmp_path, "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"))
    status = await status_when(jobs, "one")
    assert status.state is JobState.FAILED
    assert status.error == "The job was killed by signal 9."


async def test_a_process_id_that_somebody_else_has_now_is_not_the_job(
    tmp_path: Path, blobs: MemoryBlobs
) -> None:
    jobs = open_jobs(tmp_path, blobs)
    await jobs.submit(spec_of(tmp_path, "import time; time.sleep(60)"))
    await status_when(jobs, "one", running)
    os.killpg(process_of(tmp_path, "one"), signal.SIGKILL)
    (tmp_path / "jobs" / "one" / "pid").write_text(json.dumps({"pid": os.getpid(), "started": 0}))
    restarted = open_jobs(tmp_path, blobs)
    assert (await status_when(restarted, "one")).state is JobState.LOST


async def test_canceling_takes_the_children_of_a_stubborn_program_too(
    tmp_path: Path, blobs: MemoryBlobs
) -> None:
    source = (
        "import os, signal, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "print(os.fork() or os.getpid(), flush=True)\n"
        "time.sleep(60)\n"
    )
    jobs = open_jobs(tmp_path, blobs)
    await jobs.submit(spec_of(tmp_path, source))
    children = [int(line) for line in await lines_when(jobs, 2)]
    await jobs.cancel("one")
    assert (await status_when(jobs, "one")).state is JobState.CANCELED
    await asyncio.sleep(0.2)
    assert not [child for child in children if _lives(child)]


async def test_jobs_run_one_after_the_other_and_one_that_waits_can_be_canceled(
    tmp_path: Path, blobs: MemoryBlobs
) -> None:
    jobs = open_jobs(tmp_path, blobs)
    for job in ("one", "two", "three"):
        await jobs.submit(spec_of(tmp_path, f"import time; time.sleep({60 if job == 'one' else 0})", job))
    await status_when(jobs, "one", running)
    assert (await jobs.status("two")).state is JobState.QUEUED
    await jobs.cancel("two")
    assert (await jobs.status("two")).state is JobState.CANCELED
    await jobs.cancel("one")
    assert (await status_when(jobs, "three")).state is JobState.DONE
    assert (await jobs.status("two")).state is JobState.CANCELED
    assert not (tmp_path / "jobs" / "two" / "pid").exists()


async def test_a_job_is_niced_bounded_and_sees_no_secrets(
    tmp_path: Path, blobs: MemoryBlobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STORAGE", "AccountKey=secret")
    source = (
        "import json, os, resource\n"
        "print(json.dumps([os.nice(0), resource.getrlimit(resource.RLIMIT_AS)[0], dict(os.environ)]))\n"
    )
    bound = 512 * 1024 * 1024
    jobs = open_jobs(tmp_path, blobs, LocalLimits(threads=3, memory_bytes=bound))
    await jobs.submit(spec_of(tmp_path, source))
    assert (await status_when(jobs, "one")).state is JobState.DONE
    nice, memory, environment = json.loads(await jobs.log("one", 1))
    assert nice == min(os.nice(0) + 10, 19)
    assert memory == bound
    assert environment["OMP_NUM_THREADS"] == "3"
    assert "STORAGE" not in environment


async def test_a_job_that_wants_too_much_memory_fails(tmp_path: Path, blobs: MemoryBlobs) -> None:
    jobs = open_jobs(tmp_path, blobs, LocalLimits(memory_bytes=256 * 1024 * 1024))
    await jobs.submit(spec_of(tmp_path, "held = bytearray(1024 ** 3)"))
    status = await status_when(jobs, "one")
    assert status.state is JobState.FAILED
    assert (status.error or "").endswith("MemoryError")


async def test_inputs_stay_in_their_folder_and_missing_containers_are_named(
    tmp_path: Path, blobs: MemoryBlobs
) -> None:
    await blobs.write(CONTAINER, "a", b"1")
    (tmp_path / "a.py").write_text("")
    jobs = open_jobs(tmp_path, blobs)
    out = BlobFiles(CONTAINER, {"../../spec.json": "a"})
    for job, source in (("out", out), ("gone", BlobFolder("no-such-container", ""))):
        await jobs.submit(JobSpec(job, "a.py", (), {"data": Input(source)}, {}))
    for job, words in (("out", "leads out"), ("gone", "no-such-container")):
        status = await status_when(jobs, job)
        assert status.state is JobState.FAILED
        assert words in (status.error or "")


async def test_a_registered_model_is_refused(tmp_path: Path, blobs: MemoryBlobs) -> None:
    (tmp_path / "a.py").write_text("")
    spec = JobSpec("one", "a.py", (), {"base": Input(ModelAsset("leaves", "3"))}, {})
    with pytest.raises(Invalid, match="'leaves' is in Azure ML"):
        await open_jobs(tmp_path, blobs).submit(spec)
    assert not (tmp_path / "jobs" / "one").exists()


class ShyBlobs(MemoryBlobs):
    """Storage that is away for the first so many calls."""

    away = 4

    def _check(self) -> None:
        self.away -= 1
        if self.away >= 0:
            raise ConnectionError("Nobody is there.")

    async def download(self, container: str, name: str, file: BinaryIO) -> None:
        self._check()
        await super().download(container, name, file)

    async def upload(
        self,
        container: str,
        name: str,
        chunks: AsyncIterator[bytes],
        content_type: str,
        filename: str | None = None,
    ) -> None:
        self._check()
        await super().upload(container, name, chunks, content_type, filename)


@pytest.mark.parametrize(("pauses", "state"), [(4, JobState.DONE), (2, JobState.FAILED)])
@pytest.mark.parametrize("inputs", [("a",), ()])
async def test_storage_that_is_away_for_a_while_costs_no_job(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pauses: int, state: JobState, inputs: tuple[str, ...]
) -> None:
    monkeypatch.setattr(local_jobs, "PAUSES", (0.01,) * pauses)
    shy = ShyBlobs()
    await shy.prepare(CONTAINER)
    await shy.write(CONTAINER, "in/a", b"1")
    (tmp_path / "a.py").write_text("import pathlib, sys; (pathlib.Path(sys.argv[1]) / 'b').touch()")
    given = {name: Input(BlobFolder(CONTAINER, "in/")) for name in inputs}
    output = {"out": BlobFolder(CONTAINER, "out/")}
    jobs = open_jobs(tmp_path, shy)
    await jobs.submit(JobSpec("one", "a.py", ("{outputs.out}",), given, output))
    status = await status_when(jobs, "one")
    assert status.state is state
    assert (status.error is None) == (state is JobState.DONE)
    assert (await shy.stat(CONTAINER, "out/b") is None) == (state is JobState.FAILED)


async def test_only_programs_of_the_folder_run(tmp_path: Path, blobs: MemoryBlobs) -> None:
    jobs = open_jobs(tmp_path, blobs)
    for program in ("../evil.py", "/bin/sh"):
        with pytest.raises(Invalid):
            await jobs.submit(JobSpec("one", program, (), {}, {}))


async def test_a_job_ends_with_its_folder(tmp_path: Path, blobs: MemoryBlobs) -> None:
    jobs = open_jobs(tmp_path, blobs)
    await jobs.submit(spec_of(tmp_path, "import time; time.sleep(60)"))
    await status_when(jobs, "one", running)
    process = process_of(tmp_path, "one")
    for task in list(jobs._drivers.values()):
        task.cancel()
    (tmp_path / "jobs").rename(tmp_path / "trash")
    deadline = time.monotonic() + 10
    while _lives(process):
        assert time.monotonic() < deadline
        await asyncio.sleep(0.05)


async def test_a_busy_job_leaves_the_event_loop_alone(tmp_path: Path, blobs: MemoryBlobs) -> None:
    jobs = open_jobs(tmp_path, blobs)
    await jobs.submit(spec_of(tmp_path, "import time; time.sleep(1)"))
    longest, last = 0.0, time.monotonic()
    while not (await jobs.status("one")).state.ended:
        await asyncio.sleep(0.005)
        longest, last = max(longest, time.monotonic() - last), time.monotonic()
    assert longest < 0.5


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    try:  # whoever is dead and not yet fetched by its parent does not count
        return ") Z " not in Path(f"/proc/{process}/stat").read_text()
    except FileNotFoundError:
        return False
