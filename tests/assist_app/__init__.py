"""The app, made quick for tests of ML assist."""

import shutil
from pathlib import Path

from local.stack import REPOSITORY

OFTEN = ('"maxPollingInterval": "00:00:02"', '"maxPollingInterval": "00:00:00.5"')


def write_app(folder: Path) -> None:
    """Make the folder that of the app: function_app.py of this package, and a host.json that polls often."""
    shutil.copy(Path(__file__).with_name("function_app.py"), folder)
    settings = (REPOSITORY / "host.json").read_text()
    assert OFTEN[0] in settings
    (folder / "host.json").write_text(settings.replace(*OFTEN))
