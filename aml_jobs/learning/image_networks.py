"""What networks on images share: from bytes to tensors, and pictures changed at random while training."""

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from learning.learner import Array
from learning.networks import Network, own_model

IMAGENET = ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])
_FILE = "preprocessor_config.json"


class ImageNetwork(Network):
    """A network whose inputs are pictures of one canvas."""

    tones: tuple[list[float], list[float]] = IMAGENET

    def read_tones(self, folder: Path | None) -> None:
        """Take the means and deviations that a saved model, or the base, wants."""
        found = preprocessor(str(folder) if folder else self.settings.base)
        if found.get("do_normalize", True):
            self.tones = (found.get("image_mean") or IMAGENET[0], found.get("image_std") or IMAGENET[1])
        else:
            self.tones = ([0.0] * 3, [1.0] * 3)

    def save_inputs(self, folder: Path) -> None:
        """The means and deviations, as transformers names them."""
        means, deviations = self.tones
        width, height = self.canvas
        found = {"image_mean": means, "image_std": deviations, "size": {"width": width, "height": height}}
        (folder / _FILE).write_text(json.dumps(found), encoding="utf-8")

    def tensor(self, pixels: Array) -> Tensor:
        """Bytes of shape (items, height, width, 3) as floats of shape (items, 3, height, width).

        Bytes travel to the device, and all that is done to them is done there.
        """
        there = torch.from_numpy(np.ascontiguousarray(pixels)).to(self.device)
        return there.permute(0, 3, 1, 2).float() / 255

    def toned(self, images: Tensor) -> Tensor:
        """0..1 as the trunk wants it."""
        means, deviations = (torch.tensor(tone, device=images.device).view(3, 1, 1) for tone in self.tones)
        return (images - means) / deviations


def preprocessor(base: str | None) -> dict[str, Any]:
    """What a base, or a saved model, says of its inputs; nothing if it says nothing."""
    from transformers.utils import cached_file

    if not base:
        return {}
    try:
        file = cached_file(str(own_model(base) or base), _FILE, _raise_exceptions_for_missing_entries=False)
        found = json.loads(Path(file).read_text(encoding="utf-8")) if file else {}
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def size_of(base: str | None) -> int | None:
    """The side of the images that a base was trained on, if it says so."""
    found = preprocessor(base)
    size = found.get("crop_size") or found.get("size") or {}
    if isinstance(size, int):
        return size
    return max(size.get("height", 0), size.get("width", 0)) or size.get("shortest_edge")


def moves(rng: np.random.Generator, count: int, zoom: tuple[float, float], flip: bool) -> Tensor:
    """Random views, a matrix each of shape (2, 3), that `grid_sample` takes: where output pixels come from.

    `zoom` are the least and greatest share of the picture's side that is seen; it shifts by as much as is
    left, and a quarter of that more. Coordinates go from -1 to 1.
    """
    shares = np.exp(rng.uniform(math.log(zoom[0]), math.log(zoom[1]), (count, 1)))
    stretch = np.exp(rng.uniform(-0.08, 0.08, (count, 2)))
    mirrored = np.where(rng.random(count) < (0.5 if flip else 0.0), -1.0, 1.0)
    room = np.abs(1 - shares) + 0.05
    matrices = np.zeros((count, 2, 3), np.float32)
    matrices[:, 0, 0] = shares[:, 0] * stretch[:, 0] * mirrored
    matrices[:, 1, 1] = shares[:, 0] * stretch[:, 1]
    matrices[:, :, 2] = rng.uniform(-1, 1, (count, 2)) * room
    return torch.from_numpy(matrices)


def turned(matrices: Tensor, rng: np.random.Generator, most: float) -> Tensor:
    """The views, turned by up to `most` radians."""
    angles = torch.from_numpy(rng.uniform(-most, most, len(matrices)).astype(np.float32))
    rows = [torch.stack([angles.cos(), -angles.sin()], 1), torch.stack([angles.sin(), angles.cos()], 1)]
    return torch.cat([matrices[:, :, :2] @ torch.stack(rows, 1), matrices[:, :, 2:]], 2)


def viewed(images: Tensor, matrices: Tensor, mode: str = "bilinear") -> Tensor:
    """The images as the matrices see them; outside there is what lies at the border."""
    grid = functional.affine_grid(matrices.to(images.device), list(images.shape), align_corners=False)
    padding = "border" if mode == "bilinear" else "zeros"
    return functional.grid_sample(images, grid, mode=mode, padding_mode=padding, align_corners=False)


def lit(images: Tensor, rng: np.random.Generator) -> Tensor:
    """Contrast and brightness changed a little."""
    count = len(images)
    gain = torch.from_numpy(rng.uniform(0.8, 1.25, (count, 1, 1, 1)).astype(np.float32))
    shift = torch.from_numpy(rng.uniform(-0.1, 0.1, (count, 1, 1, 1)).astype(np.float32))
    return ((images - 0.5) * gain.to(images.device) + 0.5 + shift.to(images.device)).clamp(0, 1)


def seen_boxes(boxes: Array, matrix: Array) -> Array:
    """Boxes (x1, y1, x2, y2) in shares of the canvas, where a view shows them; may lie outside 0..1."""
    scale, shift = np.array([matrix[0, 0], matrix[1, 1]]), matrix[:, 2]
    corners = boxes.reshape(-1, 2, 2) * 2 - 1
    there = ((corners - shift) / scale + 1) / 2
    return np.concatenate([there.min(1), there.max(1)], 1)


def indices_of(labels: Sequence[str], known: Sequence[str]) -> list[int]:
    """Where labels stand among those known."""
    places = {label: index for index, label in enumerate(known)}
    return [places[label] for label in labels]
