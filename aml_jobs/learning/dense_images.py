"""The dense network as a learner: pictures in, boxes, polygons or masks out."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from learning.answers import Answer
from learning.dense import DenseNetwork, losses
from learning.dense_decoding import boxes_of, instances_of, masks_of
from learning.dense_targets import Drawn, drawn, targets
from learning.image_classes import small_trunk, starts_small
from learning.image_networks import ImageNetwork, lit, moves, viewed
from learning.learner import Found
from learning.material import Material
from learning.networks import Batch, Plan, start
from learning.settings import Settings
from learning.task import Task

STEPS: Mapping[str, int] = {
    "object_detection": 300,
    "instance_segmentation": 500,
    "semantic_segmentation": 400,
}


class DenseImages(ImageNetwork):
    """Boxes, instances or semantic masks, from scratch or from a base that is a backbone."""

    def __init__(self, task: Task, settings: Settings, canvas: tuple[int, int]) -> None:
        super().__init__(task, settings, canvas)
        self.plan = Plan(STEPS[task.kind], 8, 2e-3 if starts_small(settings.base) else 3e-4)
        self.has_boxes = task.kind != "semantic_segmentation"
        self.has_masks = task.kind != "object_detection"
        self._drawings: WeakKeyDictionary[Material, dict[int, Drawn]] = WeakKeyDictionary()

    def build(self, folder: Path | None) -> nn.Module:
        """See Network."""
        from transformers import AutoBackbone, AutoConfig, ResNetBackbone, ResNetConfig

        self.read_tones(folder)
        stages = ["stage1", "stage2", "stage3", "stage4"]
        if folder:
            trunk = AutoBackbone.from_config(AutoConfig.from_pretrained(folder))
        elif self.settings.base:
            trunk = start(_Backbone, self.settings.base, out_features=stages)
        else:
            trunk = ResNetBackbone(ResNetConfig(**small_trunk(), out_features=stages))
        return DenseNetwork(trunk, len(self.task.labels), self.has_boxes, self.has_masks)

    def batch(self, material: Material, indices: Sequence[int], rng: np.random.Generator | None) -> Batch:
        """See Network."""
        images = self.tensor(material.pixels[list(indices)])
        if rng is None:
            return {"pixels": self.toned(images)}
        views = moves(rng, len(images), (0.6, 1.15), self.settings.flip)
        drawings = [self._drawing(material, index) for index in indices]
        objects = torch.from_numpy(np.stack([one.objects for one in drawings])).float().unsqueeze(1)
        seen = viewed(objects, views, "nearest").squeeze(1).numpy().round().astype(np.int32)
        wanted = targets(drawings, list(seen), views.numpy(), len(self.task.labels))
        wanted["objects"] = torch.from_numpy(seen)
        return {"pixels": self.toned(lit(viewed(images, views), rng)), **wanted}

    def loss(self, module: nn.Module, batch: Batch) -> Tensor:
        """See Network."""
        return losses(module(batch["pixels"]), batch)

    def outputs(self, module: nn.Module, batch: Batch) -> Any:
        """See Network: probabilities for `heat` and `classes`, the others as they are."""
        said = {name: value.float() for name, value in module(batch["pixels"]).items()}
        if "heat" in said:
            said["heat"] = said["heat"].sigmoid()
        if "classes" in said:
            said["classes"] = said["classes"].softmax(1)
        return {name: value.cpu() for name, value in said.items()}

    def decode(self, outputs: Sequence[Any], seen: Material) -> list[Found]:
        """See Network: of the mean of what the modules say of each place."""
        said = {name: torch.stack([one[name] for one in outputs]).mean(0) for name in outputs[0]}
        decoding: Any = {
            "object_detection": boxes_of,
            "instance_segmentation": instances_of,
            "semantic_segmentation": masks_of,
        }[self.task.kind]
        return [
            decoding({name: value[row] for name, value in said.items()}, place, self.task.labels)
            for row, place in enumerate(seen.places)
        ]

    def vectors(self, module: nn.Module, batch: Batch) -> Tensor:
        """See Network: what the last stage sees in the mean."""
        trunk: Any = module.trunk
        return functional.adaptive_avg_pool2d(trunk(batch["pixels"]).feature_maps[-1], 1).flatten(1)

    def _drawing(self, material: Material, index: int) -> Drawn:
        """The item's answer on the canvas, drawn once."""
        cache = self._drawings.setdefault(material, {})
        if index not in cache:
            answer: Answer = material.items[index].answer or {}
            cache[index] = drawn(answer, material.places[index], self.canvas, self.task.labels)
        return cache[index]


class _Backbone:
    """AutoBackbone, which takes every folder for an id of timm's hub."""

    @staticmethod
    def from_config(config: Any) -> Any:
        """With fresh weights."""
        from transformers import AutoBackbone

        return AutoBackbone.from_config(config)

    @staticmethod
    def from_pretrained(base: str, out_features: Sequence[str], **options: Any) -> Any:
        """With those of a base; where its stages have other names, the last four."""
        from transformers import AutoConfig
        from transformers.models.auto.modeling_auto import MODEL_FOR_BACKBONE_MAPPING

        config = AutoConfig.from_pretrained(base)
        names = list(config.stage_names)
        config.out_features = [name for name in names if name in out_features] or names[-4:]
        return MODEL_FOR_BACKBONE_MAPPING[type(config)].from_pretrained(base, config=config, **options)
