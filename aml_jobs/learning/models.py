"""The `model` folder: config.json, and a folder of weights for each fold."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from learning.errors import Unusable
from learning.files import write_json
from learning.learner import Learner
from learning.learners import learner_for
from learning.settings import Settings
from learning.task import Task, task_of

FORMAT = 1


@dataclass(frozen=True)
class Ensemble:
    """The models of all folds, which predict together, and the confidence from which regions are kept.

    `origin` is the fingerprint of what they learned from.
    """

    task: Task
    settings: Settings
    learner: Learner
    models: Sequence[Any]
    keep: float
    origin: str = ""


def write_config(folder: Path, ensemble: Ensemble) -> None:
    """Say what the weights in a folder are of."""
    task, settings = ensemble.task, asdict(ensemble.settings)
    found = {
        "format": FORMAT,
        "task": {"kind": task.kind, "labels": list(task.labels), "columns": list(task.columns)},
        "settings": settings,
        "canvas": list(ensemble.learner.canvas),
        "keep": ensemble.keep,
        "folds": len(ensemble.models),
        "origin": ensemble.origin,
    }
    write_json(folder / "config.json", found)


def read_model(folder: Path, settings: Settings | None = None) -> Ensemble:
    """The ensemble of a folder; of `settings` its batch, workers and keep are taken. Raises Unusable."""
    try:
        found = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        if found["format"] != FORMAT:
            raise Unusable(f"{folder} has format {found['format']}, and this program reads {FORMAT}.")
        task = task_of(found["task"])
        made = Settings(**found["settings"])
        if settings:
            made = replace(made, batch=settings.batch or made.batch, workers=settings.workers)
        if made.base:
            made = replace(made, base=str(folder))
        width, height = found["canvas"]
        learner = learner_for(task, made, (width, height))
        models = [learner.load(folder / f"fold-{fold}") for fold in range(found["folds"])]
        keep = settings.keep if settings and settings.keep is not None else float(found["keep"])
    except (OSError, ValueError, KeyError, TypeError) as why:
        raise Unusable(f"{folder} is no model of this program: {type(why).__name__}: {why}") from None
    return Ensemble(task, made, learner, models, keep, str(found.get("origin", "")))
