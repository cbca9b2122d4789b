"""Semantic masks with a base: transformers' models that give every pixel a class, such as UperNet."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from learning.dense import classes_loss
from learning.dense_decoding import masks_of
from learning.dense_images import DenseImages
from learning.detectors import Wrapped
from learning.learner import Found
from learning.material import Material
from learning.networks import Batch, Plan, start
from learning.settings import Settings
from learning.task import Task

FROM_BASE = Plan(steps=800, batch=8, lr=6e-5, decay=0.01)


class Segmenter(DenseImages):
    """A class for every pixel, 0 for none."""

    def __init__(self, task: Task, settings: Settings, canvas: tuple[int, int]) -> None:
        super().__init__(task, settings, canvas)
        self.plan = FROM_BASE

    def build(self, folder: Path | None) -> nn.Module:
        """See Network."""
        from transformers import AutoConfig, AutoModelForSemanticSegmentation

        self.read_tones(folder)
        if folder:
            return Wrapped(AutoModelForSemanticSegmentation.from_config(AutoConfig.from_pretrained(folder)))
        names = dict(enumerate(("nothing", *self.task.labels)))
        options = {"id2label": names, "label2id": {name: index for index, name in names.items()}}
        return Wrapped(start(AutoModelForSemanticSegmentation, self.settings.base or "", **options))

    def loss(self, module: nn.Module, batch: Batch) -> torch.Tensor:
        """See Network."""
        logits = _sized(module(pixel_values=batch["pixels"]).logits.float(), batch["classes"].shape[1:])
        return classes_loss(logits, batch["classes"])

    def outputs(self, module: nn.Module, batch: Batch) -> Any:
        """See Network: probabilities, on the grid of places."""
        logits = module(pixel_values=batch["pixels"]).logits.float()
        grid = [side // 4 for side in batch["pixels"].shape[2:]]
        return {"classes": _sized(logits, grid).softmax(1).cpu()}

    def decode(self, outputs: Sequence[Any], seen: Material) -> list[Found]:
        """See Network."""
        shares = torch.stack([one["classes"] for one in outputs]).mean(0)
        rows = zip(shares, seen.places, strict=True)
        return [masks_of({"classes": row}, place, self.task.labels) for row, place in rows]

    def vectors(self, module: nn.Module, batch: Batch) -> torch.Tensor:
        """See Network: the coarsest features in the mean."""
        said = module(pixel_values=batch["pixels"], output_hidden_states=True)
        last = said.hidden_states[-1]
        return last.mean(1) if last.ndim == 3 else last.mean((2, 3))


def _sized(maps: torch.Tensor, size: Sequence[int]) -> torch.Tensor:
    return functional.interpolate(maps, size=list(size), mode="bilinear", align_corners=False)
