"""Predictions and embeddings of any number of items, part by part, each part kept when it is done."""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from learning.files import write_array, write_json, write_lines
from learning.items import Item
from learning.learner import Array, Found
from learning.material import Material, read
from learning.models import Ensemble
from learning.progress import Progress
from learning.regions import kept
from learning.task import CLASSES

PART = 500
"""Items of a part."""


def row_of(item: Item, found: Found) -> dict[str, Any]:
    """A line of predictions.jsonl."""
    row: dict[str, Any] = {"id": item.id, "answer": found.answer, "confidence": round(found.confidence, 6)}
    if found.regions is not None:
        row["regions"] = [round(score, 6) for score in found.regions]
    return row


def predict(ensemble: Ensemble, items: Sequence[Item], out: Path, progress: Progress) -> Mapping[str, Any]:
    """Write `parts/`: predictions, embeddings, and what could not be read. Returns figures of speed."""
    began = time.monotonic()
    parts = {number: items[first : first + PART] for number, first in enumerate(range(0, len(items), PART))}
    todo = [number for number in parts if not (out / "parts" / f"{number:06}.json").is_file()]
    done, fresh = len(items) - sum(len(parts[number]) for number in todo), 0
    for number, material in zip(todo, _read_ahead(ensemble, [parts[one] for one in todo]), strict=True):
        _write(ensemble, material, out / "parts" / f"{number:06}")
        fresh += len(material)
        done += len(parts[number])
        progress.predicted(done, len(items))
    seconds = time.monotonic() - began
    return {"items": fresh, "seconds": round(seconds, 2), "per_second": round(fresh / max(seconds, 1e-9), 1)}


def _read_ahead(ensemble: Ensemble, parts: Sequence[Sequence[Item]]) -> Iterator[Material]:
    """What parts hold; the next is read while one is predicted."""

    def look(part: Sequence[Item]) -> Material:
        return read(part, ensemble.task, ensemble.learner.canvas, ensemble.settings.workers)

    with ThreadPoolExecutor(1) as pool:
        coming = [pool.submit(look, part) for part in parts[:1]]
        for part in [*parts[1:], None] if parts else []:
            material = coming.pop().result()
            if part is not None:
                coming.append(pool.submit(look, part))
            yield material


def _write(ensemble: Ensemble, material: Material, file: Path) -> None:
    """Predict a part. The last of its files says that it is whole."""
    learner, task = ensemble.learner, ensemble.task
    found = learner.predict(ensemble.models, material)
    if task.kind not in CLASSES:
        found = [kept(one, task.answers, ensemble.keep) for one in found]
    vectors = learner.embed(ensemble.models[0], material)
    write_array(file.with_suffix(".npy"), vectors.astype(np.float16))
    write_lines(file.with_suffix(".jsonl"), map(row_of, material.items, found))
    write_json(file.with_suffix(".json"), material.unreadable)


def gather(out: Path) -> tuple[int, dict[str, str]]:
    """Make predictions.jsonl, embeddings.npy and ids.json of the parts: how many, and the unreadable."""
    parts = sorted((out / "parts").glob("*.json"))
    unreadable: dict[str, str] = {}
    for part in parts:
        unreadable |= json.loads(part.read_text(encoding="utf-8"))
    write_lines(out / "predictions.jsonl", _rows(parts))
    ids = [row["id"] for row in _rows(parts)]
    arrays = [np.load(part.with_suffix(".npy")) for part in parts]
    whole: list[Array] = [array for array in arrays if len(array)]
    write_array(out / "embeddings.npy", np.concatenate(whole) if whole else np.zeros((0, 0), np.float16))
    write_json(out / "ids.json", ids)
    return len(ids), unreadable


def _rows(parts: Sequence[Path]) -> Iterator[Any]:
    for part in parts:
        with part.with_suffix(".jsonl").open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)
