"""The labels a project offers: a tree of up to six levels, every level selectable."""

from collections.abc import Iterator
from dataclasses import dataclass

SEPARATOR = "/"
MAX_LEVELS = 6


@dataclass(frozen=True, slots=True)
class Label:
    """A class that can be chosen. `color` is `#rrggbb`, or None to let the page choose."""

    name: str
    color: str | None = None
    children: tuple["Label", ...] = ()


LabelTree = tuple[Label, ...]


def label_paths(tree: LabelTree, parent: str = "") -> Iterator[str]:
    """Every label's path, such as `Animal/Cat`, parents before their children."""
    for label in tree:
        path = parent + label.name
        yield path
        yield from label_paths(label.children, path + SEPARATOR)
