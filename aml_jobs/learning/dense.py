"""Boxes, instances and semantic masks by one convolutional network that says something of every place.

Centres, sizes and offsets as in Zhou, Wang and Krähenbühl (2019), "Objects as Points", section 3, on a
feature pyramid (Lin et al., 2017); instances gather the pixels that point at their centre, as in Cheng et al.
(2020), "Panoptic-DeepLab", section 3. It learns from a hundred images without anything to start from.
"""

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

STRIDE = 4
"""Canvas pixels to a place."""

_CHANNELS = 64
_RARE = -2.19
"""The bias at which centres begin: a probability of 0.1."""


class DenseNetwork(nn.Module):
    """`trunk` is one of transformers' backbones, whose features shrink by stages."""

    def __init__(self, trunk: Any, labels: int, boxes: bool, masks: bool) -> None:
        super().__init__()
        self.trunk = trunk
        self.laterals = nn.ModuleList(nn.Conv2d(width, _CHANNELS, 1) for width in trunk.channels)
        self.smooth = _block(_CHANNELS, _CHANNELS)
        widths = {"heat": labels, "size": 2, "offset": 2} if boxes else {}
        widths |= {"classes": labels + 1} if masks else {}
        widths |= {"vote": 2} if boxes and masks else {}
        self.heads = nn.ModuleDict({name: _head(width) for name, width in widths.items()})
        if boxes:
            heat: Any = self.heads["heat"]
            nn.init.constant_(heat[1].bias, _RARE)

    def features(self, pixels: Tensor) -> Tensor:
        """Of shape (items, channels, places down, places across)."""
        maps = self.trunk(pixels).feature_maps
        places = [side // STRIDE for side in pixels.shape[2:]]
        top: Tensor | None = None
        for lateral, level in zip(reversed(list(self.laterals)), reversed(maps), strict=True):
            seen = lateral(level)
            top = seen if top is None else seen + functional.interpolate(top, size=seen.shape[2:])
        assert top is not None  # noqa: S101 # a trunk has stages
        if list(top.shape[2:]) != places:
            top = functional.interpolate(top, size=places, mode="bilinear", align_corners=False)
        return self.smooth(top)

    def forward(self, pixels: Tensor) -> dict[str, Tensor]:
        """What each head says: shape (items, ..., places down, places across)."""
        seen = self.features(pixels)
        return {name: head(seen) for name, head in self.heads.items()}


def losses(said: dict[str, Tensor], batch: dict[str, Any]) -> Tensor:
    """The sum over the heads that there are."""
    total = torch.zeros((), device=batch["pixels"].device)
    if "heat" in said:
        heat, centres = batch["heat"], batch["centres"]
        count = centres.sum().clamp(min=1)
        total = total + focal(said["heat"].float(), heat) / count
        for name, weight in (("size", 1.0), ("offset", 1.0)):
            away = (said[name].float() - batch[name]).abs() * centres
            total = total + weight * away.sum() / count
    if "classes" in said:
        total = total + classes_loss(said["classes"].float(), batch["classes"])
    if "vote" in said:
        inside = (batch["classes"] > 0).unsqueeze(1)
        away = functional.smooth_l1_loss(said["vote"].float(), batch["vote"], reduction="none") * inside
        total = total + away.sum() / inside.sum().clamp(min=1)
    return total


def focal(logits: Tensor, heat: Tensor) -> Tensor:
    """Equation 1 of "Objects as Points", not yet divided by the number of objects; alpha 2, beta 4."""
    p = logits.sigmoid()
    at = heat.eq(1).float()
    found = functional.logsigmoid(logits) * (1 - p) ** 2 * at
    none = functional.logsigmoid(-logits) * p**2 * (1 - heat) ** 4 * (1 - at)
    return -(found + none).sum()


def classes_loss(logits: Tensor, classes: Tensor) -> Tensor:
    """Cross-entropy, and what is missing of each label's overlap (Milletari et al., 2016, "V-Net")."""
    wanted = functional.one_hot(classes, logits.shape[1]).permute(0, 3, 1, 2).float()
    p = logits.softmax(1)
    there = wanted.sum((0, 2, 3))
    dice = (2 * (p * wanted).sum((0, 2, 3)) + 1) / (p.sum((0, 2, 3)) + there + 1)
    present = there > 0
    return functional.cross_entropy(logits, classes) + 1 - dice[present].mean()


def _head(width: int) -> nn.Sequential:
    return nn.Sequential(_block(_CHANNELS, _CHANNELS), nn.Conv2d(_CHANNELS, width, 1))


def _block(inputs: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, padding=1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)
    )
