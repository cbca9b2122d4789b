"""The aggregation job, run as its users run it."""

import json
import subprocess
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "aml_jobs" / "aggregate"
PYTHON = ROOT / ".venv-jobs" / "bin" / "python"


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the job; whether it succeeded, and what it printed. It needs what `make jobs` installs."""
    command = [PYTHON, "-W", "error", FOLDER / "aggregate.py", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  our own code


def aggregated(votes: Path, output: Path, *options: str) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The lines that the job writes, and its report."""
    done = run(votes, "--output", output, *options)
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in output.read_text("utf-8").splitlines()]
    return lines, json.loads(output.with_suffix(".report.json").read_text("utf-8"))


def schema(name: str) -> dict[str, Any]:
    """One of the job's schemas."""
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.schema.json").read_text("utf-8"))
    return found
