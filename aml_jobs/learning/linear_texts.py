"""Classes of texts without anything to start from: TF-IDF and logistic regression.

Terms are runs of two to five characters, and of one or two words, which are characters where a language does
not part words: no list of words and no tokenizer, so any language will do (McNamee and Mayfield, 2004,
"Character N-Gram Tokenization for European Language Text Retrieval").
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import load_file, save_file

from learning.learner import Array, Found, Steps
from learning.material import Material
from learning.probabilities import found_classes
from learning.settings import Settings
from learning.task import ONE_CLASS, Task
from learning.words import RUN

DIMENSIONS = 64
_TERMS_MAX = 200_000
_C = 30.0
"""The inverse of how strongly weights are pulled to 0; chosen on AG News."""
_SEEDS = 2**32
"""So many scikit-learn knows."""


@dataclass(frozen=True)
class Linear:
    """`terms` by vectorizer, each term's `idf`, and by label `weights`, a row each, and `biases`.

    `axes` are those of the embedding, shape (terms, dimensions).
    """

    terms: Sequence[Sequence[str]]
    idf: Array
    weights: Array
    biases: Array
    axes: Array


class LinearTexts:
    """One or several labels of a whole text."""

    canvas = (0, 0)

    def __init__(self, task: Task, settings: Settings) -> None:
        self.task, self.settings = task, settings

    def fit(self, material: Material, seed: int, steps: Steps) -> Linear:
        """See Learner."""
        counters = [_counter(analyzer) for analyzer in _ANALYZERS]
        terms = [_fitted(counter, material.texts) for counter in counters]
        idf = _idf(_counts(terms, material.texts))
        rows = _weighted(terms, idf, material.texts)
        weights, biases = self._regress(rows, material)
        steps.at(1, 1, 0.0)
        return Linear(terms, idf, weights, biases, _axes(rows, seed))

    def predict(self, models: Sequence[Linear], material: Material) -> list[Found]:
        """See Learner."""
        if not len(material):
            return []
        return found_classes(
            np.mean([self._probabilities(model, material.texts) for model in models], 0), self.task
        )

    def embed(self, model: Linear, material: Material) -> Array:
        """See Learner."""
        return np.asarray(_weighted(model.terms, model.idf, material.texts) @ model.axes)

    def save(self, model: Linear, folder: Path) -> None:
        """See Learner: numbers in `model.safetensors`, terms in `terms.json`."""
        numbers = {"idf": model.idf, "weights": model.weights, "biases": model.biases, "axes": model.axes}
        save_file(
            {name: np.ascontiguousarray(value) for name, value in numbers.items()},
            folder / "model.safetensors",
        )
        (folder / "terms.json").write_text(json.dumps(model.terms, ensure_ascii=False), encoding="utf-8")

    def load(self, folder: Path) -> Linear:
        """See Learner."""
        terms = json.loads((folder / "terms.json").read_text(encoding="utf-8"))
        return Linear(terms, **load_file(folder / "model.safetensors"))

    def _regress(self, rows: Any, material: Material) -> tuple[Array, Array]:
        """One regression over all labels, or one for each; one that all texts have, or none, is constant."""
        from sklearn.linear_model import LogisticRegression

        labels = self.task.labels
        given = np.array(
            [[label in (item.answer or {})["labels"] for label in labels] for item in material.items]
        )
        weights = np.zeros((len(labels), rows.shape[1]), np.float32)
        share = given.mean(0).clip(1e-4, 1 - 1e-4)
        if self.task.kind not in ONE_CLASS:
            biases = np.log(share / (1 - share)).astype(np.float32)
            for index in np.flatnonzero(given.any(0) & ~given.all(0)):
                fitted = LogisticRegression(C=_C, max_iter=1000).fit(rows, given[:, index])
                weights[index], biases[index] = fitted.coef_[0], fitted.intercept_[0]
            return weights, biases
        present = np.flatnonzero(given.any(0))
        biases = np.where(given.any(0), 0.0, -20.0).astype(np.float32)
        if len(present) > 1:
            fitted = LogisticRegression(C=_C, max_iter=1000).fit(rows, given.argmax(1))
            if len(present) == 2:
                weights[present[1]], biases[present[1]] = fitted.coef_[0], fitted.intercept_[0]
            else:
                weights[present], biases[present] = fitted.coef_, fitted.intercept_
        return weights, biases

    def _probabilities(self, model: Linear, texts: Sequence[str]) -> Array:
        from scipy.special import expit, softmax

        logits = _weighted(model.terms, model.idf, texts) @ model.weights.T + model.biases
        return np.asarray(softmax(logits, 1) if self.task.kind in ONE_CLASS else expit(logits))


_ANALYZERS: Sequence[dict[str, Any]] = (
    {"analyzer": "char_wb", "ngram_range": (2, 5)},
    {"analyzer": "word", "ngram_range": (1, 2), "token_pattern": RUN},
)


def _counter(analyzer: dict[str, Any], terms: Sequence[str] | None = None) -> Any:
    from sklearn.feature_extraction.text import CountVectorizer

    return CountVectorizer(**analyzer, max_features=_TERMS_MAX, vocabulary=terms, dtype=np.float32)


def _fitted(counter: Any, texts: Sequence[str]) -> list[str]:
    """The terms of the texts; of texts without any, one that none has."""
    try:
        return [str(term) for term in counter.fit(texts).get_feature_names_out()]
    except ValueError:
        return ["\x00"]


def _counts(terms: Sequence[Sequence[str]], texts: Sequence[str]) -> list[Any]:
    return [_counter(*one).transform(texts) for one in zip(_ANALYZERS, terms, strict=True)]


def _idf(counts: Sequence[Any]) -> Array:
    """How rare terms are (Spärck Jones, 1972), smoothed."""
    texts = counts[0].shape[0]
    having = np.concatenate([np.bincount(part.indices, minlength=part.shape[1]) for part in counts])
    return np.asarray(np.log((1 + texts) / (1 + having)) + 1, np.float32)


def _weighted(terms: Sequence[Sequence[str]], idf: Array, texts: Sequence[str]) -> Any:
    """Rows of length 1 for each vectorizer: logarithms of counts, times idf."""
    from scipy.sparse import hstack
    from sklearn.preprocessing import normalize

    parts = _counts(terms, texts)
    start = 0
    for number, part in enumerate(parts):
        part.data = (1 + np.log(part.data)).astype(np.float32) * idf[start + part.indices]
        start += part.shape[1]
        parts[number] = normalize(part)
    return hstack(parts, format="csr")


def _axes(rows: Any, seed: int) -> Array:
    """Where texts differ most: latent semantic analysis (Deerwester et al., 1990)."""
    from sklearn.decomposition import TruncatedSVD

    most = min(DIMENSIONS, min(rows.shape) - 1)
    if most < 1:
        return np.ones((rows.shape[1], 1), np.float32)
    return np.asarray(TruncatedSVD(most, random_state=seed % _SEEDS).fit(rows).components_.T, np.float32)
