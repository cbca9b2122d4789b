"""The app for tests that wait for it: it polls its queues often; or made quick, for tests of ML assist."""

import shutil
from pathlib import Path

from local.stack import REPOSITORY

QUICK = Path(__file__).with_name("function_app.py")
WHOLE = REPOSITORY / "function_app.py"
OFTEN = ('"maxPollingInterval": "00:00:02"', '"maxPollingInterval": "00:00:00.5"')


def write_app(folder: Path, program: Path = WHOLE) -> Path:
    """Make the folder that of an app: this function_app.py, and a host.json that polls often; the folder."""
    shutil.copy(program, folder / "function_app.py")
    settings = (REPOSITORY / "host.json").read_text()
    assert OFTEN[0] in settings
    (folder / "host.json").write_text(settings.replace(*OFTEN))
    return folder
