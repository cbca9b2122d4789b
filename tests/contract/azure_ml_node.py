"""A node of the stand-in for Azure ML: does to a command job what a cluster's node does, on this machine."""

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from core.adapters.memory import MemoryBlobs

_PLACE = re.compile(r"\$\{\{(inputs|outputs)\.(\w+)\}\}")
_URI = re.compile(r"azureml://datastores/(\w+)/paths/(.*)")


@dataclass
class Job:
    """A job in the workspace: the body it was made with, and what has become of it."""

    name: str
    body: dict[str, Any]
    status: str = "NotStarted"
    started: datetime | None = None
    ended: datetime | None = None
    error: str | None = None
    log: bytes | None = None
    process: "subprocess.Popen[bytes] | None" = None
    cancel_asked: bool = False
    taken_away: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def over(self) -> bool:
        """Whether its status stays."""
        return self.status in ("Completed", "Failed", "Canceled")

    def cancel(self) -> None:
        """End it, as the service does."""
        with self.lock:
            self.cancel_asked = True
            if self.process:
                os.killpg(self.process.pid, signal.SIGKILL)

    def take_away(self) -> None:
        """Its machine goes, as low-priority ones do."""
        with self.lock:
            assert self.process
            self.taken_away = True
            os.killpg(self.process.pid, signal.SIGKILL)


class Node:
    """Runs jobs one at a time in a folder, with the snapshot of code that is in `programs`."""

    def __init__(self, folder: Path, programs: Path, blobs: MemoryBlobs) -> None:
        self._folder, self._programs, self._blobs = folder, programs, blobs
        self._busy = threading.Lock()

    def run(self, job: Job, datastores: dict[str, str]) -> None:
        """Run a job to its end. `datastores` are the containers by datastore."""
        with self._busy:
            if job.cancel_asked:
                job.status, job.ended = "Canceled", datetime.now(UTC)
                return
            job.status, folder = "Preparing", self._folder / job.name
            shutil.copytree(self._programs, folder / "wd")
            for name, given in job.body["inputs"].items():
                self._fetch(given, folder / "inputs" / name, datastores)
            for name in job.body["outputs"]:
                (folder / "outputs" / name).mkdir(parents=True)
            status, job.error = self._execute(job, folder)
            while status == "Queued":  # another machine gets it; outputs are mounted, and so still there
                job.status = status
                shutil.rmtree(folder / "wd")
                shutil.copytree(self._programs, folder / "wd")
                status, job.error = self._execute(job, folder)
            if status == "Completed":
                job.status = "Finalizing"
                for name, asked in job.body["outputs"].items():
                    self._store(folder / "outputs" / name, asked["uri"], datastores)
            job.status, job.ended = status, datetime.now(UTC)

    def _execute(self, job: Job, folder: Path) -> tuple[str, str | None]:
        fill = lambda place: str(folder / place[1] / place[2])  # noqa: E731 -- it is what `sub` wants
        command = _PLACE.sub(fill, job.body["command"])
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        with (folder / "log.txt").open("wb") as log, job.lock:
            job.process = subprocess.Popen(  # noqa: S603 -- the tests' own programs
                ["/bin/bash", "-c", command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=folder / "wd",
                env={"PATH": path},
                start_new_session=True,
            )
        job.started, job.status = datetime.now(UTC), "Running"
        status, error = self._watch(job, folder)
        job.log = (folder / "log.txt").read_bytes()
        return status, error

    def _watch(self, job: Job, folder: Path) -> tuple[str, str | None]:
        assert job.process
        assert job.started
        limit = seconds_of(job.body["limits"]["timeout"])
        while job.process.poll() is None:
            job.log = (folder / "log.txt").read_bytes()
            if (datetime.now(UTC) - job.started).total_seconds() > limit:
                job.cancel()  # which is what the service does, and calls it so
            try:
                job.process.wait(0.05)
            except subprocess.TimeoutExpired:
                continue
        if job.cancel_asked:
            return "Canceled", None
        if job.taken_away:
            job.taken_away = False
            return "Queued", None
        code = job.process.returncode
        return (
            ("Failed", f"Execution failed: the program ended with code {code}")
            if code
            else ("Completed", None)
        )

    def _fetch(self, given: dict[str, Any], target: Path, datastores: dict[str, str]) -> None:
        container, prefix = _at(given["uri"], datastores)
        blobs = self._blobs.containers[container]
        if given["jobInputType"] == "uri_file":
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(blobs[prefix][1])
            return
        target.mkdir(parents=True)
        for name in [name for name in blobs if name.startswith(prefix)]:
            file = target / name.removeprefix(prefix)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(blobs[name][1])

    def _store(self, folder: Path, uri: str, datastores: dict[str, str]) -> None:
        container, prefix = _at(uri, datastores)
        for file in folder.rglob("*"):
            if file.is_file():
                name = prefix + file.relative_to(folder).as_posix()
                self._blobs.containers[container][name] = (name, file.read_bytes())


def seconds_of(duration: str) -> int:
    """An ISO 8601 duration of hours, minutes and seconds."""
    parts = re.fullmatch(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?", duration)
    assert parts, duration
    hours, minutes, seconds = (int(part or 0) for part in parts.groups())
    return hours * 3600 + minutes * 60 + seconds


def _at(uri: str, datastores: dict[str, str]) -> tuple[str, str]:
    found = _URI.fullmatch(uri)
    assert found, uri
    return datastores[found[1]], found[2]
