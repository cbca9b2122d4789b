"""The learning job, run on pictures and texts made on the spot."""

import io
import json
import os
import random
import subprocess
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from jsonschema import Draft202012Validator
from PIL import Image, ImageDraw
from pycocotools import mask
from referencing import Registry, Resource

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "aml_jobs"
PYTHON = ROOT / ".venv-assist" / "bin" / "python"
QUICK = ("--steps", "4", "--batch", "4", "--size", "64", "--folds", "2")


def environment() -> dict[str, str]:
    """One thread, and no network to fall back on."""
    return os.environ | {"OMP_NUM_THREADS": "1", "HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}


def command(*arguments: str | Path) -> list[str]:
    """What starts the job. It needs what `make jobs` installs."""
    return [str(PYTHON), str(FOLDER / "assist.py"), *map(str, arguments)]


def run_cold(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the job to its end, in a process that has imported nothing yet, as its users do."""
    return subprocess.run(  # noqa: S603  our own code
        command(*arguments), capture_output=True, text=True, check=False, env=environment()
    )


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The same in a fork of a process that has imported the libraries, which take most of a run's time."""
    server = _warm()
    assert server.stdin is not None
    assert server.stdout is not None
    with tempfile.TemporaryDirectory() as folder:
        output, errors = Path(folder) / "output", Path(folder) / "errors"
        words = [str(word) for word in arguments]
        asked = {"arguments": words, "output": str(output), "errors": str(errors)}
        server.stdin.write(json.dumps(asked) + "\n")
        server.stdin.flush()
        status = int(server.stdout.readline())
        return subprocess.CompletedProcess(words, status, output.read_text(), errors.read_text())


@cache
def _warm() -> subprocess.Popen[str]:
    """The process that forks; it ends when its input does, with this one."""
    return subprocess.Popen(  # noqa: S603  our own code
        [PYTHON, Path(__file__).with_name("warm.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment(),
    )


def succeed(*arguments: str | Path) -> str:
    """What a run prints that has to succeed."""
    done = run(*arguments)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    return done.stdout


class Work:
    """A folder with a task, its items and their files, and a folder for what is made of them."""

    def __init__(
        self, folder: Path, kind: str, labels: Sequence[str], items: Iterable[Mapping[str, Any]]
    ) -> None:
        self.data, self.out = folder, folder / "out"
        self.task, self.items = folder / "task.json", folder / "items.jsonl"
        folder.mkdir(exist_ok=True)
        self.task.write_text(json.dumps({"kind": kind, "labels": list(labels)}))
        self.rows = list(items)
        self.items.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in self.rows))

    def arguments(self, out: Path | None = None) -> tuple[str | Path, ...]:
        """What `run` and `train` are told."""
        return "--task", self.task, "--items", self.items, "--data", self.data, "--out", out or self.out


def lines(file: Path) -> list[Any]:
    """JSON lines."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def complaints(name: str, value: Any) -> list[str]:
    """What the schema of that name has against a value."""
    files = {file.name: json.loads(file.read_text("utf-8")) for file in FOLDER.glob("*.schema.json")}
    registry: Any = Registry().with_resources(
        [(uri, Resource.from_contents(found)) for uri, found in files.items()]
    )
    validator = Draft202012Validator(files[f"{name}.schema.json"], registry=registry)
    return [error.message for error in validator.iter_errors(value)]


def obeys(work: Work) -> None:
    """What a run wrote is what the schemas say, for every item and for no other."""
    ids = [row["id"] for row in work.rows]
    answered = {row["id"] for row in work.rows if row.get("answer")}
    for name in ("predictions", "crossfit", "doubts"):
        for row in lines(work.out / f"{name}.jsonl"):
            assert complaints(name, row) == []
    metrics = json.loads((work.out / "metrics.json").read_text())
    assert complaints("metrics", metrics) == []
    readable = [name for name in ids if name not in metrics["unreadable"]]
    assert [row["id"] for row in lines(work.out / "predictions.jsonl")] == readable
    for name in ("crossfit", "doubts"):
        assert {row["id"] for row in lines(work.out / f"{name}.jsonl")} == answered & set(readable)
    assert json.loads((work.out / "ids.json").read_text()) == readable
    vectors = np.load(work.out / "embeddings.npy")
    assert vectors.dtype == np.float16
    assert len(vectors) == len(readable)
    assert np.isfinite(vectors).all()


def disc(label: str, seed: int, size: tuple[int, int] = (96, 64)) -> tuple[Image.Image, tuple[float, ...]]:
    """A picture of a red or blue disc, and the box around it: x, y, width, height."""
    dice = random.Random(seed)
    picture = Image.new("RGB", size, (230, 230, 230))
    radius = dice.randint(9, 14)
    x, y = dice.randint(radius, size[0] - radius), dice.randint(radius, size[1] - radius)
    colour = (200, 30, 30) if label == "red" else (30, 30, 200)
    ImageDraw.Draw(picture).ellipse((x - radius, y - radius, x + radius - 1, y + radius - 1), fill=colour)
    return picture, (x - radius, y - radius, 2 * radius, 2 * radius)


def answer_of(kind: str, label: str, box: Sequence[float], size: tuple[int, int]) -> dict[str, Any]:
    """A disc as an answer of an image kind."""
    x, y, width, height = box
    corners = [x, y, x + width, y, x + width, y + height, x, y + height]
    if kind == "object_detection":
        return {"boxes": [{"label": label, "x": x, "y": y, "width": width, "height": height}]}
    if kind == "instance_segmentation":
        return {"polygons": [{"label": label, "parts": [corners], "holes": []}]}
    if kind == "semantic_segmentation":
        bitmap = np.zeros(size[::-1], np.uint8, order="F")
        bitmap[int(y) : int(y + height), int(x) : int(x + width)] = 1
        rle = mask.encode(bitmap)
        return {
            "masks": [{"label": label, "rle": {"size": list(rle["size"]), "counts": rle["counts"].decode()}}]
        }
    return {"labels": [label]}


def pictures(folder: Path, kind: str, answered: int = 12, rest: int = 4) -> Work:
    """Discs, half of them red, with answers of a kind."""
    folder.mkdir(exist_ok=True)
    rows = []
    for number in range(answered + rest):
        label = ("red", "blue")[number % 2]
        picture, box = disc(label, number)
        picture.save(folder / f"{number}.png")
        answer = answer_of(kind, label, box, picture.size) if number < answered else None
        rows.append({"id": f"i{number}", "path": f"{number}.png", "answer": answer})
    return Work(folder, kind, ("red", "blue"), rows)


PLACES = ("Köln", "Łódź", "東京", "İzmir")


def texts(folder: Path, kind: str, answered: int = 16, rest: int = 4) -> Work:
    """Sentences about places and fruit, with answers of a kind."""
    rows = []
    for number in range(answered + rest):
        place = PLACES[number % 4]
        about = ("place", "fruit")[number % 2]
        text = (
            f"{number} 🍋 we went to {place} today" if about == "place" else f"{number} ripe plums and pears"
        )
        start = text.find(place)
        spans = [{"label": "place", "start": start, "end": start + len(place)}] if start >= 0 else []
        answer = {"spans": spans} if kind == "text_ner" else {"labels": [about]}
        rows.append({"id": f"t{number}", "text": text, "answer": answer if number < answered else None})
    return Work(folder, kind, ("place", "fruit"), rows)


def png(picture: Image.Image) -> bytes:
    """Its bytes."""
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()
