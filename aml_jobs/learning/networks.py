"""The one loop that trains every network, and what they share.

A batch is drawn from the seed and the step alone, so a run that was killed goes on as if it had not been.
"""

import math
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from learning.errors import Unusable
from learning.learner import Array, Found, Steps
from learning.material import Material
from learning.settings import Settings
from learning.task import Task

Batch = dict[str, Any]
WARM_UP = 0.1
"""The share of the steps in which the learning rate rises."""


@dataclass(frozen=True)
class Plan:
    """How long, how many at a time, how fast; what a Settings leaves open."""

    steps: int
    batch: int
    lr: float
    decay: float = 0.05


class Network(ABC):
    """A learner that is a network with transformers' trunk. Its modules have that as `trunk`."""

    plan: Plan

    def __init__(self, task: Task, settings: Settings, canvas: tuple[int, int]) -> None:
        self.task, self.settings, self.canvas = task, settings, canvas
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")

    @abstractmethod
    def build(self, folder: Path | None) -> nn.Module:
        """A module with fresh heads on what there is to start from; or one like a folder's, to be filled."""

    @abstractmethod
    def batch(self, material: Material, indices: Sequence[int], rng: np.random.Generator | None) -> Batch:
        """Inputs of some items; with a generator also their answers, and changed at random."""

    @abstractmethod
    def loss(self, module: nn.Module, batch: Batch) -> Tensor:
        """What is to become less."""

    @abstractmethod
    def outputs(self, module: nn.Module, batch: Batch) -> Any:
        """What the module says of a batch, in float32 on the CPU."""

    @abstractmethod
    def decode(self, outputs: Sequence[Any], seen: Material) -> list[Found]:
        """What the outputs of several modules for the same items come to."""

    @abstractmethod
    def vectors(self, module: nn.Module, batch: Batch) -> Tensor:
        """The embeddings of a batch: shape (items, dimensions)."""

    def fit(self, material: Material, seed: int, steps: Steps) -> nn.Module:
        """A trained module."""
        _seed(seed, 0)
        module = self.untrained()
        plan = self.planned()
        optimizer = torch.optim.AdamW(module.parameters(), lr=plan.lr, weight_decay=plan.decay)
        done = _resume(module, optimizer, steps.kept())
        module.train()
        for step in range(done, plan.steps):
            rng = _seed(seed, step + 1)
            for group in optimizer.param_groups:
                group["lr"] = plan.lr * pace(step, plan.steps)
            with self.autocast(training=True):
                loss = self.loss(module, self.moved(self.batch(material, self._drawn(material, rng), rng)))
            if not math.isfinite(value := float(loss.detach())):
                raise Unusable(f"the loss is {value} at step {step + 1}: try a lower --lr than {plan.lr:g}.")
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(module.parameters(), 5.0)
            optimizer.step()
            if (step + 1) % self.settings.every == 0 and step + 1 < plan.steps:
                states = {"module": module.state_dict(), "optimizer": optimizer.state_dict()}
                steps.keep({"step": step + 1, **states})
            steps.at(step + 1, plan.steps, value)
        return module.eval()

    def untrained(self) -> nn.Module:
        """A module with what the base has learned, and fresh heads."""
        module = self.ready(self.build(None))
        warm_start(module, self.settings.base)
        return module

    def predict(self, models: Sequence[nn.Module], material: Material) -> list[Found]:
        """What the modules say together."""
        found: list[Found] = []
        for indices in self._chunks(len(material)):
            batch = self.moved(self.batch(material, indices, None))
            with torch.inference_mode(), self.autocast():
                outputs = [self.outputs(model, batch) for model in models]
            found += self.decode(outputs, material.take(indices))
        return found

    def embed(self, model: nn.Module, material: Material) -> Array:
        """The embeddings of one module."""
        parts: list[Array] = []
        for indices in self._chunks(len(material)):
            batch = self.moved(self.batch(material, indices, None))
            with torch.inference_mode(), self.autocast():
                parts.append(self.vectors(model, batch).float().cpu().numpy())
        return np.concatenate(parts) if parts else np.zeros((0, 0), np.float32)

    def save(self, model: nn.Module, folder: Path) -> None:
        """The trunk's configuration as transformers keeps it, and all weights."""
        trunk: Any = model.trunk
        trunk.config.save_pretrained(folder)
        # Weights that modules share, or that are views of a larger tensor, are each kept whole.
        weights = {name: one.detach().cpu().clone().contiguous() for name, one in model.state_dict().items()}
        save_file(weights, str(folder / "model.safetensors"))
        self.save_inputs(folder)

    @abstractmethod
    def save_inputs(self, folder: Path) -> None:
        """Put what inputs are made with beside the weights."""

    def load(self, folder: Path) -> nn.Module:
        """A module that was saved."""
        module = self.build(folder)
        module.load_state_dict(load_file(str(folder / "model.safetensors")))
        return self.ready(module).eval()

    def planned(self) -> Plan:
        """The plan with what the settings ask for."""
        asked = self.settings
        return Plan(
            asked.steps or self.plan.steps,
            asked.batch or self.plan.batch,
            asked.lr or self.plan.lr,
            self.plan.decay,
        )

    def ready(self, module: nn.Module) -> nn.Module:
        """On its device, in the memory layout that convolutions like."""
        module = module.to(self.device)
        return module if self.task.is_text else module.to(memory_format=torch.channels_last)

    def moved(self, batch: Batch) -> Batch:
        """The batch where the module is."""
        return {name: _moved(value, self.device) for name, value in batch.items()}

    def autocast(self, training: bool = False) -> Any:
        """bf16 on a GPU, and in training on a CPU that multiplies it by itself: a third less time."""
        wanted = training and bf16_on_cpu() if self.device.type == "cpu" else True
        return torch.autocast(self.device.type, torch.bfloat16) if wanted else nullcontext()

    def _drawn(self, material: Material, rng: np.random.Generator) -> list[int]:
        """As many as a batch has, none twice if there are enough."""
        size = self.planned().batch
        return [int(index) for index in rng.choice(len(material), size, replace=len(material) < size)]

    def _chunks(self, count: int) -> Iterator[list[int]]:
        size = self.planned().batch * (4 if self.device.type == "cuda" else 1)
        for first in range(0, count, size):
            yield list(range(first, min(first + size, count)))


def bf16_on_cpu() -> bool:
    """Whether this machine's processor has instructions for bf16; elsewhere that is slow."""
    known = torch.cpu.get_capabilities()
    return bool(known.get("avx512_bf16") or known.get("amx_bf16"))


def pace(step: int, steps: int) -> float:
    """The share of the learning rate at a step: up, then down a cosine (Loshchilov and Hutter, 2017)."""
    warm = max(1, round(steps * WARM_UP))
    if step < warm:
        return (step + 1) / warm
    return 0.5 * (1 + math.cos(math.pi * (step - warm) / max(1, steps - warm)))


def own_model(base: str | None) -> Path | None:
    """The first fold's folder, if a base is the `model` folder of an earlier run."""
    folder = Path(base) / "fold-0" if base else None
    return folder if folder and (folder / "model.safetensors").is_file() else None


def start(auto: Any, base: str, **options: Any) -> Any:
    """What transformers' `auto` class makes of a base; of an earlier run's model, the architecture alone."""
    from transformers import AutoConfig

    try:
        if folder := own_model(base):
            config = AutoConfig.from_pretrained(folder, **options)
            return auto.from_config(config) if hasattr(auto, "from_config") else auto(config)
        return auto.from_pretrained(base, ignore_mismatched_sizes=True, dtype=torch.float32, **options)
    except (OSError, ValueError, KeyError) as why:
        raise Unusable(f"nothing can start from {base!r}: {str(why)[:600]}") from None


def warm_start(module: nn.Module, base: str | None) -> None:
    """Take the weights that fit from an earlier run's model; heads for other labels stay fresh."""
    if folder := own_model(base):
        mine: Mapping[str, Tensor] = module.state_dict()
        theirs = load_file(str(folder / "model.safetensors"))
        sizes = {name: value.shape for name, value in mine.items()}
        fitting = {name: value for name, value in theirs.items() if sizes.get(name) == value.shape}
        module.load_state_dict(fitting, strict=False)


def _seed(seed: int, step: int) -> np.random.Generator:
    sequence = np.random.SeedSequence([seed, step])
    torch.manual_seed(int(sequence.generate_state(1)[0]))
    return np.random.default_rng(sequence)


def _resume(module: nn.Module, optimizer: torch.optim.Optimizer, state: dict[str, Any] | None) -> int:
    if state is None:
        return 0
    module.load_state_dict(state["module"])
    optimizer.load_state_dict(state["optimizer"])
    return int(state["step"])


def _moved(value: Any, device: torch.device) -> Any:
    if isinstance(value, Tensor):
        if value.ndim == 4:
            return value.to(device, memory_format=torch.channels_last, non_blocking=True)
        return value.to(device, non_blocking=True)
    if isinstance(value, list):
        return [{name: _moved(one, device) for name, one in target.items()} for target in value]
    return value
