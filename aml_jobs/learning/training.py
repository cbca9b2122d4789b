"""Train a model for each fold, and predict what it did not see."""

import hashlib
import json
import shutil
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from learning import folds as dealing
from learning.answers import Answer
from learning.errors import Unusable
from learning.files import dumped, is_done, mark_done, write_folder, write_json
from learning.items import Item, answered
from learning.learner import Found, Learner
from learning.learners import canvas_of, learner_for
from learning.material import Material, read
from learning.models import Ensemble
from learning.progress import FoldSteps, Progress
from learning.regions import kept
from learning.scores import best_cut, scores
from learning.settings import Settings
from learning.task import CLASSES, Task

MADE = (
    "checkpoint.pt",
    "crossfit.jsonl",
    "doubts.jsonl",
    "embeddings.npy",
    "ids.json",
    "metrics.json",
    "model.zip",
    "predictions.jsonl",
)
"""The files of a run."""
FOLDERS = ("done", "model", "parts")
"""Its folders: what is done, the weights of each fold, and predictions part by part."""
NOTE = "run.json"
"""What a run's folder is of: whoever goes on reads it."""


@dataclass(frozen=True)
class Trained:
    """What training comes to. `found` are the cross-fitted predictions of `items`, by the fold of each."""

    ensemble: Ensemble
    items: Sequence[Item]
    folds: Sequence[int]
    found: Sequence[Found]
    unreadable: Mapping[str, str]
    figures: Mapping[str, Any]

    @property
    def given(self) -> list[Answer]:
        """What people answered."""
        return [item.answer for item in self.items if item.answer is not None]


def train(task: Task, items: Sequence[Item], settings: Settings, out: Path) -> Trained:
    """Go on where an earlier run of the same inputs stopped, else begin. Raises Unusable."""
    wanted = answered(items)
    if not wanted:
        raise Unusable("no item has an answer to learn from.")
    digest = fingerprint(task, items, settings)
    begin(out, digest)
    canvas = canvas_of(task, settings, wanted)
    learner = learner_for(task, settings, canvas)
    material = read(wanted, task, canvas, settings.workers)
    if not len(material):
        raise Unusable(f"none of the {len(wanted)} answered items could be read.")
    numbers = dealing.assign(material.items, settings.folds, settings.seed) if settings.folds > 1 else []
    progress = Progress(settings.folds)
    models: list[Any] = []
    found: dict[int, Found] = {}
    parts: list[Mapping[str, Any]] = []
    for fold in range(settings.folds):
        mine = [index for index in range(len(material)) if not numbers or numbers[index] != fold]
        others = [index for index in range(len(material)) if numbers and numbers[index] == fold]
        began = time.monotonic()
        models.append(_fold(learner, material.take(mine), fold, settings, out, progress))
        seconds = time.monotonic() - began
        unseen = learner.predict([models[-1]], material.take(others))
        found.update(zip(others, unseen, strict=True))
        parts.append(_figures(task, material, others, unseen) | {"fold": fold, "seconds": round(seconds, 2)})
    done = _trained(task, settings, learner, models, material, numbers, found, parts)
    return replace(done, ensemble=replace(done.ensemble, origin=digest))


def _fold(
    learner: Learner, material: Material, fold: int, settings: Settings, out: Path, progress: Progress
) -> Any:
    """The model of a fold: the finished one, or one that is trained now."""
    folder, checkpoint = out / "model" / f"fold-{fold}", out / "checkpoint.pt"
    if not is_done(out, folder.name):
        model = learner.fit(material, settings.seed * 1000 + fold, FoldSteps(progress, checkpoint, fold))
        write_folder(folder, lambda new: learner.save(model, new))
        mark_done(out, folder.name)
        with suppress(OSError):  # where it cannot be deleted, it is of no fold to come
            checkpoint.unlink(missing_ok=True)
    return learner.load(folder)


def _inputs(note: Path) -> str | None:
    """The digest of what the run of a folder was given."""
    try:
        digest: str = json.loads(note.read_text(encoding="utf-8"))["inputs"]
    except (FileNotFoundError, ValueError):  # there is none, or it is cut off, and nothing was made yet
        return None
    return digest


def _trained(
    task: Task,
    settings: Settings,
    learner: Learner,
    models: Sequence[Any],
    material: Material,
    numbers: Sequence[int],
    found: Mapping[int, Found],
    parts: Sequence[Mapping[str, Any]],
) -> Trained:
    seen = sorted(found)
    items = [material.items[index] for index in seen]
    given = [item.answer for item in items if item.answer is not None]
    all_found = [found[index] for index in seen]
    keep = settings.keep if settings.keep is not None else best_cut(task, given, all_found)
    whole = scores(task, given, all_found, keep) if given else {}
    cut = [kept(one, task.answers, keep) if task.kind not in CLASSES else one for one in all_found]
    figures = {"answered": len(material), "keep": keep, "folds": list(parts), "overall": whole}
    ensemble = Ensemble(task, settings, learner, models, keep)
    return Trained(ensemble, items, [numbers[index] for index in seen], cut, material.unreadable, figures)


def fingerprint(task: Task, items: Sequence[Item], settings: Settings, *more: str) -> str:
    """A digest of all that decides what comes out."""
    digest = hashlib.sha256(dumped([asdict(task), asdict(replace(settings, workers=0)), more]).encode())
    for item in items:
        name = item.path.name if item.path else None  # a mount may be elsewhere the next time
        digest.update(dumped([item.id, name, item.text, item.answer, item.fold]).encode())
    return digest.hexdigest()


def begin(out: Path, digest: str) -> None:
    """Keep what an earlier run of the same inputs left in a folder, and clear away what another left.

    Raises Unusable if the folder holds files that are no run's.
    """
    out.mkdir(parents=True, exist_ok=True)
    note = out / NOTE
    if _inputs(note) == digest:
        return
    if not note.is_file() and any((out / name).exists() for name in (*FOLDERS, *MADE)):
        raise Unusable(f"{out} holds files that are no run's: choose another --out.")
    if note.is_file():
        print(f"{out} holds another run, which makes way for this one.", flush=True)
    for folder in FOLDERS:
        shutil.rmtree(out / folder, ignore_errors=True)
    for file in MADE:
        (out / file).unlink(missing_ok=True)
    write_json(note, {"inputs": digest})


def _figures(
    task: Task, material: Material, indices: Sequence[int], found: Sequence[Found]
) -> dict[str, Any]:
    """A fold's own, without what only the whole says."""
    given = [material.items[index].answer for index in indices]
    answers = [answer for answer in given if answer is not None]
    if not answers:
        return {"items": 0}
    every = scores(task, answers, found, best_cut(task, answers, found))
    short = {name: value for name, value in every.items() if isinstance(value, float)}
    return {
        "items": len(indices),
        **{name: round(float(np.float64(value)), 6) for name, value in short.items()},
    }
