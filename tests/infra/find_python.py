"""Find a Python that Azure's worker runs on, 3.13 or newer, or have uv fetch one. Prints where it is.

python -m tests.infra.find_python [CANDIDATE ...]
"""

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

FETCHED = Path(".python")
_SUITABLE = "import ensurepip, sys; print(sys.executable if sys.version_info >= (3, 13) else '')"
_ADVICE = """\
Azure's worker (azure-functions-runtime) needs Python 3.13 or newer. There is none here, and uv could not
fetch one. Install it (https://www.python.org/downloads, pyenv install 3.13), or say where it is:
make WORKER_PYTHON=/path/to/python3.13"""


def find_python(candidates: Iterable[str]) -> str | None:
    """The first of the candidates, of what is on the PATH and of what pyenv or uv have put somewhere."""
    return next(filter(None, map(_suitable, (*filter(None, candidates), *_places()))), None)


def fetch_python() -> None:
    """Have uv download Python 3.13 into a folder of the repository."""
    command = [
        sys.executable,
        "-m",
        "uv",
        "python",
        "install",
        "--no-bin",
        "--install-dir",
        str(FETCHED),
        "3.13",
    ]
    subprocess.run(command, check=False, stdout=sys.stderr)  # noqa: S603  a tool of requirements-dev.txt


def _places() -> Iterator[str]:
    yield from ("python3.13", "python3", "python3.14")
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for folder in (pyenv, FETCHED):
        yield from (str(found.absolute()) for found in sorted(folder.glob("*3.1[3-9]*/bin/python")))


def _suitable(python: str) -> str:
    """Where a candidate is; empty if it does not run, is too old, or cannot make environments."""
    try:
        ran = subprocess.run(  # noqa: S603  whatever the developer has there
            [python, "-c", _SUITABLE], capture_output=True, text=True, check=False, timeout=60
        )
    except OSError:
        return ""
    return ran.stdout.strip() if ran.returncode == 0 else ""


def main(candidates: list[str]) -> None:
    """Print where it is, or say what to do."""
    found = find_python(candidates)
    if found is None:
        print("Fetching Python 3.13 for Azure's worker ...", file=sys.stderr)  # noqa: T201  to whoever ran make
        fetch_python()
        found = find_python([])
    if found is None:
        sys.exit(_ADVICE)
    print(found)  # noqa: T201  its answer


if __name__ == "__main__":
    main(sys.argv[1:])
