"""Boxes with a base: transformers' detectors that match queries to boxes, such as D-FINE and RT-DETRv2.

Carion et al. (2020), "End-to-End Object Detection with Transformers". Losses are the models' own.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from learning.dense_targets import LEAST_SHARE
from learning.image_networks import ImageNetwork, indices_of, lit, moves, seen_boxes, viewed
from learning.learner import Array, Found
from learning.material import Material
from learning.networks import Batch, Plan, start
from learning.regions import LEAST, MOST, Boxed, as_boxes, fused

FROM_BASE = Plan(steps=800, batch=8, lr=1e-4, decay=1e-4)


class Wrapped(nn.Module):
    """A model of transformers, whole."""

    def __init__(self, trunk: Any) -> None:
        super().__init__()
        self.trunk = trunk

    def forward(self, **inputs: Any) -> Any:
        """What the model says."""
        return self.trunk(**inputs)


class Detector(ImageNetwork):
    """Boxes by queries."""

    plan = FROM_BASE

    def build(self, folder: Path | None) -> nn.Module:
        """See Network."""
        from transformers import AutoConfig, AutoModelForObjectDetection

        self.read_tones(folder)
        if folder:
            return Wrapped(AutoModelForObjectDetection.from_config(AutoConfig.from_pretrained(folder)))
        names = dict(enumerate(self.task.labels))
        options = {"id2label": names, "label2id": {name: index for index, name in names.items()}}
        return Wrapped(start(AutoModelForObjectDetection, self.settings.base or "", **options))

    def batch(self, material: Material, indices: Sequence[int], rng: np.random.Generator | None) -> Batch:
        """See Network."""
        images = self.tensor(material.pixels[list(indices)])
        if rng is None:
            return {"pixels": self.toned(images)}
        views = moves(rng, len(images), (0.6, 1.15), self.settings.flip)
        wanted = [
            self._target(material, index, view) for index, view in zip(indices, views.numpy(), strict=True)
        ]
        return {"pixels": self.toned(lit(viewed(images, views), rng)), "wanted": wanted}

    def loss(self, module: nn.Module, batch: Batch) -> Tensor:
        """See Network."""
        return module(pixel_values=batch["pixels"], labels=batch["wanted"]).loss

    def outputs(self, module: nn.Module, batch: Batch) -> Any:
        """See Network: probabilities by query and label, and boxes as cx, cy, width, height in shares."""
        said = module(pixel_values=batch["pixels"])
        logits = said.logits.float()
        nothing = logits.shape[2] > len(self.task.labels)
        shares = logits.softmax(2)[..., :-1] if nothing else logits.sigmoid()
        return shares.cpu().numpy(), said.pred_boxes.float().cpu().numpy()

    def decode(self, outputs: Sequence[Any], seen: Material) -> list[Found]:
        """See Network."""
        return [
            as_boxes(
                fused([self._boxes(shares[row], boxes[row], place.scale) for shares, boxes in outputs]),
                (place.width, place.height),
                self.task.labels,
            )
            for row, place in enumerate(seen.places)
        ]

    def vectors(self, module: nn.Module, batch: Batch) -> Tensor:
        """See Network: what the queries know in the mean."""
        said = module(pixel_values=batch["pixels"])
        return said.last_hidden_state.mean(1)

    def _boxes(self, shares: Array, boxes: Array, scale: float) -> Boxed:
        flat = shares.flatten()
        best = np.argsort(-flat, kind="stable")[:MOST]
        best = best[flat[best] >= LEAST]
        queries, labels = best // shares.shape[1], best % shares.shape[1]
        centre, half = boxes[queries, :2], boxes[queries, 2:] / 2
        corners = (
            np.concatenate([centre - half, centre + half], 1) * np.array([*self.canvas, *self.canvas]) / scale
        )
        return Boxed(corners, labels, flat[best])

    def _target(self, material: Material, index: int, view: Array) -> dict[str, Tensor]:
        """The boxes that a view shows, as transformers' losses want them."""
        regions, place = (material.items[index].answer or {})["boxes"], material.places[index]
        labels = np.array(indices_of([one["label"] for one in regions], self.task.labels), np.int64)
        sides = [[one["x"], one["y"], one["x"] + one["width"], one["y"] + one["height"]] for one in regions]
        edge = np.array([*self.canvas, *self.canvas], np.float64)
        whole = seen_boxes(np.array(sides, np.float64).reshape(-1, 4) * place.scale / edge, view)
        inside = whole.clip(0, 1)
        sizes, full = inside[:, 2:] - inside[:, :2], whole[:, 2:] - whole[:, :2]
        keep = (sizes.prod(1) >= LEAST_SHARE * full.prod(1)) & (sizes > 1e-3).all(1)
        boxes = np.concatenate([(inside[:, :2] + inside[:, 2:]) / 2, sizes], 1)[keep].astype(np.float32)
        return {"class_labels": torch.from_numpy(labels[keep]), "boxes": torch.from_numpy(boxes)}
