"""The program's verbs, from read inputs to written files."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from learning.bases import settled
from learning.doubts import doubts
from learning.errors import Unusable
from learning.files import write_json, write_lines, write_zip
from learning.items import Item
from learning.models import Ensemble, write_config
from learning.predicting import Sight, gather, predict, row_of, sight_of
from learning.progress import Progress
from learning.settings import Settings
from learning.task import Task
from learning.tracking import track
from learning.training import Trained, begin, fingerprint, train

IMAGES = Task("image_multiclass", ("any",))
"""Of images whose answers do not matter."""


def run(task: Task, items: Sequence[Item], settings: Settings, out: Path, notes: Sequence[str] = ()) -> str:
    """Train, judge, predict and embed; what was written. `notes` go into metrics.json. Raises Unusable."""
    began = time.monotonic()
    trained = _learn(task, items, settings, out)
    sight = sight_of(trained.ensemble)
    speed = predict(sight, items, out, Progress(settings.folds))
    count, unreadable = gather(sight, out)
    more = {"predict": speed, "unreadable": unreadable | dict(trained.unreadable), "notes": list(notes)}
    write_metrics(out, trained, more, began)
    return f"done {count} predictions, {len(trained.items)} cross-fitted, {len(unreadable)} unreadable: {out}"


def train_only(
    task: Task, items: Sequence[Item], settings: Settings, out: Path, notes: Sequence[str] = ()
) -> str:
    """Train and judge; what was written. `notes` go into metrics.json. Raises Unusable."""
    began = time.monotonic()
    trained = _learn(task, items, settings, out)
    write_metrics(out, trained, {"unreadable": dict(trained.unreadable), "notes": list(notes)}, began)
    return f"done {settings.folds} models, {len(trained.items)} cross-fitted: {out}"


def predict_only(ensemble: Ensemble, items: Sequence[Item], out: Path) -> str:
    """Predict with a model; what was written. Raises Unusable."""
    return _look(sight_of(ensemble, embeddings=False), items, out, _inputs(ensemble, items, "predict"))


def embed_only(ensemble: Ensemble, items: Sequence[Item], out: Path) -> str:
    """Embed with a model; what was written. Raises Unusable."""
    return _look(sight_of(ensemble, predictions=False), items, out, _inputs(ensemble, items, "embed"))


def embed_base(items: Sequence[Item], settings: Settings, out: Path) -> str:
    """Embeddings of images by a base that has learned nothing of them. Raises Unusable."""
    from learning.image_classes import ImageClasses
    from learning.learners import canvas_of

    settled(IMAGES, settings)
    learner = ImageClasses(IMAGES, settings, canvas_of(IMAGES, settings, items))
    model = learner.untrained().eval()
    return embed_only(Ensemble(IMAGES, settings, learner, [model], 0.0), items, out)


def embed_pixels(items: Sequence[Item], side: int, settings: Settings, out: Path) -> str:
    """Embeddings of images by their own pixels, without a model. Raises Unusable."""
    from learning.small_pixels import sight_of_pixels, stand_out

    digest = fingerprint(IMAGES, items, settings, "pixels", str(side))
    return _look(sight_of_pixels(side, settings.workers), items, out, digest, stand_out)


def _learn(task: Task, items: Sequence[Item], settings: Settings, out: Path) -> Trained:
    """Train, and write the model, as a folder and as one file, and what comes of cross-fitting."""
    trained = train(task, items, settings, out)
    write_config(out / "model", trained.ensemble)
    write_zip(out / "model.zip", out / "model")
    _write_judgements(trained, out)
    return trained


def _look(
    sight: Sight, items: Sequence[Item], out: Path, digest: str, end: Callable[[Path], None] | None = None
) -> str:
    """Look at items with a model that is there; `end` finishes the embeddings."""
    began = time.monotonic()
    begin(out, digest)
    speed = predict(sight, items, out, Progress(1, training=0.0))
    count, unreadable = gather(sight, out)
    if not count:
        raise Unusable(f"none of the {len(items)} items could be read: {next(iter(unreadable.values()))}")
    if end:
        end(out / "embeddings.npy")
    seconds = round(time.monotonic() - began, 2)
    write_json(out / "metrics.json", {"predict": speed, "unreadable": unreadable, "seconds": seconds})
    return f"done {count} items, {len(unreadable)} unreadable: {out}"


def _inputs(ensemble: Ensemble, items: Sequence[Item], verb: str) -> str:
    settings = replace(ensemble.settings, keep=ensemble.keep)
    return fingerprint(ensemble.task, items, settings, verb, ensemble.origin)


def write_metrics(out: Path, trained: Trained, more: Mapping[str, Any], began: float) -> None:
    """metrics.json, and MLflow."""
    ensemble = trained.ensemble
    figures = {
        "kind": ensemble.task.kind,
        "settings": asdict(ensemble.settings),
        **trained.figures,
        **more,
        "seconds": round(time.monotonic() - began, 2),
    }
    write_json(out / "metrics.json", figures)
    track(asdict(ensemble.settings), {name: figures[name] for name in ("overall", "seconds", "answered")})


def _write_judgements(trained: Trained, out: Path) -> None:
    """crossfit.jsonl, and doubts.jsonl with the most doubtful first."""
    task = trained.ensemble.task
    rows = [
        {**row_of(item, found), "fold": fold}
        for item, found, fold in zip(trained.items, trained.found, trained.folds, strict=True)
    ]
    write_lines(out / "crossfit.jsonl", rows)
    doubtful = doubts(task, trained.given, trained.found)
    order = sorted(range(len(rows)), key=lambda index: (-doubtful[index], rows[index]["id"]))
    write_lines(
        out / "doubts.jsonl",
        (
            {"id": rows[index]["id"], "doubt": round(doubtful[index], 6), "suggested": rows[index]["answer"]}
            for index in order
        ),
    )
