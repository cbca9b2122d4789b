"""The job's modules can be imported, those that need no more than Tagwerk has."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.jobs.assist.running import FOLDER, PYTHON, environment

sys.path.insert(0, str(FOLDER))


@pytest.fixture(scope="session")
def bases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of folders."""
    folder = tmp_path_factory.mktemp("bases")
    script = Path(__file__).with_name("tiny_bases.py")
    done = subprocess.run(  # noqa: S603  our own code
        [PYTHON, script, folder], capture_output=True, text=True, check=False, env=environment()
    )
    assert done.returncode == 0, done.stderr
    return folder
