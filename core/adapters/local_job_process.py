"""The process that a local job runs in: `python local_job_process.py FOLDER`. The app may die meanwhile.

It reads `order.json` of the job's folder, runs the program as a child, ends it when it takes too long, when
asked to by SIGTERM, or when the folder is gone, writes `exit.json`, and takes whatever is left of its process
group with it. It holds `lock` as long as it or the program lives: the kernel lets go of it with the last of
them, so that nobody has to guess from a process id whether the job is alive. Standard library only; it is a
program of its own, so that it starts at once and needs 10 MB.
"""

import contextlib
import fcntl
import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from typing import Any

GRACE_SECONDS = 5.0
"""What a program has to end in, once it has been asked to."""
_LOOK_SECONDS = 0.1
_stop_asked = False


def main(folder: Path) -> None:
    """Detach from the app, and run the job that the folder describes unless it was begun before."""
    if os.fork():
        os._exit(0)  # whoever started us waits for this only; init becomes the parent of the rest
    os.setsid()
    lock = (folder / "lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    if (folder / "pid").exists():
        return
    signal.signal(signal.SIGTERM, _ask_to_stop)
    _write(folder / "pid", {"pid": os.getpid(), "started": time.time()})
    ended = _run(folder, json.loads((folder / "order.json").read_text()), lock.fileno())
    with contextlib.suppress(FileNotFoundError):  # the folder is gone: nobody asks any more
        _write(folder / "exit.json", {**ended, "ended": time.time()})
    os.killpg(0, signal.SIGKILL)


def _ask_to_stop(_signal: int, _frame: FrameType | None) -> None:
    global _stop_asked
    _stop_asked = True


def _run(folder: Path, order: dict[str, Any], lock: int) -> dict[str, Any]:
    """How it ended: `code` (minus the signal), `timed_out`."""
    os.nice(order["nice"])
    if order["memory_bytes"]:
        resource.setrlimit(resource.RLIMIT_AS, (order["memory_bytes"], order["memory_bytes"]))
    deadline = time.monotonic() + order["time_limit_seconds"]
    with (folder / "log.txt").open("ab") as log:
        try:
            program = subprocess.Popen(  # noqa: S603 -- running a program is what this is for
                order["command"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=folder,
                env=order["environment"],
                pass_fds=[lock],
            )
        except OSError as error:
            log.write(f"{order['command'][0]} cannot be run: {error}\n".encode())
            return {"code": 127, "timed_out": False}
    while program.poll() is None:
        timed_out = time.monotonic() > deadline
        if timed_out or _stop_asked or not folder.exists():
            return {"code": _end(program), "timed_out": timed_out}
        time.sleep(_LOOK_SECONDS)
    return {"code": program.returncode, "timed_out": False}


def _end(program: "subprocess.Popen[bytes]") -> int:
    program.terminate()
    try:
        return program.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        return -signal.SIGKILL  # which comes to the whole group as soon as this is written down


def _write(file: Path, value: dict[str, Any]) -> None:
    """Whole or not at all."""
    beside = file.with_suffix(".new")
    beside.write_text(json.dumps(value))
    beside.replace(file)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
