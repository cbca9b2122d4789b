"""MLflow, where it is installed and has somewhere to go: figures and parameters, no files."""

import importlib.util
import os
from collections.abc import Mapping
from typing import Any


def track(parameters: Mapping[str, Any], figures: Mapping[str, Any]) -> None:
    """Log a run. What goes wrong is printed: a run is worth more than its log."""
    if not os.environ.get("MLFLOW_TRACKING_URI") or importlib.util.find_spec("mlflow") is None:
        return
    os.environ.setdefault("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "3")  # its 7 take minutes of a GPU
    try:
        import mlflow

        with mlflow.start_run(run_id=os.environ.get("MLFLOW_RUN_ID")):
            mlflow.log_params({name: value for name, value in parameters.items() if value is not None})
            mlflow.log_metrics(dict(numbers(figures)))
    except Exception as why:  # MLflow raises what its transports raise
        print(f"MLflow was not told: {type(why).__name__}: {why}", flush=True)


def numbers(figures: Mapping[str, Any], name: str = "") -> list[tuple[str, float]]:
    """The numbers in nested figures, named by where they are: `overall/accuracy`."""
    found: list[tuple[str, float]] = []
    for key, value in figures.items():
        path = f"{name}/{key}" if name else str(key)
        if isinstance(value, Mapping):
            found += numbers(value, path)
        elif isinstance(value, list):
            found += numbers({str(index): one for index, one in enumerate(value)}, path)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            found.append((path, float(value)))
    return found
