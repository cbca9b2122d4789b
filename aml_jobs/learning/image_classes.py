"""Classes of images: transformers' trunk, pooled, and one linear head.

Without a base the trunk is a small residual network (He et al., 2016, "Deep Residual Learning for Image
Recognition"), trained from scratch.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from learning.image_networks import ImageNetwork, indices_of, lit, moves, turned, viewed
from learning.learner import Found
from learning.material import Material
from learning.networks import Batch, Plan, own_model, start
from learning.probabilities import found_classes
from learning.settings import Settings
from learning.task import ONE_CLASS, Task

FROM_SCRATCH = Plan(steps=450, batch=48, lr=1e-2, decay=0.5)
FROM_BASE = Plan(steps=600, batch=32, lr=5e-5)

SMOOTHING, TEMPERATURE = 0.1, 0.5
"""From scratch, labels are smoothed (Szegedy et al., 2016, section 7), which gains accuracy and leaves models
too unsure; dividing logits by the temperature (Guo et al., 2017) makes up for it. Measured on sign digits."""


class Classifier(nn.Module):
    """A trunk and a linear head on what it sees in the mean."""

    def __init__(self, trunk: Any, width: int, labels: int) -> None:
        super().__init__()
        self.trunk, self.head = trunk, nn.Linear(width, labels)

    def vectors(self, pixels: Tensor) -> Tensor:
        """Of shape (items, width)."""
        seen = self.trunk(pixel_values=pixels)
        pooled = getattr(seen, "pooler_output", None)
        if pooled is None:
            last = seen.last_hidden_state
            pooled = last.mean(1) if last.ndim == 3 else last.mean((2, 3))
        return pooled.flatten(1)

    def forward(self, pixels: Tensor) -> Tensor:
        """Logits, of shape (items, labels)."""
        return self.head(self.vectors(pixels))


class ImageClasses(ImageNetwork):
    """One or several labels of a whole image."""

    def __init__(self, task: Task, settings: Settings, canvas: tuple[int, int]) -> None:
        super().__init__(task, settings, canvas)
        small = starts_small(settings.base)
        self.plan = FROM_SCRATCH if small else FROM_BASE
        self.one = task.kind in ONE_CLASS
        self.smoothing, self.temperature = (SMOOTHING, TEMPERATURE) if small else (0.0, 1.0)

    def build(self, folder: Path | None) -> nn.Module:
        """See Network."""
        from transformers import AutoConfig, AutoModel, ResNetConfig, ResNetModel

        self.read_tones(folder)
        if folder:
            trunk = AutoModel.from_config(AutoConfig.from_pretrained(folder))
        elif self.settings.base:
            trunk = start(AutoModel, self.settings.base)
        else:
            trunk = ResNetModel(ResNetConfig(**small_trunk()))
        with torch.no_grad():
            probe = Classifier(trunk.eval(), 1, 1).vectors(torch.zeros(1, 3, *self.canvas[::-1]))
        return Classifier(trunk, probe.shape[1], len(self.task.labels))

    def batch(self, material: Material, indices: Sequence[int], rng: np.random.Generator | None) -> Batch:
        """See Network."""
        images = self.tensor(material.pixels[list(indices)])
        if rng is None:
            return {"pixels": self.toned(images)}
        views = turned(moves(rng, len(images), (0.75, 1.05), self.settings.flip), rng, 0.15)
        images = lit(viewed(images, views), rng)
        targets = torch.zeros(len(indices), len(self.task.labels))
        for row, index in enumerate(indices):
            answer = material.items[index].answer or {}
            targets[row, indices_of(answer["labels"], self.task.labels)] = 1
        return {"pixels": self.toned(images), "targets": targets}

    def loss(self, module: nn.Module, batch: Batch) -> Tensor:
        """See Network."""
        logits, targets = module(batch["pixels"]), batch["targets"]
        if self.one:
            return functional.cross_entropy(logits, targets, label_smoothing=self.smoothing)
        return functional.binary_cross_entropy_with_logits(logits, targets)

    def outputs(self, module: nn.Module, batch: Batch) -> Any:
        """See Network: probabilities by label."""
        logits = module(batch["pixels"]).float() / (self.temperature if self.one else 1.0)
        return (logits.softmax(1) if self.one else logits.sigmoid()).cpu()

    def decode(self, outputs: Sequence[Any], _: Material) -> list[Found]:
        """See Network."""
        return found_classes(torch.stack(list(outputs)).mean(0).numpy(), self.task)

    def vectors(self, module: nn.Module, batch: Batch) -> Tensor:
        """See Network."""
        seen: Any = module
        return seen.vectors(batch["pixels"])


def small_trunk() -> dict[str, Any]:
    """A residual network that learns from a few hundred images on one CPU core within half a minute."""
    return {
        "embedding_size": 32,
        "hidden_sizes": [32, 64, 128, 256],
        "depths": [1, 1, 1, 1],
        "layer_type": "basic",
    }


def starts_small(base: str | None) -> bool:
    """Whether the trunk is the small one: without a base, or with an earlier run's model that had none.

    Such a trunk has seen too little to be trained as carefully as a large one: 60 sign digits, with a model
    of other digits as the base, came to .88 that way, to .95 as if from scratch.
    """
    folder = own_model(base)
    if folder is None:
        return base is None
    found = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    return all(found.get(name) == value for name, value in small_trunk().items())
