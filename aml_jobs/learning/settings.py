"""How to learn. What is None is chosen by the learner; `--help` says how."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """`base` is a hub id, a folder of transformers, or the `model` folder of an earlier run; None: nothing.

    `size` is the longer side that images are brought to, in pixels. `keep` is the confidence from which
    regions are part of an answer, 0..1; None: where F1 of the cross-fitted ones is best. `every` is the
    number of steps between checkpoints.
    """

    base: str | None = None
    steps: int | None = None
    batch: int | None = None
    lr: float | None = None
    size: int | None = None
    folds: int = 3
    seed: int = 0
    flip: bool = True
    keep: float | None = None
    every: int = 50
    workers: int = 0
