"""Jobs as processes of this machine: for development, and wherever there is no Azure ML workspace.

Each job has a folder, which holds all that is known of it, so that an app that starts again, even after a
SIGKILL, finds its jobs running and takes care of them. One app at a time uses a folder. Jobs run one after
the other, niced, and see nothing of the app's environment. Inputs are always downloaded.
"""

import asyncio
import contextlib
import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from core.adapters import local_job_process
from core.adapters.local_job_files import blobs_of, fetch_input, store_output
from core.domain.errors import Invalid, NotFound, Unavailable
from core.domain.jobs import (
    JobSpec,
    JobState,
    JobStatus,
    is_job_id,
    last_lines,
    split_argument,
    told_progress,
)
from core.ports import BlobStore

NICE = 10
ERROR_LINES = 30
PAUSES = (1.0, 2.0, 5.0, 10.0, 20.0, 30.0)
"""Seconds between tries to reach storage."""
_TAIL_BYTES = 64 * 1024
_POLL_SECONDS = 0.2
_INHERITED = ("PATH", "HOME", "LANG", "LC_", "TMPDIR", "TZ", "HF_", "TORCH_", "TRANSFORMERS_")
_SPEC, _STATUS = TypeAdapter(JobSpec), TypeAdapter(JobStatus)


@dataclass(frozen=True, slots=True)
class LocalLimits:
    """What a job may use. `memory_bytes` bounds its address space (RLIMIT_AS), which for PyTorch is about
    twice what it touches; None: no bound."""

    threads: int = 1
    memory_bytes: int | None = None


class _Folder:
    """What is known of one job, in files. `spec.json`: what was asked; `pid`: its process began; `exit.json`:
    it ended by itself; `cancel`: somebody asked it to end; `end.json`: how all ended."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.log, self.cancel = path / "log.txt", path / "cancel"

    def spec(self) -> JobSpec:
        return _SPEC.validate_json((self.path / "spec.json").read_bytes())

    def read(self, name: str) -> dict[str, Any] | None:
        try:
            found: dict[str, Any] = json.loads((self.path / name).read_bytes())
        except FileNotFoundError:
            return None
        return found

    def write(self, name: str, data: bytes) -> None:
        """Whole or not at all."""
        beside = self.path / f"{name}.new"
        beside.write_bytes(data)
        beside.replace(self.path / name)

    def alive(self) -> bool:
        """Whether the job's process, or the program it runs, lives."""
        with (self.path / "lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
        return False

    def process(self) -> int:
        """The id of the job's process. Nobody else has it while the job is alive."""
        return int(json.loads((self.path / "pid").read_bytes())["pid"])

    def tail(self) -> str:
        """The log's last 64 KB."""
        try:
            with self.log.open("rb") as file:
                file.seek(max(0, self.log.stat().st_size - _TAIL_BYTES))
                return file.read().decode(errors="replace")
        except FileNotFoundError:
            return ""

    def status(self) -> JobStatus:
        ended = self.path / "end.json"
        if ended.exists():
            return _STATUS.validate_json(ended.read_bytes())
        began = self.read("pid")
        if began:
            return JobStatus(JobState.RUNNING, _time(began["started"]), progress=told_progress(self.tail()))
        if self.cancel.exists():
            return JobStatus(JobState.CANCELED)
        return JobStatus(JobState.STARTING if (self.path / "inputs").exists() else JobState.QUEUED)


class LocalJobs:
    """A JobRunner. `python` runs the programs, which lie in `programs`; `folder` is for the jobs."""

    def __init__(
        self, blobs: BlobStore, folder: Path, python: str, programs: Path, limits: LocalLimits
    ) -> None:
        self._blobs, self._folder = blobs, folder.resolve()
        self._python, self._programs, self._limits = python, programs.resolve(), limits
        self._drivers: dict[str, asyncio.Task[None]] = {}
        self._slot = asyncio.Semaphore(1)
        self._adopting = asyncio.Lock()
        self._adopted = False

    async def submit(self, spec: JobSpec) -> str:
        await self._adopt()
        if not (self._programs / spec.program).resolve().is_relative_to(self._programs):
            raise Invalid(f"'{spec.program}' is not in the folder of the jobs' programs.")
        for given in spec.inputs.values():
            blobs_of(given)
        await asyncio.to_thread(_add, self._folder / spec.id, spec)
        self._drive(spec.id)
        return spec.id

    async def status(self, job: str) -> JobStatus:
        return await asyncio.to_thread((await self._find(job)).status)

    async def log(self, job: str, lines: int) -> str:
        return last_lines(await asyncio.to_thread((await self._find(job)).tail), lines)

    async def cancel(self, job: str) -> None:
        folder = await self._find(job)
        if not (await asyncio.to_thread(folder.status)).state.ended:
            await asyncio.to_thread(folder.cancel.touch)

    async def _find(self, job: str) -> _Folder:
        await self._adopt()
        folder = _Folder(self._folder / job)
        if not is_job_id(job) or not (folder.path / "spec.json").exists():
            raise NotFound("job", job)
        return folder

    async def _adopt(self) -> None:
        """Take care of the jobs that an earlier app left, those that run first."""
        async with self._adopting:
            if not self._adopted:
                for job in await asyncio.to_thread(_unfinished, self._folder):
                    self._drive(job)
                self._adopted = True

    def _drive(self, job: str) -> None:
        """See to it that a job gets to its end, once."""
        if job not in self._drivers and not (self._folder / job / "end.json").exists():
            task = asyncio.create_task(self._to_its_end(_Folder(self._folder / job)))
            self._drivers[job] = task
            task.add_done_callback(lambda _: self._drivers.pop(job, None))

    async def _to_its_end(self, folder: _Folder) -> None:
        async with self._slot:
            try:
                status = await self._run(folder)
            except Exception as error:  # whatever it is, a job must not stay as it was for ever
                status = replace(folder.status(), state=JobState.FAILED, error=str(error))
            await asyncio.to_thread(_finish, folder, status)

    async def _run(self, folder: _Folder) -> JobStatus:
        spec = await asyncio.to_thread(folder.spec)
        if not (folder.path / "pid").exists():
            await _patiently(lambda: self._fetch(spec, folder), "inputs could not be fetched")
            if folder.cancel.exists():
                return JobStatus(JobState.CANCELED)
            await asyncio.to_thread(self._start, folder, spec)
        await _until_ended(folder)
        status = await asyncio.to_thread(_ended, folder, spec)
        if status.state is JobState.DONE:
            await _patiently(lambda: self._store(spec, folder), "outputs could not be stored")
        return status

    def _start(self, folder: _Folder, spec: JobSpec) -> None:
        for name in spec.outputs:
            (folder.path / "outputs" / name).mkdir(parents=True, exist_ok=True)
        order = {
            "command": [self._python, str(self._programs / spec.program), *_arguments(spec, folder.path)],
            "environment": {**_environment(os.environ, self._limits.threads), **spec.environment},
            "nice": NICE,
            "memory_bytes": self._limits.memory_bytes,
            "time_limit_seconds": spec.time_limit_seconds,
        }
        folder.write("order.json", json.dumps(order).encode())
        own = [sys.executable, "-I", local_job_process.__file__, str(folder.path)]
        subprocess.run(own, check=True, stdin=subprocess.DEVNULL, env={})  # noqa: S603 -- our own program
        deadline = time.monotonic() + 10
        while not (folder.path / "pid").exists():
            if time.monotonic() > deadline:
                raise Unavailable("The job's process did not start.")
            time.sleep(0.01)

    async def _fetch(self, spec: JobSpec, folder: _Folder) -> None:
        for name, given in spec.inputs.items():
            await fetch_input(self._blobs, given, folder.path / "inputs" / name, folder.cancel.exists)

    async def _store(self, spec: JobSpec, folder: _Folder) -> None:
        for name, place in spec.outputs.items():
            await store_output(self._blobs, folder.path / "outputs" / name, place)


async def _patiently(act: Callable[[], Awaitable[None]], what: str) -> None:
    """Storage that is away for a minute does not cost a job; what will never work is not tried again."""
    for pause in PAUSES:
        try:
            return await act()
        except (NotFound, Invalid):
            raise
        except Exception:  # whatever else a blob store raises
            await asyncio.sleep(pause)
    try:
        return await act()
    except Exception as error:
        raise Unavailable(f"The job's {what}: {error}") from error


def _unfinished(folder: Path) -> list[str]:
    left = [path.parent for path in folder.glob("*/spec.json")]
    left = [path for path in left if not (path / "end.json").exists()]
    left.sort(key=lambda path: (not (path / "pid").exists(), (path / "spec.json").stat().st_mtime))
    return [path.name for path in left]


def _add(path: Path, spec: JobSpec) -> None:
    path.mkdir(parents=True, exist_ok=True)
    if not (path / "spec.json").exists():
        _Folder(path).write("spec.json", _SPEC.dump_json(spec))


def _arguments(spec: JobSpec, folder: Path) -> list[str]:
    return [
        "".join(str(folder / side / text) if side else text for side, text in split_argument(argument))
        for argument in spec.arguments
    ]


def _environment(mine: Mapping[str, str], threads: int) -> dict[str, str]:
    """What a job sees of the app's environment: nothing that opens storage."""
    counts = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMEXPR_NUM_THREADS")
    kept = {name: value for name, value in mine.items() if name.startswith(_INHERITED)}
    return {**kept, **dict.fromkeys(counts, str(threads)), "PYTHONUNBUFFERED": "1"}


async def _until_ended(folder: _Folder) -> None:
    asked = False
    while await asyncio.to_thread(folder.alive):
        if folder.cancel.exists() and not asked:
            asked = True
            with contextlib.suppress(ProcessLookupError):  # it ended by itself just now
                os.kill(folder.process(), signal.SIGTERM)
        await asyncio.sleep(_POLL_SECONDS)


def _ended(folder: _Folder, spec: JobSpec) -> JobStatus:
    """How a job ended whose processes are gone."""
    status, how = folder.status(), folder.read("exit.json")
    if folder.cancel.exists() and (how is None or how["code"]):
        ended = _time(how["ended"]) if how else datetime.now(UTC)
        return replace(status, state=JobState.CANCELED, ended=ended)
    tail = last_lines(folder.tail(), ERROR_LINES)
    if how is None:
        why = "The job's process is gone without a word: it was killed, or the machine was switched off."
        return replace(status, state=JobState.LOST, error=f"{why}\n{tail}".strip())
    status = replace(status, ended=_time(how["ended"]))
    if how["timed_out"]:
        why = f"The job took longer than its limit of {spec.time_limit_seconds} seconds and was ended."
    elif how["code"]:
        why = f"The job {_way(how['code'])}."
    else:
        return replace(status, state=JobState.DONE, progress=1.0)
    return replace(status, state=JobState.FAILED, error=f"{why}\n{tail}".strip())


def _way(code: int) -> str:
    return f"was killed by signal {-code}" if code < 0 else f"ended with code {code}"


def _finish(folder: _Folder, status: JobStatus) -> None:
    folder.write("end.json", _STATUS.dump_json(status))
    for name in ("inputs", "outputs"):
        shutil.rmtree(folder.path / name, ignore_errors=True)


def _time(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
