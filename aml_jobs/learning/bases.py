"""Whether what a run is to start from is of any use to it."""

import json
from dataclasses import replace
from pathlib import Path

from learning.errors import Unusable
from learning.settings import Settings
from learning.task import Task

LINEAR = (
    "the base {base!r} is a linear model of texts, which gives nothing to start from: this run learns from "
    "its own answers alone."
)


def settled(task: Task, settings: Settings) -> tuple[Settings, tuple[str, ...]]:
    """The settings without a base that cannot help, and sentences that say so.

    Linear models of texts are made anew in seconds, and hold no more than their own answers. Raises Unusable
    for a model of texts where images are asked for, and the other way round.
    """
    found = learned(settings.base)
    if found is None:
        return settings, ()
    if found.is_text != task.is_text:
        sorts = {True: "texts", False: "images"}
        theirs, mine = sorts[found.is_text], sorts[task.is_text]
        raise Unusable(f"{settings.base!r} learned from {theirs}, and cannot help with {mine}.")
    if is_linear(Path(settings.base or "")):
        return replace(settings, base=None), (LINEAR.format(base=settings.base),)
    return settings, ()


def learned(base: str | None) -> Task | None:
    """What a base learned, if it is the `model` folder of an earlier run. Raises Unusable."""
    file = Path(base) / "config.json" if base else None
    if file is None or not (file.parent / "fold-0").is_dir():
        return None
    try:
        found = json.loads(file.read_text(encoding="utf-8"))["task"]
        return Task(found["kind"], tuple(found["labels"]), tuple(found["columns"]))
    except (OSError, ValueError, KeyError, TypeError) as why:
        raise Unusable(f"{base} is no model of this program: {type(why).__name__}: {why}") from None


def is_linear(folder: Path) -> bool:
    """Whether a `model` folder has models that are no networks."""
    return not (folder / "fold-0" / "config.json").is_file()
