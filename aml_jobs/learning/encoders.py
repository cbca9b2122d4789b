"""Texts with a base: transformers' encoders for classes of texts and for tags of words.

A text of more than TOKENS tokens is read in windows that overlap by a quarter; classes are the mean over
windows, and of a token that two windows see, what the one says in which it lies further from the edge.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from learning.errors import Unusable
from learning.image_networks import indices_of
from learning.learner import Found
from learning.material import Material
from learning.networks import Batch, Network, Plan, own_model, start
from learning.probabilities import found_classes
from learning.settings import Settings
from learning.task import ONE_CLASS, Task
from learning.words import spans_of, tags_of

TOKENS = 256
"""A window has at most so many tokens."""

FROM_BASE = Plan(steps=500, batch=16, lr=5e-5, decay=0.01)
_IGNORED = -100


class Encoder(nn.Module):
    """A trunk and a linear head on its tokens, or on their mean."""

    def __init__(self, trunk: Any, outputs: int, by_token: bool) -> None:
        super().__init__()
        self.trunk, self.by_token = trunk, by_token
        self.head = nn.Linear(trunk.config.hidden_size, outputs)

    def tokens(self, inputs: Mapping[str, Tensor]) -> Tensor:
        """Of shape (windows, tokens, width)."""
        return self.trunk(**inputs).last_hidden_state

    def means(self, inputs: Mapping[str, Tensor]) -> Tensor:
        """Of shape (windows, width)."""
        mask = inputs["attention_mask"].unsqueeze(2)
        return (self.tokens(inputs) * mask).sum(1) / mask.sum(1).clamp(min=1)

    def forward(self, inputs: Mapping[str, Tensor]) -> Tensor:
        """Logits."""
        return self.head(self.tokens(inputs) if self.by_token else self.means(inputs))


class TextNetwork(Network):
    """What both learners of texts share."""

    plan = FROM_BASE
    by_token = False

    def __init__(self, task: Task, settings: Settings) -> None:
        super().__init__(task, settings, (0, 0))
        self.tokenizer: Any = None

    @property
    def classes(self) -> int:
        """How many logits there are for a text or a token."""
        return len(self.task.labels)

    def build(self, folder: Path | None) -> nn.Module:
        """See Network."""
        from transformers import AutoConfig, AutoModel, AutoTokenizer

        base = self.settings.base or ""
        own = own_model(base)
        try:
            self.tokenizer = AutoTokenizer.from_pretrained(folder or own or base)
        except (OSError, ValueError) as why:
            raise Unusable(f"no tokenizer comes with {base!r}: {str(why)[:400]}") from None
        if not self.tokenizer.is_fast:
            raise Unusable(f"the tokenizer of {base!r} does not tell where tokens are in a text.")
        if self.tokenizer.pad_token is None:
            self.tokenizer.pad_token = self.tokenizer.eos_token or self.tokenizer.unk_token
        trunk = (
            AutoModel.from_config(AutoConfig.from_pretrained(folder)) if folder else start(AutoModel, base)
        )
        return Encoder(trunk, self.classes, self.by_token)

    def save_inputs(self, folder: Path) -> None:
        """The tokenizer, as transformers keeps it."""
        self.tokenizer.save_pretrained(folder)

    def vectors(self, module: nn.Module, batch: Batch) -> Tensor:
        """See Network."""
        seen: Any = module
        return _mean_by(seen.means(_inputs(batch)), batch["owner"], int(batch["texts"]))

    def windows(self, texts: Sequence[str]) -> tuple[Batch, list[list[tuple[int, int]]]]:
        """Inputs of all windows, with `owner`, the text of each; and the places of tokens in their text.

        Places of tokens that stand for no part of the text are empty.
        """
        most = min(TOKENS, self.tokenizer.model_max_length)
        encoded = self.tokenizer(
            list(texts),
            truncation=True,
            max_length=most,
            stride=most // 4,
            return_overflowing_tokens=True,
            padding=True,
            return_offsets_mapping=True,
            return_tensors="pt",
        )
        places = [[(low, high) for low, high in row] for row in encoded.pop("offset_mapping").tolist()]
        owner = encoded.pop("overflow_to_sample_mapping")
        encoded.pop("token_type_ids", None)
        return {**encoded, "owner": owner, "texts": torch.tensor(len(texts))}, places


class TextEncoder(TextNetwork):
    """One or several labels of a whole text."""

    def batch(self, material: Material, indices: Sequence[int], rng: np.random.Generator | None) -> Batch:
        """See Network."""
        batch, _ = self.windows([material.texts[index] for index in indices])
        if rng is None:
            return batch
        targets = torch.zeros(len(indices), self.classes)
        for row, index in enumerate(indices):
            answer = material.items[index].answer or {}
            targets[row, indices_of(answer["labels"], self.task.labels)] = 1
        return {**batch, "targets": targets}

    def loss(self, module: nn.Module, batch: Batch) -> Tensor:
        """See Network."""
        logits = _mean_by(module(_inputs(batch)), batch["owner"], int(batch["texts"]))
        if self.task.kind in ONE_CLASS:
            return functional.cross_entropy(logits, batch["targets"])
        return functional.binary_cross_entropy_with_logits(logits, batch["targets"])

    def outputs(self, module: nn.Module, batch: Batch) -> Any:
        """See Network: probabilities by label."""
        logits = _mean_by(module(_inputs(batch)).float(), batch["owner"], int(batch["texts"]))
        return (logits.softmax(1) if self.task.kind in ONE_CLASS else logits.sigmoid()).cpu()

    def decode(self, outputs: Sequence[Any], _: Material) -> list[Found]:
        """See Network."""
        return found_classes(torch.stack(list(outputs)).mean(0).numpy(), self.task)


class TokenEncoder(TextNetwork):
    """Spans of texts, by tags of tokens."""

    by_token = True

    @property
    def classes(self) -> int:
        """Outside, and begin and inside of each label."""
        return 2 * len(self.task.labels) + 1

    def batch(self, material: Material, indices: Sequence[int], rng: np.random.Generator | None) -> Batch:
        """See Network."""
        batch, places = self.windows([material.texts[index] for index in indices])
        if rng is None:
            return batch
        targets = torch.full(batch["input_ids"].shape, _IGNORED)
        for row, (owner, there) in enumerate(zip(batch["owner"].tolist(), places, strict=True)):
            spans = (material.items[indices[owner]].answer or {})["spans"]
            tags = torch.tensor(tags_of(there, spans, self.task.labels))
            shown = torch.tensor([low < high for low, high in there])
            targets[row, shown] = tags[shown]
        return {**batch, "targets": targets}

    def loss(self, module: nn.Module, batch: Batch) -> Tensor:
        """See Network."""
        logits = module(_inputs(batch))
        return functional.cross_entropy(
            logits.flatten(0, 1).float(), batch["targets"].flatten(), ignore_index=_IGNORED
        )

    def outputs(self, module: nn.Module, batch: Batch) -> Any:
        """See Network: probabilities by tag."""
        return module(_inputs(batch)).float().softmax(2).cpu()

    def decode(self, outputs: Sequence[Any], seen: Material) -> list[Found]:
        """See Network."""
        batch, places = self.windows(seen.texts)
        shares = torch.stack(list(outputs)).mean(0).numpy()
        best: list[dict[tuple[int, int], tuple[int, Any]]] = [{} for _ in seen.texts]
        for owner, there, row in zip(batch["owner"].tolist(), places, shares, strict=True):
            shown = [index for index, (low, high) in enumerate(there) if low < high]
            for rank, index in enumerate(shown):
                edge = min(rank, len(shown) - 1 - rank)
                if edge > best[owner].get(there[index], (-1, None))[0]:
                    best[owner][there[index]] = edge, row[index]
        return [
            self._found(text, {place: row for place, (_, row) in one.items()})
            for text, one in zip(seen.texts, best, strict=True)
        ]

    def _found(self, text: str, rows: Mapping[tuple[int, int], Any]) -> Found:
        """Tags of tokens as spans of the text, without spaces at their ends."""
        places = sorted(rows)
        tags = [int(rows[place].argmax()) for place in places]
        sure = [float(rows[place].max()) for place in places]
        spans, scores = spans_of(places, tags, sure, self.task.labels)
        for span in spans:
            part = text[span["start"] : span["end"]]
            span["start"] += len(part) - len(part.lstrip())
            span["end"] -= len(part) - len(part.rstrip())
        keep = [index for index, span in enumerate(spans) if span["start"] < span["end"]]
        answer = {"spans": [spans[index] for index in keep]}
        return Found(answer, min(sure, default=1.0), [scores[index] for index in keep])


def _inputs(batch: Batch) -> dict[str, Tensor]:
    return {name: batch[name] for name in ("input_ids", "attention_mask")}


def _mean_by(rows: Tensor, owner: Tensor, texts: int) -> Tensor:
    """The mean of each text's rows."""
    total = rows.new_zeros(texts, rows.shape[1]).index_add(0, owner, rows)
    return total / torch.bincount(owner, minlength=texts).clamp(min=1).unsqueeze(1)
