"""The labels a project offers: a tree of up to six levels, every level selectable, and how it changes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

SEPARATOR = "/"
MAX_LEVELS = 6


@dataclass(frozen=True, slots=True)
class Label:
    """A class that can be chosen. `color` is `#rrggbb`, or None to let the page choose.

    `description` tells labelers when to choose it. `key` is what they press for it, a letter of a to z
    or a digit, and no other label's; each of them may choose another one for themselves.
    """

    name: str
    color: str | None = None
    children: tuple["Label", ...] = ()
    description: str | None = None
    key: str | None = None


LabelTree = tuple[Label, ...]


def labels_by_path(tree: LabelTree, parent: str = "") -> Iterator[tuple[str, Label]]:
    """Every label behind its path, such as `Animal/Cat`, parents before their children."""
    for label in tree:
        path = parent + label.name
        yield path, label
        yield from labels_by_path(label.children, path + SEPARATOR)


def label_paths(tree: LabelTree) -> Iterator[str]:
    """Every label's path, parents before their children."""
    return (path for path, _ in labels_by_path(tree))


class RelabelMode(StrEnum):
    """What becomes of answers when labels change: begin anew, begin anew from the old answers, or go on."""

    RESTART = "restart"
    RESTART_KEEP = "restart_keep"
    CONTINUE = "continue"


@dataclass(frozen=True, slots=True)
class LabelChange:
    """The labels that are to be, and what becomes of those that were.

    `moves` says by path where a label's answers go that is renamed, moved or merged; what is below it goes
    along where it can. `retired` labels are offered no more, and answers that bear them keep them.
    """

    labels: LabelTree
    mode: RelabelMode = RelabelMode.CONTINUE
    moves: Mapping[str, str] = field(default_factory=dict)
    retired: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Relabel:
    """A change of a project's labels on its way through the shards.

    `moves` says which path each label has now that was renamed, moved, or merged into another. `retired`
    labels are offered no more; what bears them keeps them. `id` is that of the operation.
    """

    id: str
    mode: RelabelMode
    moves: Mapping[str, str]
    retired: tuple[str, ...]
    user: str
    at: datetime
    finished: bool = False
