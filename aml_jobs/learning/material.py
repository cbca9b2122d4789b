"""What items hold, read once: images as bytes of one canvas, texts as strings."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TypeVar

import numpy as np

from learning.errors import Unusable
from learning.items import Item
from learning.pictures import Picture, Pixels, Unreadable, fit, open_picture, upright_size
from learning.task import Task

T = TypeVar("T")
_EMPTY = np.zeros((0, 1, 1, 3), np.uint8)
_LOOKS = 200
"""So many images say what the canvas is to be."""


@dataclass(frozen=True)
class Place:
    """An image's upright size in pixels, and what takes them to the canvas."""

    width: int
    height: int
    scale: float


@dataclass(frozen=True, eq=False)
class Material:
    """Items that could be read, and what they hold, in the same order; why others, by id, could not."""

    items: Sequence[Item]
    pixels: Pixels = field(default_factory=lambda: _EMPTY)
    places: Sequence[Place] = ()
    texts: Sequence[str] = ()
    unreadable: Mapping[str, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.items)

    def take(self, indices: Sequence[int]) -> "Material":
        """Some of it."""
        items = [self.items[index] for index in indices]
        if self.texts:
            return Material(items, texts=[self.texts[index] for index in indices])
        return Material(items, self.pixels[list(indices)], [self.places[index] for index in indices])


def read(items: Sequence[Item], task: Task, canvas: tuple[int, int], workers: int) -> Material:
    """All that can be read. `canvas` is (width, height)."""
    if task.is_text:
        return _texts(items)
    return read_images(items, max(canvas), lambda picture: fit(picture, canvas), workers)


def read_images(
    items: Sequence[Item], side: int, shape: Callable[[Picture], tuple[Pixels, float]], workers: int
) -> Material:
    """All that can be read, of at least twice `side`, as `shape` makes it: pixels, and their scale."""

    def look(item: Item) -> tuple[Pixels, Place] | str:
        try:
            picture = open_picture(_path(item), side)
        except Unreadable as why:
            return str(why)
        pixels, scale = shape(picture)
        return pixels, Place(*picture.size, scale)

    seen = _mapped(look, items, workers)
    found = [one for one in seen if not isinstance(one, str)]
    return Material(
        [item for item, one in zip(items, seen, strict=True) if not isinstance(one, str)],
        np.stack([pixels for pixels, _ in found]) if found else _EMPTY,
        [place for _, place in found],
        unreadable={item.id: one for item, one in zip(items, seen, strict=True) if isinstance(one, str)},
    )


def canvas_for(items: Sequence[Item], size: int, square: bool) -> tuple[int, int]:
    """(width, height) in multiples of 32, the longer `size`, of the shape of the image in the middle."""
    if square:
        return size, size
    shapes = []
    for item in items[:_LOOKS]:
        try:
            width, height = upright_size(_path(item))
        except Unreadable:
            continue
        shapes.append(width / max(height, 1))
    shape = median(shapes) if shapes else 1.0
    long, short = _multiple(size), _multiple(size * min(shape, 1 / shape))
    return (long, short) if shape >= 1 else (short, long)


def _multiple(side: float) -> int:
    return max(32, round(side / 32) * 32)


def _texts(items: Sequence[Item]) -> Material:
    kept: list[Item] = []
    texts: list[str] = []
    unreadable: dict[str, str] = {}
    for item in items:
        try:
            text = item.text if item.text is not None else _path(item).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeError) as why:
            unreadable[item.id] = type(why).__name__ + ": no text of UTF-8 could be read."
            continue
        spans = (item.answer or {}).get("spans", ())
        if any(span["end"] > len(text) for span in spans):
            raise Unusable(f"item {item.id!r}: a span ends after its text of {len(text)} code points.")
        kept.append(item)
        texts.append(text)
    return Material(kept, texts=texts, unreadable=unreadable)


def _path(item: Item) -> Path:
    if item.path is None:
        raise Unusable(f"item {item.id!r} has neither text nor path.")
    return item.path


def _mapped(look: Callable[[Item], T], items: Sequence[Item], workers: int) -> list[T]:
    """In threads, if any: decoding and resizing leave Python alone meanwhile."""
    if workers < 2:
        return [look(item) for item in items]
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(look, items))
