"""Predictions and embeddings of any number of items, part by part, each part kept when it is done."""

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from learning.files import is_done, mark_done, write_array, write_json, write_lines
from learning.items import Item
from learning.learner import Array, Found
from learning.material import Material, read
from learning.models import Ensemble
from learning.progress import Progress
from learning.regions import kept
from learning.task import CLASSES

PART = 500
"""Items of a part."""


@dataclass(frozen=True)
class Sight:
    """How items are read, and what is made of them: predictions, embeddings or both; None is not wanted."""

    read: Callable[[Sequence[Item]], Material]
    find: Callable[[Material], Sequence[Found]] | None = None
    embed: Callable[[Material], Array] | None = None


def sight_of(ensemble: Ensemble, predictions: bool = True, embeddings: bool = True) -> Sight:
    """What an ensemble makes of items; embeddings are by the first of its models."""
    learner, task = ensemble.learner, ensemble.task

    def look(items: Sequence[Item]) -> Material:
        return read(items, task, learner.canvas, ensemble.settings.workers)

    def find(material: Material) -> Sequence[Found]:
        found = learner.predict(ensemble.models, material)
        return found if task.kind in CLASSES else [kept(one, task.answers, ensemble.keep) for one in found]

    def embed(material: Material) -> Array:
        return learner.embed(ensemble.models[0], material)

    return Sight(look, find if predictions else None, embed if embeddings else None)


def row_of(item: Item, found: Found) -> dict[str, Any]:
    """A line of predictions.jsonl."""
    row: dict[str, Any] = {"id": item.id, "answer": found.answer, "confidence": round(found.confidence, 6)}
    if found.regions is not None:
        row["regions"] = [round(score, 6) for score in found.regions]
    return row


def predict(sight: Sight, items: Sequence[Item], out: Path, progress: Progress) -> Mapping[str, Any]:
    """Write `parts/`: predictions, embeddings, and what could not be read. Returns figures of speed."""
    began = time.monotonic()
    parts = {number: items[first : first + PART] for number, first in enumerate(range(0, len(items), PART))}
    todo = [number for number in parts if not is_done(out, f"part-{number:06}")]
    done, fresh = len(items) - sum(len(parts[number]) for number in todo), 0
    for number, material in zip(todo, _read_ahead(sight, [parts[one] for one in todo]), strict=True):
        _write(sight, material, out / "parts" / f"{number:06}")
        mark_done(out, f"part-{number:06}")
        fresh += len(material)
        done += len(parts[number])
        progress.predicted(done, len(items))
    seconds = time.monotonic() - began
    return {"items": fresh, "seconds": round(seconds, 2), "per_second": round(fresh / max(seconds, 1e-9), 1)}


def _read_ahead(sight: Sight, parts: Sequence[Sequence[Item]]) -> Iterator[Material]:
    """What parts hold; the next is read while one is predicted."""
    with ThreadPoolExecutor(1) as pool:
        coming = [pool.submit(sight.read, part) for part in parts[:1]]
        for part in [*parts[1:], None] if parts else []:
            material = coming.pop().result()
            if part is not None:
                coming.append(pool.submit(sight.read, part))
            yield material


def _write(sight: Sight, material: Material, file: Path) -> None:
    """Look at a part."""
    if sight.find:
        write_lines(file.with_suffix(".jsonl"), map(row_of, material.items, sight.find(material)))
    if sight.embed:
        write_array(file.with_suffix(".npy"), sight.embed(material).astype(np.float16))
    ids = [item.id for item in material.items]
    write_json(file.with_suffix(".json"), {"ids": ids, "unreadable": dict(material.unreadable)})


def gather(sight: Sight, out: Path) -> tuple[int, dict[str, str]]:
    """Make predictions.jsonl, embeddings.npy and ids.json of the parts, in the order of the items.

    How many there are, and why others, by id, could not be read.
    """
    parts = sorted((out / "parts").glob("*.json"))
    ids: list[str] = []
    unreadable: dict[str, str] = {}
    for part in parts:
        found = json.loads(part.read_text(encoding="utf-8"))
        ids += found["ids"]
        unreadable |= found["unreadable"]
    if sight.find:
        write_lines(out / "predictions.jsonl", _rows(parts))
    if sight.embed:
        arrays = [np.load(part.with_suffix(".npy")) for part in parts]
        whole: list[Array] = [array for array in arrays if len(array)]
        write_array(out / "embeddings.npy", np.concatenate(whole) if whole else np.zeros((0, 0), np.float16))
        write_json(out / "ids.json", ids)
    return len(ids), unreadable


def _rows(parts: Sequence[Path]) -> Iterator[Any]:
    for part in parts:
        with part.with_suffix(".jsonl").open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)
