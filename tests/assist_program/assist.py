"""A stand-in for aml_jobs/assist.py, with the same arguments and files, that says what its data tell it to.

It is what runs where training starts from a base `stand-in/...`, and what predicts with a model made so. All
else goes to the real program. It needs no more than the standard library; for images, Pillow and numpy.

The last two words of a text are what is predicted of it, and how surely, 0..1. An image says the label of
the channel that is brightest, red the first one, and is as sure as that is bright. What is answered is
predicted as it was answered: cross-fitting shows no error.

After `stand-in/` comes what goes wrong:

    right    nothing
    frank    nothing; but cross-fitting says of answered items what their data say, and doubts other answers
    wait     nothing, once there is a file `go` in the folder of what it writes
    fail     it ends with code 3
    nan      a confidence is no number
    unknown  an item that nobody knows is predicted
    half     predictions.jsonl ends in the middle of a line
"""

import argparse
import json
import os
import sys
import time
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

REAL = Path(__file__).resolve().parents[2] / "aml_jobs" / "assist.py"
NAME = "stand-in"
PAUSE_SECONDS = 0.05

Row = dict[str, Any]


def main() -> None:
    """Run as the command line says, or be the real program."""
    asked = _asked()
    kind = _kind_of(asked)
    if kind is None:
        os.execv(sys.executable, [sys.executable, str(REAL), *sys.argv[1:]])  # noqa: S606 -- our own program
    _tell("progress 0.10 the stand-in runs")
    if kind == "fail":
        sys.exit(3)
    while kind == "wait" and not (asked.out / "go").exists():
        time.sleep(PAUSE_SECONDS)
    items = [json.loads(line) for line in asked.items.read_text().splitlines()]
    _write(asked, items, kind)
    _tell(f"done {len(items)} predictions")


def _asked() -> argparse.Namespace:
    asked = argparse.ArgumentParser()
    asked.add_argument("verb")
    for name in ("--task", "--items", "--data", "--out", "--model"):
        asked.add_argument(name, type=Path)
    asked.add_argument("--base")
    return asked.parse_known_args()[0]


def _kind_of(asked: argparse.Namespace) -> str | None:
    """What goes wrong; None: this is for the real program."""
    base = asked.base or ""
    if asked.model and (asked.model / NAME).exists():
        base = (asked.model / NAME).read_text()
    before, _, kind = str(base).partition("/")
    return kind if before == NAME else None


def _write(asked: argparse.Namespace, items: Sequence[Row], kind: str) -> None:
    labels: list[str] = []
    if asked.task:
        labels = json.loads(asked.task.read_text())["labels"]
        (asked.out / "model").mkdir(exist_ok=True)
        (asked.out / "model" / NAME).write_text(asked.base)
        (asked.out / "model" / "labels.json").write_text(json.dumps(labels))
        with zipfile.ZipFile(asked.out / "model.zip", "w") as packed:
            packed.writestr(NAME, asked.base)
    else:
        labels = json.loads((asked.model / "labels.json").read_text())
    said = [_said(item, labels, asked.data) for item in items]
    crossfitted = [_frankly(item, labels, asked.data) for item in items] if kind == "frank" else said
    answered = [row for row, item in zip(crossfitted, items, strict=True) if item["answer"]]
    if asked.data:
        _write_embeddings(asked.out, items, asked.data)
    _write_lines(asked.out / "crossfit.jsonl", ({**row, "fold": 0} for row in answered))
    given = [item["answer"]["labels"][0] for item in items if item["answer"]]
    pairs = [(label, row["answer"]["labels"][0]) for label, row in zip(given, answered, strict=True)]
    doubted = [row for row, (label, found) in zip(answered, pairs, strict=True) if label != found]
    _write_lines(asked.out / "doubts.jsonl", map(_doubt, sorted(doubted, key=lambda row: -row["confidence"])))
    overall = _figures(pairs, labels) if pairs else {}
    metrics = {"overall": overall, "unreadable": {}, "seconds": 0.5}
    (asked.out / "metrics.json").write_text(json.dumps(metrics))
    _write_predictions(asked.out / "predictions.jsonl", said, kind)


def _write_predictions(file: Path, said: list[Row], kind: str) -> None:
    if kind == "nan":
        said[-1] = {**said[-1], "confidence": float("nan")}
    if kind == "unknown":
        said[-1] = {**said[-1], "id": "9999-0999"}
    _write_lines(file, said)
    if kind == "half":
        data = file.read_bytes()
        middle = data.index(b"\n", len(data) // 2) + 30
        file.write_bytes(data[:middle])


def _doubt(row: Row) -> Row:
    return {"id": row["id"], "doubt": row["confidence"], "suggested": row["answer"]}


def _figures(pairs: Sequence[tuple[str, str]], labels: Sequence[str]) -> Row:
    """How well labels were found, from each given label and the one that was found."""
    by_label, confusion = {}, {}
    for label in labels:
        given = sum(label == one for one, _ in pairs)
        found = sum(label == one for _, one in pairs)
        right = sum(label == one == other for one, other in pairs)
        precision, recall = right / max(1, found), right / max(1, given)
        f1 = 2 * right / max(1, given + found)
        shares = {"precision": precision, "recall": recall, "f1": f1}
        by_label[label] = {"given": given, "found": found, "right": right, **shares}
        confusion[label] = {other: pairs.count((label, other)) for other in labels}
    accuracy = sum(one == other for one, other in pairs) / len(pairs)
    return {"accuracy": accuracy, "by_label": by_label, "confusion": confusion}


def _frankly(item: Row, labels: Sequence[str], data: Path | None) -> Row:
    """What the data say, whatever the answer is."""
    return _said({**item, "answer": None}, labels, data)


def _said(item: Row, labels: Sequence[str], data: Path | None) -> Row:
    says, sure = _of_image(data / item["path"], labels) if data else _of_text(item["text"])
    answer = item["answer"] or {"labels": [says]}
    return {"id": item["id"], "answer": {"labels": answer["labels"]}, "confidence": sure}


def _of_text(text: str) -> tuple[str, float]:
    *_, says, sure = text.split()
    return says, float(sure)


def _of_image(file: Path, labels: Sequence[str]) -> tuple[str, float]:
    colour = _colour(file)
    brightest = max(range(3), key=lambda channel: colour[channel])
    return labels[brightest % len(labels)], colour[brightest]


def _colour(file: Path) -> list[float]:
    """Red, green and blue of an image on the whole, 0..1."""
    import numpy as np
    from PIL import Image

    with Image.open(file) as image:
        found: list[float] = (np.asarray(image.convert("RGB")).mean((0, 1)) / 255).tolist()
    return found


def _write_embeddings(out: Path, items: Sequence[Row], data: Path) -> None:
    import numpy as np

    np.save(out / "embeddings.npy", np.array([_colour(data / item["path"]) for item in items], np.float32))
    (out / "ids.json").write_text(json.dumps([item["id"] for item in items]))


def _write_lines(file: Path, rows: Iterable[Row]) -> None:
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
