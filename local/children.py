"""Child processes: in their own session, with a log file, stopped by a signal that lets them finish."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import IO

from local.errors import ChildError

LOG_TAIL_LINES = 15
PROCESSES = Path("/proc")  # not on macOS, which always has ps


class Child:
    """One process whose output goes to a file, or, without `log`, to our own.

    It gets its own session, so that Ctrl-C in a terminal reaches only its parent,
    which can then stop its children in order. `stop_signal` is what asks it to end.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        log: Path | None,
        *,
        env: Mapping[str, str] | None = None,
        folder: Path | None = None,
        stop_signal: signal.Signals = signal.SIGTERM,
    ) -> None:
        self.name = name
        self.log = log
        self.command = list(command)
        self._env = {**os.environ, **(env or {})}
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._stop_signal = stop_signal
        self._asked_to_stop = False

    @property
    def pid(self) -> int | None:
        """The process id, or None before the start."""
        return self._process.pid if self._process else None

    @property
    def running(self) -> bool:
        """Whether it was started and has not ended."""
        return self._process is not None and self._process.poll() is None

    @property
    def exit_status(self) -> int | None:
        """How it ended: the exit status, minus the signal that killed it, or None."""
        return self._process.poll() if self._process else None

    def start(self) -> None:
        """Start it, appending to its log."""
        with self._output() as output:
            self._process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT if output else None,
                env=self._env,
                cwd=self._folder,
                start_new_session=True,
            )
        self._asked_to_stop = False

    def _output(self) -> AbstractContextManager[IO[bytes] | None]:
        if self.log is None:
            return nullcontext()
        self.log.parent.mkdir(parents=True, exist_ok=True)
        return self.log.open("ab")

    def wait_until(self, ready: Callable[[], bool], seconds: float = 30) -> None:
        """Wait until `ready()`; raise ChildError if the process ends first or takes too long."""
        deadline = time.monotonic() + seconds
        while not ready():
            if not self.running:
                raise ChildError(self.name, f"ended with status {self.exit_status}", self.log_tail())
            if time.monotonic() > deadline:
                raise ChildError(self.name, f"did not answer within {seconds:.0f} seconds", self.log_tail())
            time.sleep(0.05)

    def ask_to_stop(self) -> None:
        """Send the stop signal without waiting, and only once: a second would kill Azurite while it saves."""
        if self._process and self.running and not self._asked_to_stop:
            self._asked_to_stop = True
            self._process.send_signal(self._stop_signal)

    def stop(self, seconds: float = 30) -> None:
        """Stop it and wait; SIGKILL only after `seconds`."""
        self.ask_to_stop()
        if self._process is None:
            return
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """SIGKILL it and wait for its end."""
        if self._process:
            self._process.kill()
            self._process.wait()

    def log_tail(self) -> str:
        """The last lines it wrote."""
        lines = self.log.read_text(errors="replace").splitlines() if self.log and self.log.exists() else []
        return "\n".join(lines[-LOG_TAIL_LINES:])


def command_line(pid: int) -> str:
    """The command line of a running process, or nothing if there is no such process."""
    if not PROCESSES.exists():
        found = subprocess.run(["ps", "-ww", "-o", "args=", "-p", str(pid)], capture_output=True, check=False)
        return found.stdout.decode().strip()
    try:
        return (PROCESSES / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def stop_stranger(
    pid: int, needle: str, stop_signal: signal.Signals = signal.SIGTERM, seconds: float = 30
) -> bool:
    """Stop a process that an earlier run left behind, if its command line still holds `needle`."""
    if needle not in command_line(pid):
        return False
    os.kill(pid, stop_signal)
    deadline = time.monotonic() + seconds
    while needle in command_line(pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    return True
