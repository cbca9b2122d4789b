"""Bicep files as what they declare. The parser is tree-sitter's; there is no compiler on this machine."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import tree_sitter_bicep
from tree_sitter import Language, Node, Parser

INFRA = Path(__file__).parents[2] / "infra"

_PARSER = Parser(Language(tree_sitter_bicep.language()))
_DECLARED = {
    "parameter_declaration": "param",
    "variable_declaration": "var",
    "resource_declaration": "resource",
    "module_declaration": "module",
    "output_declaration": "output",
}


class Malformed(Exception):
    """A file that is no Bicep, with the first place."""


@dataclass(frozen=True)
class Declaration:
    """A param, var, resource, module or output.

    `type` is what a param or an output is declared as, the type and version of a resource, or the path of a
    module; `value` its expression, a param's default. `decorators` are arguments by name.
    """

    sort: str
    name: str
    type: str
    value: Node | None
    existing: bool
    decorators: dict[str, list[Node]]


@dataclass(frozen=True)
class BicepFile:
    """What a file declares, by name; an output may be called like a param."""

    path: Path
    declarations: dict[str, Declaration] = field(default_factory=dict)
    outputs: dict[str, Declaration] = field(default_factory=dict)

    def of(self, sort: str) -> list[Declaration]:
        """Its params, vars, resources, modules or outputs."""
        every = self.outputs if sort == "output" else self.declarations
        return [declared for declared in every.values() if declared.sort == sort]


def bicep_files() -> list[Path]:
    """Every Bicep file of the repository."""
    return sorted(INFRA.rglob("*.bicep"))


@lru_cache
def read(path: Path) -> BicepFile:
    """The file at `path`. Raises Malformed."""
    return parse(path.read_text(), path)


def parse(text: str, path: Path = INFRA / "snippet.bicep") -> BicepFile:
    """A file from its text; `path` is where modules are looked for. Raises Malformed."""
    root = _PARSER.parse(text.encode()).root_node
    for node in every(root):
        if node.is_error or node.is_missing:
            line, column = node.start_point
            raise Malformed(f"{path.name}:{line + 1}:{column + 1} is no Bicep: {source(node)[:60]!r}")
    found = BicepFile(path)
    decorators: dict[str, list[Node]] = {}
    for node in root.named_children:
        if node.type == "decorators":
            decorators = dict(map(_decorator, node.named_children))
        elif node.type in _DECLARED:
            declared = _declaration(node, decorators)
            where = found.outputs if declared.sort == "output" else found.declarations
            if declared.name in where:
                raise Malformed(f"{path.name} declares {declared.name} twice.")
            where[declared.name] = declared
            decorators = {}
    return found


def every(node: Node) -> Iterator[Node]:
    """A node and all below it."""
    yield node
    for child in node.children:
        yield from every(child)


def source(node: Node) -> str:
    """A node's text."""
    return (node.text or b"").decode()


def plain(node: Node) -> str:
    """The text of a string without interpolation."""
    return unescaped((node.text or b"")[1:-1])


def unescaped(text: bytes) -> str:
    """A piece of a string as it is meant."""
    return text.decode().replace("\\'", "'")


def _decorator(node: Node) -> tuple[str, list[Node]]:
    call = node.named_children[0]
    return source(call.named_children[0]), call.named_children[1].named_children


def _declaration(node: Node, decorators: dict[str, list[Node]]) -> Declaration:
    words = [child for child in node.children if child.type != "comment"]
    at = next((index for index, child in enumerate(words) if child.type == "="), len(words))
    declared = words[2] if len(words) > 2 and at > 2 else None
    type_ = "" if declared is None else plain(declared) if declared.type == "string" else source(declared)
    return Declaration(
        sort=_DECLARED[node.type],
        name=source(words[1]),
        type=type_,
        value=words[at + 1] if at < len(words) else None,
        existing=any(child.type == "existing" for child in words),
        decorators=decorators,
    )
