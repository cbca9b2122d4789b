"""What the dense network should have said: answers drawn on a grid of places, as a view shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from learning import raster
from learning.answers import Answer
from learning.dense import STRIDE
from learning.image_networks import indices_of, seen_boxes
from learning.learner import Array
from learning.material import Place

LEAST_SHARE = 0.3
"""A box of which a view shows less is not to be found in it."""


@dataclass(frozen=True)
class Drawn:
    """An answer on the canvas: boxes in shares of it, their labels, and the object (from 1) of each place."""

    corners: Array
    labels: Array
    objects: NDArray[np.int32]


def drawn(answer: Answer, place: Place, canvas: tuple[int, int], known: Sequence[str]) -> Drawn:
    """An answer with boxes, polygons or masks."""
    (name, regions), (width, height) = next(iter(answer.items())), canvas
    labels = np.array(indices_of([region["label"] for region in regions], known), np.int64)
    objects = np.zeros((height // STRIDE, width // STRIDE), np.int32)
    corners = np.zeros((len(regions), 4))
    for number, region in enumerate(regions):
        if name == "boxes":
            x, y = region["x"], region["y"]
            corners[number] = np.array([x, y, x + region["width"], y + region["height"]]) * place.scale
            continue
        bitmap = _bitmap(region, place, canvas)
        objects[bitmap[STRIDE // 2 :: STRIDE, STRIDE // 2 :: STRIDE]] = number + 1
        ys, xs = np.flatnonzero(bitmap.any(1)), np.flatnonzero(bitmap.any(0))
        if len(ys):
            corners[number] = xs[0], ys[0], xs[-1] + 1, ys[-1] + 1
    return Drawn(corners / np.array([width, height] * 2), labels, objects)


def _bitmap(region: Any, place: Place, canvas: tuple[int, int]) -> raster.Bitmap:
    """The pixels of a polygon or mask on the canvas."""
    width, height = canvas
    if "parts" in region:
        return raster.draw(region, width, height, place.scale)
    whole = raster.decode(region["rle"])
    rows = ((np.arange(height) + 0.5) / place.scale).astype(int)
    columns = ((np.arange(width) + 0.5) / place.scale).astype(int)
    there = (rows < whole.shape[0])[:, None] & (columns < whole.shape[1])[None]
    rows, columns = rows.clip(0, whole.shape[0] - 1), columns.clip(0, whole.shape[1] - 1)
    bitmap: raster.Bitmap = whole[rows[:, None], columns[None]] & there
    return bitmap


def targets(
    drawings: Sequence[Drawn], objects: Sequence[Array], views: Array, labels: int
) -> dict[str, Tensor]:
    """For a batch: `heat`, `centres` (1 where one is), `size` (of logarithms of places), `offset`, `classes`
    (0 for nothing) and `vote` (towards the object's centre, in eighths of the grid).

    `objects` are the drawings' as the views show them, shape (places down, places across).
    """
    parts = [_target(*one, labels) for one in zip(drawings, objects, views, strict=True)]
    return {name: torch.from_numpy(np.stack([part[name] for part in parts])) for name in parts[0]}


def _target(drawing: Drawn, objects: Array, view: Array, labels: int) -> dict[str, Array]:
    down, across = objects.shape
    made: dict[str, Array] = {
        "heat": np.zeros((labels, down, across), np.float32),
        "centres": np.zeros((1, down, across), np.float32),
        "size": np.zeros((2, down, across), np.float32),
        "offset": np.zeros((2, down, across), np.float32),
        "classes": np.concatenate([[0], drawing.labels + 1])[objects].astype(np.int64),
        "vote": np.zeros((2, down, across), np.float32),
    }
    grid = np.array([across, down] * 2, np.float64)
    seen = seen_boxes(drawing.corners, view) * grid
    for number, (whole, label) in enumerate(zip(seen, drawing.labels, strict=True)):
        x1, y1, x2, y2 = whole.clip(0, grid)
        full = float((whole[2:] - whole[:2]).prod())
        if (x2 - x1) * (y2 - y1) >= max(LEAST_SHARE * full, 1e-3) and full > 0:
            _put(made, (x1, y1, x2, y2), int(label))
            ys, xs = np.nonzero(objects == number + 1)
            if len(ys):
                made["vote"][0, ys, xs] = ((x1 + x2) / 2 - xs - 0.5) * 8 / across
                made["vote"][1, ys, xs] = ((y1 + y2) / 2 - ys - 0.5) * 8 / down
    return made


def _put(made: dict[str, Array], box: tuple[float, float, float, float], label: int) -> None:
    """A centre, its size, where in its place it lies, and a hill of heat around it."""
    (down, across), (x1, y1, x2, y2) = made["centres"].shape[1:], box
    cx, cy, width, height = (x1 + x2) / 2, (y1 + y2) / 2, x2 - x1, y2 - y1
    column, row = min(int(cx), across - 1), min(int(cy), down - 1)
    spread_x, spread_y = max(width * 0.09, 0.4), max(height * 0.09, 0.4)
    hill = np.exp(-((np.arange(down) - row) ** 2) / (2 * spread_y**2))[:, None] * np.exp(
        -((np.arange(across) - column) ** 2) / (2 * spread_x**2)
    )
    np.maximum(made["heat"][label], hill, out=made["heat"][label], casting="same_kind")
    made["centres"][0, row, column] = 1
    made["size"][:, row, column] = np.log(max(width, 0.1)), np.log(max(height, 0.1))
    made["offset"][:, row, column] = cx - column, cy - row
