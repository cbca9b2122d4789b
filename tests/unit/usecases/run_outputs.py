"""What a job of ML assist would write of a small project; a test may spoil it."""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.domain.items import item_id
from core.domain.kinds import Kind
from core.domain.projects import Project
from core.domain.runs import Run, RunStatus, Stage
from core.logic.geometry import masks
from core.usecases.change_project import change_project
from core.usecases.run_files import input_prefix, output_prefix
from tests.examples import NOON
from tests.unit.usecases.conftest import APP, World

ANSWERED = 60
"""The first items are answered, which is enough to promise 0.95 if all are predicted right."""

SIDE = 10
"""Of the images in pixels."""

TEXT = "Ann met Bob"

Row = dict[str, Any]


@dataclass
class Written:
    """The files of a run: `items` is what its job was given, all else what it wrote."""

    items: list[Row] = field(default_factory=list)
    predictions: list[Row] = field(default_factory=list)
    crossfit: list[Row] = field(default_factory=list)
    doubts: list[Row] = field(default_factory=list)
    metrics: Row = field(default_factory=dict)
    ids: list[str] = field(default_factory=list)
    vectors: NDArray[Any] = field(default_factory=lambda: np.zeros((0, 2), np.float16))
    raw: dict[str, bytes | None] = field(default_factory=dict)
    """Other contents of a file; None: it is missing."""

    def files(self) -> Mapping[str, bytes]:
        """The contents by name."""
        array = io.BytesIO()
        np.save(array, self.vectors)
        made: dict[str, bytes | None] = {
            "predictions.jsonl": lines(self.predictions),
            "crossfit.jsonl": lines(self.crossfit),
            "doubts.jsonl": lines(self.doubts),
            "metrics.json": json.dumps(self.metrics).encode(),
            "ids.json": json.dumps(self.ids).encode(),
            "embeddings.npy": array.getvalue(),
        }
        return {name: data for name, data in (made | self.raw).items() if data is not None}


def lines(rows: Sequence[Row]) -> bytes:
    """JSON lines; NaN is written as Python does."""
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def label_of(number: int) -> str:
    """What every other item is."""
    return "Dog" if number % 2 else "Cat"


def answer_of(kind: Kind, label: str) -> Row:
    """An answer with this label, the same whenever it is asked for."""
    match kind:
        case Kind.OBJECT_DETECTION:
            return {"boxes": [{"label": label, "x": 1, "y": 1, "width": 4, "height": 4}]}
        case Kind.INSTANCE_SEGMENTATION:
            return {"polygons": [{"label": label, "parts": [[0, 0, 4, 0, 4, 4]], "holes": []}]}
        case Kind.SEMANTIC_SEGMENTATION:
            pixels = np.zeros((SIDE, SIDE), bool)
            pixels[:4, :4] = True
            rle = masks.encode(pixels)
            return {"masks": [{"label": label, "rle": {"size": rle.size, "counts": rle.counts}}]}
        case Kind.TEXT_NER:
            return {"spans": [{"label": label, "start": 0, "end": 3}]}
        case _:
            return {"labels": [label]}


def predicted(kind: Kind, item: str, label: str, confidence: float) -> Row:
    """A line of predictions.jsonl."""
    row: Row = {"id": item, "answer": answer_of(kind, label), "confidence": confidence}
    return row if "labels" in row["answer"] else {**row, "regions": [confidence]}


async def written(world: World, project: Project) -> Written:
    """All that a job would write of a project, whose answers it all finds: the first items are answered."""
    kind, made = project.kind, Written()
    controls = [world.shards.rows[project.id, shard].control.value for shard in range(project.shards)]
    places = [item_id(each.shard, index) for each in controls for index in range(len(each.states))]
    for number, item in enumerate(places):
        label, sure = label_of(number), round(0.99 - number / 10_000, 6)
        given = answer_of(kind, label) if number < ANSWERED else None
        known = {"width": SIDE, "height": SIDE} if kind.is_image else {"text": TEXT}
        made.items.append({"id": item, "path": f"{item}.jpg", "answer": given, **known})
        made.predictions.append(predicted(kind, item, label, sure))
        if given:
            made.crossfit.append({**made.predictions[-1], "fold": number % 3})
            made.doubts.append({"id": item, "doubt": round(0.5 - number / 1_000, 6), "suggested": given})
    label_scores = {"given": 30, "found": 30, "right": 30, "precision": 1.0, "recall": 1.0, "f1": 1.0}
    overall = {"accuracy": 1.0, "f1": 0.9, "ap50": 0.8, "miou": 0.7, "by_label": {"Cat": label_scores}}
    made.metrics = {"kind": kind, "overall": overall, "unreadable": {}, "seconds": 2.5, "new": [1]}
    made.ids = places
    made.vectors = np.array([(1, 0) if label_of(at) == "Cat" else (0, 1) for at in range(len(places))], "f2")
    return made


async def finished_run(
    world: World, project: Project, files: Written, stage: Stage = Stage.TRAIN, **more: Any
) -> Run:
    """A run of the project whose job has just written these files."""
    run = Run(
        world.ports.ids.new(), stage, NOON, "ana", RunStatus.APPLYING, attempt=1, items=len(files.items)
    )
    run = replace(run, label_version=project.label_version, **more)
    await world.ports.runs.put(project.id, run)
    await change_project(world.ports, project.id, lambda found: replace(found, run=run.id))
    await world.blobs.write(APP, f"{input_prefix(project.id, run.id)}items.jsonl", lines(files.items))
    for name, data in files.files().items():
        await world.blobs.write(APP, output_prefix(project.id, run) + name, data)
    return run
