"""Entities without anything to start from: an averaged perceptron that tags word after word.

Collins (2002), "Discriminative Training Methods for Hidden Markov Models", section 2.5: the weights are the
mean over all steps. What it sees of a word and its neighbours are shapes and affixes, of no one language.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file

from learning.learner import Array, Found, Steps
from learning.material import Material
from learning.settings import Settings
from learning.task import Task
from learning.words import Word, spans_of, tags_of, words_of

EPOCHS = 12
_DIMENSIONS = 64
_RUNS = re.compile(r"(.)\1+")


@dataclass(frozen=True)
class Perceptron:
    """The row of each feature in `weights`, of shape (features, tags), and what a score is divided by."""

    features: Mapping[str, int]
    weights: Array
    temperature: float


class PerceptronSpans:
    """Spans of texts."""

    canvas = (0, 0)

    def __init__(self, task: Task, settings: Settings) -> None:
        self.task, self.settings = task, settings
        self.tags = 2 * len(task.labels) + 1

    def fit(self, material: Material, seed: int, steps: Steps) -> Perceptron:
        """See Learner."""
        features: dict[str, int] = {}
        texts = []
        for text, item in zip(material.texts, material.items, strict=True):
            words = words_of(text)
            tags = tags_of([word[1:] for word in words], (item.answer or {})["spans"], self.task.labels)
            rows = [[features.setdefault(name, len(features)) for name in names] for names in seen_of(words)]
            texts.append((rows, tags))
        before = [features.setdefault(f"before={tag}", len(features)) for tag in range(self.tags)]
        now = np.zeros((len(features), self.tags), np.float32)
        total = np.zeros_like(now)
        since = np.zeros(len(features), np.int64)
        step, epochs, rng = 0, self.settings.steps or EPOCHS, np.random.default_rng(seed)
        for epoch in range(epochs):
            wrong = 0
            for index in rng.permutation(len(texts)):
                last = 0
                for row, tag in zip(*texts[int(index)], strict=True):
                    step += 1
                    ids = np.array([*row, before[last]])
                    guess = int(now[ids].sum(0).argmax())
                    if guess != tag:
                        total[ids] += (step - since[ids])[:, None] * now[ids]
                        since[ids] = step
                        now[ids, tag] += 1
                        now[ids, guess] -= 1
                        wrong += 1
                    last = guess
            steps.at(epoch + 1, epochs, wrong / max(1, step / (epoch + 1)))
        total += (step + 1 - since)[:, None] * now
        weights = total / max(1, step)
        used = np.flatnonzero(np.abs(weights).any(1))
        names = list(features)
        kept = {names[int(old)]: new for new, old in enumerate(used)}
        return Perceptron(kept, weights[used], _temperature(weights, texts, before))

    def predict(self, models: Sequence[Perceptron], material: Material) -> list[Found]:
        """See Learner."""
        return [self._found(models, words_of(text)) for text in material.texts]

    def embed(self, _: Perceptron, material: Material) -> Array:
        """See Learner: features hashed to signs, in the mean (Weinberger et al., 2009, "Feature Hashing")."""
        from sklearn.feature_extraction import FeatureHasher

        names = [[name for names in seen_of(words_of(text)) for name in names] for text in material.texts]
        rows = FeatureHasher(_DIMENSIONS, input_type="string").transform(names).toarray()
        return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), np.float32)

    def save(self, model: Perceptron, folder: Path) -> None:
        """See Learner: weights in `model.safetensors`, the names of their rows in `features.json`."""
        temperature = np.array([model.temperature], np.float32)
        save_file({"weights": model.weights, "temperature": temperature}, folder / "model.safetensors")
        names = json.dumps(list(model.features), ensure_ascii=False)
        (folder / "features.json").write_text(names, encoding="utf-8")

    def load(self, folder: Path) -> Perceptron:
        """See Learner."""
        found = load_file(folder / "model.safetensors")
        names = json.loads((folder / "features.json").read_text(encoding="utf-8"))
        features = {name: row for row, name in enumerate(names)}
        return Perceptron(features, found["weights"], float(found["temperature"][0]))

    def _found(self, models: Sequence[Perceptron], words: Sequence[Word]) -> Found:
        tags: list[int] = []
        sure: list[float] = []
        for names in seen_of(words):
            names.append(f"before={tags[-1] if tags else 0}")
            share = np.mean([self._shares(model, names) for model in models], 0)
            tags.append(int(share.argmax()))
            sure.append(float(share.max()))
        spans, scores = spans_of([word[1:] for word in words], tags, sure, self.task.labels)
        return Found({"spans": spans}, min(sure, default=1.0), scores)

    def _shares(self, model: Perceptron, names: Sequence[str]) -> Array:
        rows = [model.features[name] for name in names if name in model.features]
        scores = model.weights[rows].sum(0) / model.temperature
        shares = np.exp(scores - scores.max())
        return np.asarray(shares / shares.sum())


def seen_of(words: Sequence[Word]) -> list[list[str]]:
    """What is seen of each word: itself, its shape and affixes, and its neighbours."""
    low = [word.text.lower() for word in words]
    shapes = [shape_of(word.text) for word in words]
    found = []
    for index, (text, shape) in enumerate(zip(low, shapes, strict=True)):
        seen = ["bias", f"word={text}", f"shape={shape}", f"short={_RUNS.sub(chr(92) + '1', shape)}"]
        seen += [f"start={text[:size]}" for size in (1, 2, 3) if len(text) > size]
        seen += [f"end={text[-size:]}" for size in (1, 2, 3, 4) if len(text) > size]
        for away in (-2, -1, 1, 2):
            there = index + away
            inside = 0 <= there < len(words)
            seen.append(f"{away}={low[there] if inside else ''}")
            seen.append(f"{away}shape={_RUNS.sub(chr(92) + '1', shapes[there]) if inside else ''}")
        seen.append(f"pair={low[index - 1] if index else ''} {text}")
        found.append(seen)
    return found


def shape_of(text: str) -> str:
    """Its characters by sort: X upper case, x lower, d digit, c a letter without case, others as they are."""
    return "".join(
        "d"
        if one.isdigit()
        else "X"
        if one.isupper()
        else "x"
        if one.islower()
        else "c"
        if one.isalpha()
        else one
        for one in text[:12]
    )


def _temperature(
    weights: Array, texts: Sequence[tuple[list[list[int]], list[int]]], before: Sequence[int]
) -> float:
    """The mean distance of the best tag's score from the next one's."""
    margins = []
    for rows, tags in texts[:300]:
        for row, last in zip(rows, [0, *tags], strict=False):
            scores = np.sort(weights[[*row, before[last]]].sum(0))
            margins.append(scores[-1] - scores[-2])
    return max(float(np.mean(margins)) / 3, 1e-6) if margins else 1.0
