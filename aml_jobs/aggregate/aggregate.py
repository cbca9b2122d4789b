"""Merge the labels that several labelers gave the same items into one answer an item.

    python aggregate.py votes.jsonl --output consensus.jsonl
    python aggregate.py votes.jsonl --output consensus.jsonl --method majority

VOTES is what Tagwerk exports as `votes` (votes.schema.json). OUTPUT has an answer a line
(consensus.schema.json); upload it to the project's datastore and import it as JSON lines, as consensus.
Beside it lies a report (report.schema.json), which is also printed.

dawid-skene estimates how reliable each labeler is for each label, and weighs the votes by that: Dawid and
Skene (1979), "Maximum Likelihood Estimation of Observer Error-Rates Using the EM Algorithm". It beats the
vote where labelers differ in care and each has answered many items; with few, or equally good, ones it does
not.
Answers of several labels are merged label by label. Boxes, polygons, masks and spans are not merged here.

Install what it needs with `pip install -r requirements.txt`. The same votes, options and seed give the same
answers.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from crowdkit.aggregation import DawidSkene, MajorityVote

METHODS = ("dawid-skene", "majority")
ONE_LABEL = ("image_multiclass", "text_multiclass")
SEVERAL_LABELS = ("image_multilabel", "text_multilabel")
ALMOST = 1e-9
"""Probabilities that differ by less are a tie."""


class Vote(NamedTuple):
    """What a labeler says of an item."""

    item: str
    path: str
    kind: str
    labeler: str
    labels: tuple[str, ...]


class Answer(NamedTuple):
    """What the votes for an item come to, and how probable that is, 0..1."""

    labels: tuple[str, ...]
    probability: float


class Fit(NamedTuple):
    """The probability of each label (columns) for each item (rows), and how often each labeler is right."""

    probabilities: pd.DataFrame
    accuracies: Mapping[str, float]


@dataclass(frozen=True)
class Labeler:
    """A labeler, how many votes they cast, and how often they are estimated to be right, 0..1."""

    labeler: str
    votes: int
    accuracy: float


@dataclass(frozen=True)
class Report:
    """What was merged. `undecided` items have no answer; `differ` counts answers that fewer voted for than
    for another."""

    method: str
    kind: str
    items: int
    votes: int
    answers: int
    undecided: int
    differ: int
    labelers: Sequence[Labeler]


class Unusable(Exception):
    """The votes cannot be merged; `str()` says why."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the votes, merge them, write the answers and the report."""
    asked = parser().parse_args(arguments)
    try:
        votes = list(read_votes(asked.votes))
        answers, report = merge(votes, asked.method, asked.iterations, asked.seed)
    except (OSError, Unusable) as why:
        sys.exit(f"{asked.votes}: {why}")
    write_answers(asked.output, votes, answers)
    beside = asked.report or asked.output.with_suffix(".report.json")
    beside.write_text(json.dumps(asdict(report), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(summary(report))


def parser() -> argparse.ArgumentParser:
    """The command line."""
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("votes", type=Path, metavar="VOTES", help="the votes, JSON lines")
    made.add_argument("--output", type=Path, required=True, help="where the answers go, JSON lines")
    made.add_argument("--report", type=Path, help="where the report goes (default: OUTPUT.report.json)")
    made.add_argument("--method", choices=METHODS, default=METHODS[0], help="default: %(default)s")
    made.add_argument("--iterations", type=int, default=100, help="of EM, at most (default: %(default)s)")
    made.add_argument("--seed", type=int, default=0, help="decides ties (default: %(default)s)")
    return made


def read_votes(file: Path) -> Iterator[Vote]:
    """The votes of a file. Raises Unusable, naming the line."""
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.isspace():
                try:
                    yield _vote(json.loads(line))
                except (ValueError, KeyError, TypeError) as why:
                    raise Unusable(f"line {number} is no vote: {why!r}. See votes.schema.json.") from None


def _vote(found: Mapping[str, Any]) -> Vote:
    item, path, kind, labeler = (str(found[field]) for field in ("item", "path", "kind", "labeler"))
    if kind not in (*ONE_LABEL, *SEVERAL_LABELS):
        raise Unusable(
            f"answers of kind {kind} are regions, and this job merges labels only. "
            "Tagwerk merges regions by itself: see docs/agreement.md."
        )
    labels = found["answer"]["labels"]
    if not isinstance(labels, list) or not labels or (kind in ONE_LABEL and len(labels) > 1):
        raise ValueError(f"{labels!r} are no labels of this kind")
    return Vote(item, path, kind, labeler, tuple(map(str, labels)))


def merge(
    votes: Sequence[Vote], method: str, iterations: int, seed: int
) -> tuple[Mapping[str, Answer], Report]:
    """The answer of each item that has one. Raises Unusable for no votes, or those of several projects."""
    kinds = {vote.kind for vote in votes}
    if len(kinds) != 1:
        raise Unusable(f"it has votes of {len(kinds)} kinds, and must have those of one project.")
    kind, newest = kinds.pop(), {(vote.item, vote.labeler): vote for vote in votes}
    once = list(newest.values())
    fit = fit_one if kind in ONE_LABEL else fit_several
    fitted, voted = fit(once, method, iterations), fit(once, "majority", iterations)
    answers, differ = decide(kind, fitted.probabilities, voted.probabilities, seed)
    cast = Counter(vote.labeler for vote in once)
    report = Report(
        method=method,
        kind=kind,
        items=len(fitted.probabilities),
        votes=len(once),
        answers=len(answers),
        undecided=len(fitted.probabilities) - len(answers),
        differ=differ,
        labelers=[Labeler(name, cast[name], fitted.accuracies[name]) for name in sorted(cast)],
    )
    return answers, report


def decide(
    kind: str, probabilities: pd.DataFrame, shares: pd.DataFrame, seed: int
) -> tuple[Mapping[str, Answer], int]:
    """The most probable label of each item, or those more probable than not; and how many of these answers
    the `shares` of the votes contradict. Ties are drawn."""
    p, share = probabilities.to_numpy(), shares.loc[probabilities.index, probabilities.columns].to_numpy()
    drawn = np.random.default_rng(seed).random(p.shape)
    if kind in ONE_LABEL:
        tied = p >= p.max(axis=1, keepdims=True) - ALMOST
        taken = np.zeros(p.shape, bool)
        taken[np.arange(len(p)), np.where(tied, drawn, -1).argmax(axis=1)] = True
        sure = p[taken]
        contradicted = share[taken] < share.max(axis=1) - ALMOST
    else:
        taken = np.where(abs(p - 0.5) < ALMOST, drawn < 0.5, p > 0.5)
        sure = np.where(taken, p, 1 - p).prod(axis=1)
        contradicted = (np.where(taken, share, 1 - share) < 0.5 - ALMOST).any(axis=1)
    names = probabilities.columns.to_numpy()
    answers = {
        item: Answer(tuple(names[has]), min(1.0, float(probability)))
        for item, has, probability in zip(probabilities.index, taken, sure, strict=True)
        if has.any()
    }
    return answers, int((contradicted & taken.any(axis=1)).sum())


def fit_one(votes: Sequence[Vote], method: str, iterations: int) -> Fit:
    """Of the one label of each vote."""
    return fit_labels([(vote.item, vote.labeler, vote.labels[0]) for vote in votes], method, iterations)


def fit_several(votes: Sequence[Vote], method: str, iterations: int) -> Fit:
    """Of each label by itself, as if they were independent; an accuracy is the mean over the labels."""
    fits = {
        label: fit_labels(
            [(vote.item, vote.labeler, "yes" if label in vote.labels else "no") for vote in votes],
            method,
            iterations,
        )
        for label in sorted({label for vote in votes for label in vote.labels})
    }
    accuracies = pd.DataFrame([fit.accuracies for fit in fits.values()]).mean()
    probabilities = pd.DataFrame({label: fit.probabilities["yes"] for label, fit in fits.items()})
    return Fit(probabilities, accuracies.to_dict())


def fit_labels(said: Sequence[tuple[str, str, str]], method: str, iterations: int) -> Fit:
    """Of (item, labeler, label), each labeler at most once an item."""
    data = pd.DataFrame(said, columns=["task", "worker", "label"])
    if method == "majority":
        return _fit_majority(data)
    model = DawidSkene(n_iter=iterations).fit(data)
    accuracies = dict.fromkeys(data.worker.unique(), 0.0)
    for (labeler, label), row in model.errors_.iterrows():
        accuracies[labeler] += float(model.priors_[label] * row[label])
    return Fit(model.probas_, {labeler: min(1.0, accuracy) for labeler, accuracy in accuracies.items()})


def _fit_majority(data: pd.DataFrame) -> Fit:
    """Shares of the votes. A labeler is right who votes with the most."""
    shares = MajorityVote().fit_predict_proba(data)
    rows, columns = shares.index.get_indexer(data.task), shares.columns.get_indexer(data.label)
    right = pd.Series(shares.to_numpy()[rows, columns] >= shares.max(axis=1).to_numpy()[rows] - ALMOST)
    return Fit(shares, right.groupby(data.worker).mean().to_dict())


def write_answers(file: Path, votes: Iterable[Vote], answers: Mapping[str, Answer]) -> None:
    """An answer a line, in the order in which the items were first voted on."""
    first: dict[str, Vote] = {}
    for vote in votes:
        first.setdefault(vote.item, vote)
    with file.open("w", encoding="utf-8") as lines:
        for item, vote in first.items():
            if item in answers:
                labels, probability = answers[item]
                line = {
                    "item": item,
                    "image_url": vote.path,
                    "label": labels[0] if vote.kind in ONE_LABEL else list(labels),
                    "label_confidence": probability,
                }
                lines.write(json.dumps(line, ensure_ascii=False) + "\n")


def summary(report: Report) -> str:
    """The report for a terminal."""
    rows = [f"  {each.labeler}: {each.votes:,} votes, right {each.accuracy:.1%}" for each in report.labelers]
    return "\n".join(
        (
            f"{report.votes:,} votes of {len(report.labelers):,} labelers for {report.items:,} items, "
            f"merged by {report.method}",
            f"{report.answers:,} answers, {report.differ:,} of them not those of the vote; "
            f"{report.undecided:,} items undecided",
            "Labelers, and how often they are estimated to be right:",
            *rows,
        )
    )


if __name__ == "__main__":
    main()
