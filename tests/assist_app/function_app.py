"""The whole app, but that it waits for nobody for long."""

import importlib.util
from datetime import timedelta
from pathlib import Path

import azure.functions as func

from core.adapters import metering
from core.usecases import apply_run, change_run, follow_run, look_after_runs, working_on
from functions import triggers

ROOT = Path(triggers.__file__).parents[1]
SILENCE = timedelta(seconds=6)

for module, name, quick in (
    (apply_run, "STUCK_AFTER", SILENCE),
    (follow_run, "STUCK_AFTER", SILENCE),
    (look_after_runs, "STUCK_AFTER", SILENCE),
    (look_after_runs, "BURST_SECONDS", 4),
    (working_on, "A_BEAT", change_run.A_BEAT / 10),
    (metering, "STORED_EVERY_SECONDS", 0),
):
    assert hasattr(module, name)
    setattr(module, name, quick)


def _whole_app() -> func.AsgiFunctionApp:
    spec = importlib.util.spec_from_file_location("whole_app", ROOT / "function_app.py")
    assert spec is not None
    assert spec.loader is not None
    whole = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(whole)
    found = whole.app
    assert isinstance(found, func.AsgiFunctionApp)
    return found


app = _whole_app()
