"""From what the dense network says of places to boxes, polygons and masks in pixels of the upright image."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from learning import raster
from learning.dense import STRIDE
from learning.learner import Array, Found
from learning.material import Place
from learning.regions import LEAST, Boxed, as_boxes, candidates, separate

_CENTRES = 200
_NUMBERS_MAX = 50_000_000
"""So many probabilities are held of an image; a larger one is decided on a coarser grid."""

_DUST = 16
"""A mask of fewer canvas pixels is dust."""


def boxes_of(said: dict[str, Tensor], place: Place, labels: Sequence[str]) -> Found:
    """Boxes around the centres."""
    boxes = _boxes(said)
    scaled = Boxed(boxes.corners * (STRIDE / place.scale), boxes.labels, boxes.scores)
    return as_boxes(scaled, (place.width, place.height), labels)


def instances_of(said: dict[str, Tensor], place: Place, labels: Sequence[str]) -> Found:
    """A polygon for each centre, around the places of its label that point at it rather than at another."""
    boxes = _boxes(said)
    if not len(boxes.scores):
        return candidates("polygons", [], [])
    owner = _owners(said, boxes)
    polygons, scores = [], []
    for number, label in enumerate(boxes.labels):
        share = said["classes"][int(label) + 1].numpy()
        mine = owner == number
        if not mine.any():
            continue
        ring = polygon_of(torch.from_numpy(share * mine), place, 0.4)
        if ring:
            polygons.append({"label": labels[int(label)], **ring})
            scores.append(float(boxes.scores[number]) * float(share[mine].mean()) ** 0.5)
    keep = sorted(np.flatnonzero(np.array(scores) >= LEAST).tolist(), key=lambda one: -scores[one])
    return candidates("polygons", [polygons[one] for one in keep], [scores[one] for one in keep])


def masks_of(said: dict[str, Tensor], place: Place, labels: Sequence[str]) -> Found:
    """For each label the pixels that most probably show it; as sure as they are in the mean."""
    whole = _enlarged(said["classes"][None], STRIDE)[0]
    width, height = round(place.width * place.scale), round(place.height * place.scale)
    return masks_from(whole[:, :height, :width], place, labels)


def masks_from(probabilities: Tensor, place: Place, labels: Sequence[str]) -> Found:
    """Of probabilities of shape (1 + labels, down, across), the first of which means nothing.

    The answer is as sure as its pixels are in the mean.
    """
    share = min(1.0, (_NUMBERS_MAX / (len(probabilities) * place.width * place.height)) ** 0.5)
    size = [max(1, round(side * share)) for side in (place.height, place.width)]
    fine = functional.interpolate(probabilities[None], size, mode="bilinear", align_corners=False)[0]
    sure, best = fine.max(0)
    if share < 1:
        rows, columns = (
            torch.arange(n) * m // n for n, m in zip((place.height, place.width), size, strict=True)
        )
        sure, best = (one[rows[:, None], columns[None]] for one in (sure, best))
    masks, scores = [], []
    for index, label in enumerate(labels):
        bitmap = (best == index + 1).numpy()
        if bitmap.sum() >= _DUST:
            masks.append({"label": label, "rle": raster.encode(bitmap)})
            scores.append(float(sure[best == index + 1].mean()))
    return Found({"masks": masks}, float(sure.mean().clamp(0, 1)), [min(1.0, score) for score in scores])


def _boxes(said: dict[str, Tensor]) -> Boxed:
    """Boxes around peaks of heat, in places."""
    heat = said["heat"]
    peaks = heat * (functional.max_pool2d(heat[None], 3, 1, 1)[0] == heat)
    scores, flat = peaks.flatten().topk(min(_CENTRES, peaks.numel()))
    across = heat.shape[2]
    spot = flat % (heat.shape[1] * across)
    rows, columns = spot // across, spot % across
    centre = torch.stack([columns, rows], 1) + said["offset"][:, rows, columns].T
    half = said["size"][:, rows, columns].T.clamp(max=8).exp() / 2
    labels = flat // (heat.shape[1] * across)
    boxes = Boxed(torch.cat([centre - half, centre + half], 1).numpy(), labels.numpy(), scores.numpy())
    boxes = boxes.take(boxes.scores >= LEAST)
    return boxes.take(separate(boxes))


def _owners(said: dict[str, Tensor], boxes: Boxed) -> Array:
    """By place, the box that it belongs to, -1 for none: of its label, around it, with the nearest centre."""
    classes, vote = said["classes"], said["vote"].numpy()
    down, across = vote.shape[1:]
    best = classes.argmax(0).numpy()
    xs = np.arange(across)[None] + 0.5 + vote[0] * across / 8
    ys = np.arange(down)[:, None] + 0.5 + vote[1] * down / 8
    owner, nearest = np.full((down, across), -1), np.full((down, across), np.inf)
    for number, ((x1, y1, x2, y2), label) in enumerate(zip(boxes.corners, boxes.labels, strict=True)):
        wide, high = x2 - x1, y2 - y1
        columns = slice(max(0, int(x1 - 0.15 * wide - 1)), max(0, int(np.ceil(x2 + 0.15 * wide + 1))))
        rows = slice(max(0, int(y1 - 0.15 * high - 1)), max(0, int(np.ceil(y2 + 0.15 * high + 1))))
        away = ((xs[rows, columns] - (x1 + x2) / 2) / wide) ** 2
        away = away + ((ys[rows, columns] - (y1 + y2) / 2) / high) ** 2
        nearer = (best[rows, columns] == label + 1) & (away < nearest[rows, columns])
        owner[rows, columns][nearer] = number
        nearest[rows, columns][nearer] = away[nearer]
    return owner


def polygon_of(shares: Tensor, place: Place, least: float = 0.5) -> dict[str, Any] | None:
    """The outline, in pixels of the image, of where a mask on the grid of places is at least so sure."""
    bitmap = _enlarged(shares[None, None], STRIDE)[0, 0].numpy() > least
    width, height = (max(1, round(side * place.scale)) for side in (place.width, place.height))
    inside = bitmap[:height, :width]
    if inside.sum() < _DUST:
        return None
    parts, holes = raster.outline(inside, 1 / place.scale, 0.9)
    edge = (place.width, place.height)
    parts, holes = (
        [[min(n, edge[i % 2]) for i, n in enumerate(ring)] for ring in rings] for rings in (parts, holes)
    )
    return {"parts": parts, "holes": holes} if parts else None


def _enlarged(maps: Tensor, times: int) -> Tensor:
    return functional.interpolate(maps, scale_factor=times, mode="bilinear", align_corners=False)
