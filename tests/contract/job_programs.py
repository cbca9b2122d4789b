"""Tiny programs for the contract of JobRunner: as files for a Python, and as functions for the fake."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from core.adapters.memory_jobs import Files, Program, Ran

_SOURCES = {
    "shout.py": """
import argparse, pathlib
asked = argparse.ArgumentParser()
for name in ("--words", "--single", "--out"):
    asked.add_argument(name, type=pathlib.Path, required=True)
asked.add_argument("--mark", required=True)
asked = asked.parse_args()
print("progress 0.50 halfway", flush=True)
for folder in (asked.words, asked.single):
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            beside = asked.out / file.relative_to(folder)
            beside.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(file.read_text().upper() + asked.mark)
print("shouted", flush=True)
""",
    "fail.py": """
import sys
for number in range(40):
    print("line", number, file=sys.stderr)
sys.exit(3)
""",
    "wait.py": "import time\nprint('progress 0.25', flush=True)\ntime.sleep(60)\n",
    "stubborn.py": """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("progress 0.25", flush=True)
time.sleep(60)
""",
}


def write_programs(folder: Path) -> Path:
    """The folder, with the programs in it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, source in _SOURCES.items():
        (folder / name).write_text(source)
    return folder


def _shout(arguments: Sequence[str], inputs: Mapping[str, Files]) -> Ran:
    mark = arguments[-1]
    shouted = {
        path: (data.decode().upper() + mark).encode()
        for files in (inputs["words"], inputs["single"])
        for path, data in files.items()
    }
    return Ran({"out": shouted}, "progress 0.50 halfway\nshouted\n")


def _fail(_arguments: Sequence[str], _inputs: Mapping[str, Files]) -> Ran:
    return Ran(log="".join(f"line {number}\n" for number in range(40)), code=3)


def _wait(_arguments: Sequence[str], _inputs: Mapping[str, Files]) -> Ran:
    return Ran(log="progress 0.25\n", seconds=None)


def _take_too_long(_arguments: Sequence[str], _inputs: Mapping[str, Files]) -> Ran:
    return Ran(log="progress 0.25\n", seconds=60)


FAKES: Mapping[str, Program] = {
    "shout.py": _shout,
    "fail.py": _fail,
    "wait.py": _wait,
    "stubborn.py": _take_too_long,
}
