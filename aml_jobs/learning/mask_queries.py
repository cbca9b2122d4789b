"""Instances or semantic masks with a base that matches queries to masks, such as EoMT and RF-DETR's.

Cheng, Schwing and Kirillov (2021), "Per-Pixel Classification is Not All You Need for Semantic Segmentation",
sections 3.2 to 3.4. Losses are the models' own.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from learning.dense_decoding import masks_from, polygon_of
from learning.dense_images import DenseImages
from learning.detectors import FROM_BASE, Wrapped
from learning.learner import Array, Found
from learning.material import Material, Place
from learning.networks import Batch, own_model, start
from learning.regions import LEAST, Boxed, candidates, clusters
from learning.settings import Settings
from learning.task import Task

_QUERIES = 60
"""Of an image so many queries at most become candidates."""


class MaskQueries(DenseImages):
    """Each query is a mask and a label, or nothing."""

    def __init__(self, task: Task, settings: Settings, canvas: tuple[int, int]) -> None:
        super().__init__(task, settings, canvas)
        self.plan = FROM_BASE

    def build(self, folder: Path | None) -> nn.Module:
        """See Network."""
        from transformers import AutoConfig, AutoModelForUniversalSegmentation, RfDetrConfig
        from transformers import RfDetrForInstanceSegmentation as RfDetr

        self.read_tones(folder)
        config = AutoConfig.from_pretrained(folder) if folder else None
        names = dict(enumerate(self.task.labels))
        options = {"id2label": names, "label2id": {name: index for index, name in names.items()}}
        auto: Any = AutoModelForUniversalSegmentation
        if isinstance(config or self.base_config(), RfDetrConfig):
            auto = RfDetr
            if config:
                return Wrapped(auto(config))
        return Wrapped(
            auto.from_config(config) if config else start(auto, self.settings.base or "", **options)
        )

    def base_config(self) -> Any:
        """The configuration of what there is to start from."""
        from transformers import AutoConfig

        base = self.settings.base or ""
        return AutoConfig.from_pretrained(own_model(base) or base)

    def batch(self, material: Material, indices: Sequence[int], rng: np.random.Generator | None) -> Batch:
        """See Network: targets are masks on the grid of places, their labels and the boxes around them."""
        batch = super().batch(material, indices, rng)
        if rng is None:
            return batch
        wanted = [
            _target(objects, self._drawing(material, index).labels, self.has_boxes)
            for index, objects in zip(indices, batch["objects"].numpy(), strict=True)
        ]
        return {"pixels": batch["pixels"], "wanted": wanted}

    def loss(self, module: nn.Module, batch: Batch) -> Tensor:
        """See Network."""
        wanted = batch["wanted"]
        if _is_rf_detr(module):
            loss: Tensor = module(pixel_values=batch["pixels"], labels=wanted).loss
            return loss
        masks, labels = ([one[name] for one in wanted] for name in ("masks", "class_labels"))
        return module(pixel_values=batch["pixels"], mask_labels=masks, class_labels=labels).loss.mean()

    def outputs(self, module: nn.Module, batch: Batch) -> Any:
        """See Network: by query the probabilities of labels, and of each place of the grid."""
        said = module(pixel_values=batch["pixels"])
        if _is_rf_detr(module):
            shares, masks = said.logits.float().sigmoid()[..., : len(self.task.labels)], said.pred_masks
        else:
            shares, masks = said.class_queries_logits.float().softmax(2)[..., :-1], said.masks_queries_logits
        grid = [side // 4 for side in batch["pixels"].shape[2:]]
        masks = functional.interpolate(masks.float(), size=grid, mode="bilinear", align_corners=False)
        return shares.cpu(), masks.sigmoid().cpu()

    def decode(self, outputs: Sequence[Any], seen: Material) -> list[Found]:
        """See Network."""
        one = self._instances if self.has_boxes else self._semantic
        return [
            one([(shares[row], masks[row]) for shares, masks in outputs], place)
            for row, place in enumerate(seen.places)
        ]

    def vectors(self, module: nn.Module, batch: Batch) -> Tensor:
        """See Network: what tokens or queries know in the mean."""
        said = module(pixel_values=batch["pixels"])
        last = getattr(said, "last_hidden_state", None)
        return (said.class_queries_logits if last is None else last).mean(1)

    def _semantic(self, models: Sequence[tuple[Tensor, Tensor]], place: Place) -> Found:
        maps = torch.stack([torch.einsum("ql,qhw->lhw", shares, masks) for shares, masks in models]).mean(0)
        maps = maps.clamp(0, 1)
        nothing = (1 - maps).prod(0, keepdim=True)
        whole = torch.cat([nothing, maps])
        whole = whole / whole.sum(0, keepdim=True).clamp(min=1e-9)
        height, width = (max(1, round(side * place.scale / 4)) for side in (place.height, place.width))
        return masks_from(whole[:, :height, :width], place, self.task.labels)

    def _instances(self, models: Sequence[tuple[Tensor, Tensor]], place: Place) -> Found:
        """The surest of the masks that several models mean alike, as sure as they are in the mean."""
        corners: list[Array] = []
        labels, scores, masks, whose = [], [], [], []
        for number, (shares, maps) in enumerate(models):
            best, label = shares.max(1)
            for query in best.argsort(descending=True, stable=True)[:_QUERIES].tolist():
                inside = maps[query] > 0.5
                score = float(best[query] * maps[query][inside].mean()) if inside.any() else 0.0
                if score >= LEAST:
                    ys, xs = np.flatnonzero(inside.any(1).numpy()), np.flatnonzero(inside.any(0).numpy())
                    corners.append(np.array([xs[0], ys[0], xs[-1] + 1, ys[-1] + 1], np.float64))
                    labels.append(int(label[query]))
                    scores.append(score)
                    masks.append(maps[query])
                    whose.append(number)
        if not scores:
            return candidates("polygons", [], [])
        boxes = Boxed(np.stack(corners), np.array(labels), np.array(scores))
        found = []
        for members in clusters(boxes, whose):
            ring = polygon_of(masks[members[0]], place)
            if ring:
                sure = sum(scores[member] for member in members) / len(models)
                found.append((sure, {"label": self.task.labels[labels[members[0]]], **ring}))
        found.sort(key=lambda pair: -pair[0])
        return candidates("polygons", [region for _, region in found], [sure for sure, _ in found])


def _target(objects: Array, labels: Array, instances: bool) -> dict[str, Tensor]:
    """Of objects (from 1) by place: masks, labels, and boxes as cx, cy, width, height in shares."""
    numbers = [number for number in range(1, len(labels) + 1) if (objects == number).any()]
    if instances:
        masks = [(objects == number) for number in numbers]
        kinds = [int(labels[number - 1]) for number in numbers]
    else:
        kinds = sorted({int(labels[number - 1]) for number in numbers})
        masks = [np.isin(objects, np.flatnonzero(labels == kind) + 1) for kind in kinds]
    boxes = [_share_box(mask) for mask in masks]
    down, across = objects.shape
    return {
        "masks": torch.from_numpy(np.array(masks, np.float32).reshape(-1, down, across)),
        "class_labels": torch.tensor(kinds, dtype=torch.int64),
        "boxes": torch.tensor(boxes, dtype=torch.float32).reshape(-1, 4),
    }


def _share_box(mask: Array) -> tuple[float, float, float, float]:
    down, across = mask.shape
    ys, xs = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    x1, y1, x2, y2 = xs[0] / across, ys[0] / down, (xs[-1] + 1) / across, (ys[-1] + 1) / down
    return (x1 + x2) / 2, (y1 + y2) / 2, x2 - x1, y2 - y1


def _is_rf_detr(module: nn.Module) -> bool:
    trunk: Any = module.trunk
    return bool(trunk.config.model_type == "rf_detr")
