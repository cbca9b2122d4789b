"""What to learn from and to predict: `items.jsonl`, described by items.schema.json."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from learning import answers
from learning.errors import Unusable
from learning.task import Task


@dataclass(frozen=True)
class Item:
    """An image or a text. `path` is that of its file, which `text` stands in for; None where not answered."""

    id: str
    path: Path | None = None
    text: str | None = None
    answer: answers.Answer | None = None
    fold: int | None = None


def read_items(file: Path, task: Task, data: Path, to_learn: bool = True) -> list[Item]:
    """The items of a file; paths are relative to `data`. Raises Unusable, naming the line.

    Without `to_learn`, answers and folds in the file are not looked at.
    """
    items: dict[str, Item] = {}
    try:
        with file.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.isspace():
                    continue
                try:
                    item = item_of(json.loads(line, parse_constant=_refuse), task, data, to_learn)
                except (Unusable, ValueError) as why:
                    raise Unusable(f"{file}, line {number}: {why}") from None
                if item.id in items:
                    raise Unusable(f"{file}, line {number}: the id {item.id!r} is there before.")
                items[item.id] = item
    except (OSError, UnicodeError) as why:
        raise Unusable(f"{file}: {why}") from None
    if not items:
        raise Unusable(f"{file}: there are no items in it.")
    return list(items.values())


def item_of(found: Any, task: Task, data: Path, to_learn: bool = True) -> Item:
    """The item that a JSON object describes. Raises Unusable."""
    if not isinstance(found, dict) or not isinstance(found.get("id"), str) or not found["id"]:
        raise Unusable("it is no JSON object with an `id`; see items.schema.json.")
    text = _text(found.get("text"), task) if task.is_text else None
    path = _path(found.get("path"), data) if text is None else None
    if not to_learn:
        return Item(found["id"], path, text)
    answer, fold = found.get("answer"), found.get("fold")
    if answer is not None:
        answers.check(answer, task, text)
    if fold is not None and (isinstance(fold, bool) or not isinstance(fold, int) or fold < 0):
        raise Unusable(f"`fold` is {fold!r}, which is no whole number from 0.")
    return Item(found["id"], path, text, answer, fold)


def answered(items: Sequence[Item]) -> list[Item]:
    """Those to learn from."""
    return [item for item in items if item.answer is not None]


def _path(path: Any, data: Path) -> Path:
    if not isinstance(path, str) or not path:
        raise Unusable("it has no `path` of a file.")
    whole = (data / path).resolve()
    if not whole.is_relative_to(data.resolve()):
        raise Unusable(f"`path` {path!r} leads out of the data folder.")
    return whole


def _text(text: Any, task: Task) -> str | None:
    """A text as it is, or the cells of a row, each after its column's name."""
    if text is None or isinstance(text, str):
        return text
    if not isinstance(text, dict) or task.kind == "text_ner":
        raise Unusable("`text` is no string" + ("." if task.kind == "text_ner" else ", and no row of cells."))
    columns = task.columns or tuple(text)
    return "\n".join(f"{name}: {text[name]}" for name in columns if text.get(name) not in (None, ""))


def _refuse(name: str) -> None:
    raise Unusable(f"{name} is no number.")
