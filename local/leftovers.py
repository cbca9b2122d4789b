"""What a supervisor that was killed leaves behind: its processes, noted in a file of the data folder."""

import fcntl
import json
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Self

from local.azurite import STOP_SIGNAL
from local.children import Child, stop_stranger
from local.errors import DataDirError, LocalError

JOB_PROCESS = "local_job_process.py"
"""What the command line of a job's process holds. Jobs outlive the app that started them."""


def stop_jobs(folder: Path) -> None:
    """Stop the jobs that still run, of those whose folders lie in `folder`."""
    for note in folder.glob("*/pid"):
        if not (note.parent / "exit.json").exists():
            stop_stranger(json.loads(note.read_text())["pid"], JOB_PROCESS)


class AlreadyRunningError(LocalError):
    """Another supervisor uses the data folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"Tagwerk already runs on {folder}: stop it first, or choose another folder and other ports "
            "with DATA_DIR, PORT and AZURITE_PORT."
        )


class DataFolder:
    """The folder that outlives a run, held by one supervisor at a time; a context manager."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._note = path / "running.json"
        self._lock: IO[str] | None = None

    def __enter__(self) -> Self:
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            self._lock = (self.path / "lock").open("w")
        except FileExistsError:
            raise DataDirError(self.path, "it is a file") from None
        except OSError as error:
            raise DataDirError(self.path, f"it cannot be written ({error.strerror})") from None
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._lock.close()
            raise AlreadyRunningError(self.path) from None
        return self

    def __exit__(self, *_: object) -> None:
        if self._lock:
            self._lock.close()

    def note(self, children: Iterable[Child]) -> None:
        """Write down which processes run, for the run after a kill."""
        running = {child.pid: " ".join(child.command) for child in children if child.running}
        self._note.write_text(json.dumps(running))

    def forget(self) -> None:
        """Every process has been stopped."""
        self._note.unlink(missing_ok=True)

    def stop_leftovers(self) -> int:
        """Stop what the last run left running, gently; return how many processes that were."""
        noted = json.loads(self._note.read_text()) if self._note.exists() else {}
        app_first = reversed(noted.items())
        stopped = [stop_stranger(int(pid), command, STOP_SIGNAL) for pid, command in app_first]
        self.forget()
        return sum(stopped)
