"""Learn from a few hundred answers, and answer the rest: images and texts, eight kinds of answer.

    python assist.py run --task task.json --items items.jsonl --data FOLDER --out FOLDER
    python assist.py run ... --base facebook/dinov2-small        start from a hub id, a folder, or a model/
    python assist.py predict --model OUT/model --items items.jsonl --data FOLDER --out FOLDER
    python assist.py embed --model OUT/model --items items.jsonl --data FOLDER --out FOLDER
    python assist.py embed --pixels 12 ...                       images by their own pixels, without any model

task.json    {"kind": "image_multiclass", "labels": ["cat", "dog"]}
items.jsonl  {"id": "1", "path": "a.jpg", "answer": {"labels": ["cat"]}}
             {"id": "2", "path": "b.jpg", "answer": null}
             paths are relative to --data; texts may stand in the line as "text". An image may be whatever
             Pillow reads, or DICOM. Coordinates are pixels of the upright (EXIF applied) image.

kinds   image_multiclass, image_multilabel, text_multiclass, text_multilabel    {"labels": [...]}
        object_detection {"boxes": [...]}, instance_segmentation {"polygons": [...]},
        semantic_segmentation {"masks": [...]}, text_ner {"spans": [...]}: see answer.schema.json

OUT gets predictions.jsonl (an answer for every item, by the mean of the models of all folds), crossfit.jsonl
(for every answered item, by the model that did not see it), doubts.jsonl (answers to look at again, the most
doubtful first), embeddings.npy with ids.json, metrics.json, and model/, which model.zip holds as one file.
predictions.jsonl, and embeddings.npy with ids.json, are in the order of items.jsonl, without what cannot be
read. The *.schema.json files beside this program say what is in each.

Without --base it learns from nothing: a small convolutional network for images, linear models for texts of
any language. A base that is an earlier model/ may be of other labels, and on images of another kind: what it
has seen is kept, and heads are new. Linear models are no base; a run says so, and learns anew.

A run that was killed goes on with the same command; the same seed on the same CPU gives the same files.
Images that cannot be read are left out and named in metrics.json.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent))

from learning.errors import Unusable
from learning.items import Item, read_items
from learning.settings import Settings
from learning.task import read_task

if TYPE_CHECKING:
    from learning.models import Ensemble

_DEFAULTS = Settings()


def main(arguments: Sequence[str] | None = None) -> None:
    """Do what is asked; exits with 2 and a sentence where that is not possible."""
    asked = parser().parse_args(arguments)
    _quiet()
    try:
        print(_VERBS[asked.verb](asked), flush=True)
    except Unusable as why:
        print(f"assist.py: {why}", file=sys.stderr, flush=True)
        sys.exit(2)


def parser() -> argparse.ArgumentParser:
    """The command line."""
    made = argparse.ArgumentParser(
        prog="assist.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    verbs = made.add_subparsers(dest="verb", required=True, metavar="VERB")
    for name, what in (
        ("run", "train, judge, predict and embed: everything"),
        ("train", "train and judge; no predictions of other items"),
        ("predict", "predictions by a model that was saved"),
        ("embed", "embeddings by a model that was saved, or by a base"),
    ):
        verb = verbs.add_parser(name, help=what, description=what)
        _add_files(verb, name)
        _add_learning(verb) if name in ("run", "train") else _add_model(verb, name)
        verb.add_argument("--batch", type=_whole, help="items at a time")
        if name != "embed":
            verb.add_argument(
                "--keep", type=_share, help="confidence from which regions are kept (default: best F1)"
            )
        verb.add_argument(
            "--workers", type=int, default=_workers(), help="threads that read images (%(default)s)"
        )
    return made


def _add_files(verb: argparse.ArgumentParser, name: str) -> None:
    if name in ("run", "train"):
        verb.add_argument("--task", type=Path, required=True, help="kind and labels: task.schema.json")
    verb.add_argument("--items", type=Path, required=True, help="JSON lines: items.schema.json")
    verb.add_argument("--data", type=Path, default=Path(), help="the folder that paths are relative to")
    verb.add_argument("--out", type=Path, required=True, help="the folder for what is made; one for each run")


def _add_learning(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--base", help="what to start from: hub id, folder of transformers, or an earlier model/"
    )
    verb.add_argument("--steps", type=_whole, help="batches to train on in each fold (perceptron: epochs)")
    verb.add_argument("--lr", type=float, help="learning rate at its highest")
    verb.add_argument("--size", type=_whole, help="the longer side that images are brought to, in pixels")
    verb.add_argument(
        "--folds", type=_whole, default=_DEFAULTS.folds, help="%(default)s; 1: no cross-fitting"
    )
    verb.add_argument(
        "--seed", type=int, default=_DEFAULTS.seed, help="decides everything random (%(default)s)"
    )
    verb.add_argument(
        "--no-flip", action="store_true", help="mirrored images mean something else: never flip"
    )
    verb.add_argument(
        "--every", type=_whole, default=_DEFAULTS.every, help="steps between checkpoints (%(default)s)"
    )


def _add_model(verb: argparse.ArgumentParser, name: str) -> None:
    if name == "predict":
        verb.add_argument("--model", type=Path, required=True, help="the model folder of a run")
        return
    one = verb.add_mutually_exclusive_group(required=True)
    one.add_argument("--model", type=Path, help="the model folder of a run")
    one.add_argument("--base", help="hub id or folder of transformers, for images")
    one.add_argument(
        "--pixels", type=_whole, metavar="SIDE", help="images made so small, 12 say, and no model at all"
    )
    verb.add_argument("--size", type=_whole, help="the side that images are brought to, with --base")


def _settings(asked: argparse.Namespace) -> Settings:
    given = {name: value for name, value in vars(asked).items() if name in Settings.__dataclass_fields__}
    return Settings(**given, flip=not getattr(asked, "no_flip", False))


def _run(asked: argparse.Namespace) -> str:
    from learning import runs
    from learning.bases import settled

    task = read_task(asked.task)
    settings, notes = settled(task, _settings(asked))
    for note in notes:
        print(note, flush=True)
    items = read_items(asked.items, task, asked.data)
    verb = runs.run if asked.verb == "run" else runs.train_only
    return verb(task, items, settings, asked.out, notes)


def _predict(asked: argparse.Namespace) -> str:
    from learning import runs

    ensemble, items = _model(asked)
    return runs.predict_only(ensemble, items, asked.out)


def _embed(asked: argparse.Namespace) -> str:
    from learning import runs

    if asked.model:
        ensemble, items = _model(asked)
        return runs.embed_only(ensemble, items, asked.out)
    items = read_items(asked.items, runs.IMAGES, asked.data, to_learn=False)
    if asked.pixels:
        return runs.embed_pixels(items, asked.pixels, _settings(asked), asked.out)
    return runs.embed_base(items, _settings(asked), asked.out)


def _model(asked: argparse.Namespace) -> "tuple[Ensemble, list[Item]]":
    from learning.models import read_model

    if asked.model.resolve().is_relative_to(asked.out.resolve()):
        raise Unusable("--out holds the model, and has to be another folder.")
    ensemble = read_model(asked.model, _settings(asked))
    return ensemble, read_items(asked.items, ensemble.task, asked.data, to_learn=False)


_VERBS = {"run": _run, "train": _run, "predict": _predict, "embed": _embed}


def _whole(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is not 1 or more")
    return number


def _share(text: str) -> float:
    number = float(text)
    if not 0 <= number <= 1:
        raise argparse.ArgumentTypeError(f"{number} is not in 0..1")
    return number


def _quiet() -> None:
    """Keep transformers from telling of heads that are new on purpose, and of folders it reads."""
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


def _workers() -> int:
    """Threads pay when there are cores to spare."""
    return min(8, cores) if (cores := os.cpu_count() or 1) > 2 else 0


if __name__ == "__main__":
    main()
