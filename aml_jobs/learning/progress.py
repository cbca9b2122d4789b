"""Lines on standard output that tell how far a run is, and the checkpoint it goes on from."""

import time
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

from learning.files import write_state

TRAINING = 0.8
"""The share of a run that is training."""
_SECONDS = 1.0
"""Between two lines."""


class Progress:
    """How far a run is: `progress 0.42 fold 2/3 step 120/300 loss 0.31`."""

    def __init__(self, folds: int, training: float = TRAINING) -> None:
        self.folds, self.training, self._said = folds, training, 0.0

    def trained(self, fold: int, step: int, steps: int, loss: float) -> None:
        """`fold` counts from 0."""
        share = self.training * (fold + step / steps) / self.folds
        self._say(share, f"fold {fold + 1}/{self.folds} step {step}/{steps} loss {loss:.4g}", step == steps)

    def predicted(self, done: int, total: int) -> None:
        """So many of all items have predictions."""
        share = self.training + (1 - self.training) * done / total
        self._say(share, f"predict {done}/{total}", done == total)

    def _say(self, share: float, what: str, anyhow: bool) -> None:
        if anyhow or time.monotonic() - self._said >= _SECONDS:
            self._said = time.monotonic()
            print(f"progress {share:.2f} {what}", flush=True)


class FoldSteps:
    """The Steps of one fold; its states go to the checkpoint."""

    def __init__(self, progress: Progress, checkpoint: Path, fold: int) -> None:
        self.progress, self.checkpoint, self.fold = progress, checkpoint, fold

    def at(self, step: int, steps: int, loss: float) -> None:
        """See Steps."""
        self.progress.trained(self.fold, step, steps, loss)

    def keep(self, state: dict[str, Any]) -> None:
        """See Steps."""
        write_state(self.checkpoint, {"fold": self.fold, **state})

    def kept(self) -> dict[str, Any] | None:
        """See Steps."""
        import torch

        if not self.checkpoint.is_file():
            return None
        try:
            state: dict[str, Any] = torch.load(self.checkpoint, map_location="cpu", weights_only=True)
        except (EOFError, OSError, RuntimeError, UnpicklingError) as why:
            print(f"The checkpoint cannot be read, and the fold begins anew: {why}", flush=True)
            return None
        return state if state["fold"] == self.fold else None
