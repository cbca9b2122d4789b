"""Dependencies point one way, and nothing imports in a circle."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

MAY_IMPORT: dict[str, set[str]] = {
    "core.domain": set(),
    "core.logic": {"core.domain"},
    "core.formats": {"core.domain", "core.logic.geometry"},
    "core.ports": {"core.domain"},
    "core.usecases": {"core.ports", "core.logic", "core.formats", "core.domain"},
    "core.adapters": {"core.ports", "core.formats", "core.domain"},
    "core.settings": {"core.domain.prices"},
    "functions": {"core.usecases", "core.ports", "core.logic.permissions", "core.formats.commands"}
    | {"core.domain", "core.settings"},
    "function_app": {"core.adapters", "core.formats", "core.ports", "core.settings", "core.domain"}
    | {"functions"},
    "local": set(),
}


def _files(layer: str) -> Iterator[Path]:
    base = ROOT / layer.replace(".", "/")
    yield from [base.with_suffix(".py")] if base.with_suffix(".py").exists() else sorted(base.rglob("*.py"))


def _module(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative imports hide a layer"
            assert node.module
            found |= {_imported(node.module, alias.name) for alias in node.names}
    return found


def _imported(module: str, name: str) -> str:
    path = ROOT / module.replace(".", "/")
    is_module = (path / f"{name}.py").exists() or (path / name / "__init__.py").exists()
    return f"{module}.{name}" if is_module else module


def _ours(module: str) -> bool:
    return module.split(".")[0] in {"core", "functions", "function_app", "local", "tests", "benchmarks"}


def _within(module: str, layer: str) -> bool:
    return module == layer or module.startswith(layer + ".")


@pytest.mark.parametrize("layer", MAY_IMPORT)
def test_a_layer_imports_only_what_it_may(layer: str) -> None:
    files = list(_files(layer))
    assert files
    for file in files:
        for module in filter(_ours, _imports(file)):
            allowed = {layer, *MAY_IMPORT[layer]}
            assert any(_within(module, other) for other in allowed), f"{_module(file)} imports {module}"


@pytest.mark.parametrize(
    ("layer", "libraries"), [("core.domain", set[str]()), ("core.logic", {"numpy", "pycocotools", "scipy"})]
)
def test_the_domain_and_its_logic_need_next_to_nothing(layer: str, libraries: set[str]) -> None:
    for file in _files(layer):
        for module in _imports(file):
            top = module.split(".")[0]
            assert top in {*sys.stdlib_module_names, "core", *libraries}, f"{_module(file)} imports {module}"


def test_nothing_imports_in_a_circle() -> None:
    files = [file for layer in MAY_IMPORT for file in _files(layer)]
    graph = {_module(file): {module for module in _imports(file) if _ours(module)} for file in files}
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, f"a circle: {' -> '.join([*path[path.index(module) :], module])}"
        if module not in done:
            for other in sorted(graph.get(module, ())):
                visit(other, (*path, module))
            done.add(module)

    for module in graph:
        visit(module, ())
