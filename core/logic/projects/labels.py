"""Whether a label tree can be a project's."""

import re

from core.domain.errors import InvalidLabels
from core.domain.labels import MAX_LEVELS, SEPARATOR, LabelTree, label_paths, labels_by_path

MAX_LABELS = 1_000
MAX_NAME = 200
MAX_DESCRIPTION = 500
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_KEY = re.compile(r"[a-z0-9]")


def check_labels(tree: LabelTree) -> None:
    """Raises InvalidLabels, naming the label, unless names, colours, keys, levels and number are in order."""
    paths = list(label_paths(tree))
    if not 1 <= len(paths) <= MAX_LABELS:
        raise InvalidLabels(f"A project has 1 to {MAX_LABELS} labels, not {len(paths)}.", field="labels")
    for path in paths:
        if path.count(SEPARATOR) >= MAX_LEVELS:
            raise InvalidLabels(f"'{path}' is deeper than {MAX_LEVELS} levels.", field="labels", label=path)
    _check_level(tree, "")
    _check_keys(tree)


def _check_level(tree: LabelTree, parent: str) -> None:
    names: set[str] = set()
    for label in tree:
        path = parent + label.name
        if not label.name.strip() or label.name != label.name.strip() or len(label.name) > MAX_NAME:
            raise InvalidLabels(
                f"'{path}' is no label name: 1 to {MAX_NAME} characters, no space at either end.",
                field="labels",
                label=path,
            )
        if SEPARATOR in label.name:
            raise InvalidLabels(
                f"'{label.name}' contains '{SEPARATOR}', which separates levels.", field="labels", label=path
            )
        if label.name in names:
            raise InvalidLabels(f"'{path}' is there twice.", field="labels", label=path)
        if label.description is not None and len(label.description) > MAX_DESCRIPTION:
            raise InvalidLabels(
                f"The description of '{path}' has more than {MAX_DESCRIPTION:,} characters.",
                field="labels",
                label=path,
            )
        if label.color is not None and not _COLOR.fullmatch(label.color):
            raise InvalidLabels(f"'{label.color}' is no colour such as #e4572e.", field="labels", label=path)
        names.add(label.name)
        _check_level(label.children, path + SEPARATOR)


def _check_keys(tree: LabelTree) -> None:
    holders: dict[str, str] = {}
    for path, label in labels_by_path(tree):
        if label.key is None:
            continue
        if not _KEY.fullmatch(label.key):
            raise InvalidLabels(
                f"The key of '{path}' is '{label.key}', which is neither one of a to z nor of 0 to 9.",
                field="labels",
                label=path,
            )
        if label.key in holders:
            raise InvalidLabels(
                f"'{label.key}' cannot be the key of both '{holders[label.key]}' and '{path}'.",
                field="labels",
                label=path,
            )
        holders[label.key] = path
