"""The program's verbs, from read inputs to written files."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from learning.doubts import doubts
from learning.errors import Unusable
from learning.files import write_json, write_lines
from learning.items import Item
from learning.models import Ensemble, write_config
from learning.predicting import gather, predict, row_of
from learning.progress import Progress
from learning.settings import Settings
from learning.task import Task
from learning.tracking import track
from learning.training import Trained, begin, fingerprint, train


def run(task: Task, items: Sequence[Item], settings: Settings, out: Path) -> str:
    """Train, judge, predict and embed; what was written. Raises Unusable."""
    began = time.monotonic()
    trained = train(task, items, settings, out)
    write_config(out / "model", trained.ensemble)
    _write_judgements(trained, out)
    speed = predict(trained.ensemble, items, out, Progress(settings.folds))
    count, unreadable = gather(out)
    write_metrics(
        out, trained, {"predict": speed, "unreadable": unreadable | dict(trained.unreadable)}, began
    )
    return f"done {count} predictions, {len(trained.items)} cross-fitted, {len(unreadable)} unreadable: {out}"


def train_only(task: Task, items: Sequence[Item], settings: Settings, out: Path) -> str:
    """Train and judge; what was written. Raises Unusable."""
    began = time.monotonic()
    trained = train(task, items, settings, out)
    write_config(out / "model", trained.ensemble)
    _write_judgements(trained, out)
    write_metrics(out, trained, {"unreadable": dict(trained.unreadable)}, began)
    return f"done {settings.folds} models, {len(trained.items)} cross-fitted: {out}"


def predict_only(ensemble: Ensemble, items: Sequence[Item], out: Path, files: Mapping[str, bool]) -> str:
    """Predict and embed with a model; `files` says which of `predictions` and `embeddings` are wanted."""
    began = time.monotonic()
    settings = replace(ensemble.settings, keep=ensemble.keep)
    begin(out, fingerprint(ensemble.task, items, settings))
    speed = predict(ensemble, items, out, Progress(1, training=0.0))
    count, unreadable = gather(out)
    if not count:
        raise Unusable(f"none of the {len(items)} items could be read: {next(iter(unreadable.values()))}")
    for wanted, names in (
        ("predictions", ("predictions.jsonl",)),
        ("embeddings", ("embeddings.npy", "ids.json")),
    ):
        for name in names:
            if not files[wanted]:
                (out / name).unlink()
    seconds = round(time.monotonic() - began, 2)
    write_json(out / "metrics.json", {"predict": speed, "unreadable": unreadable, "seconds": seconds})
    return f"done {count} items, {len(unreadable)} unreadable: {out}"


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


def embed_base(task: Task, items: Sequence[Item], settings: Settings, out: Path) -> str:
    """Embeddings by a base that has learned nothing of these items. Raises Unusable."""
    from learning.image_classes import ImageClasses
    from learning.learners import canvas_of

    if task.is_text or not settings.base:
        raise Unusable("without --model, embeddings need images and a --base.")
    plain = Task("image_multiclass", task.labels)
    learner = ImageClasses(plain, settings, canvas_of(plain, settings, items))
    model = learner.ready(learner.build(None)).eval()
    ensemble = Ensemble(plain, settings, learner, [model], 0.0)
    return predict_only(ensemble, items, out, {"predictions": False, "embeddings": True})
