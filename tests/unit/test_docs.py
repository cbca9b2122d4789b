"""Documentation that drifts."""

import json
import re
from pathlib import Path

import pytest

from core.domain.exports import Format
from core.formats.commands import QUEUES
from core.formats.csv import COLUMNS, LABELER_COLUMNS

ROOT = Path(__file__).parents[2]
DOCS = sorted([*(ROOT / "docs").glob("*.md"), ROOT / "README.md", ROOT / "local" / "README.md"])
README = (ROOT / "README.md").read_text()


def _read(name: str) -> str:
    return (ROOT / "docs" / name).read_text()


def _python_packages() -> set[str]:
    lines = [
        line
        for file in ("requirements.txt", "requirements-dev.txt")
        for line in (ROOT / file).read_text().splitlines()
        if line and not line.startswith(("#", "-"))
    ]
    assert all("==" in line for line in lines), "every package is pinned"
    return {line.split("==")[0] for line in lines}


def _node_packages() -> set[str]:
    found: set[str] = set()
    for folder in ("web", "local/azurite"):
        package = json.loads((ROOT / folder / "package.json").read_text())
        for name, version in {
            **package.get("dependencies", {}),
            **package.get("devDependencies", {}),
        }.items():
            assert re.fullmatch(r"[\d.]+", version), f"{name} is pinned"
            found.add(name)
    return found


def test_every_dependency_has_its_reason() -> None:
    text = _read("dependencies.md")
    helpers = ("@types/", "@vitejs/", "typescript-eslint", "eslint-plugin")
    missing = {
        name
        for name in _python_packages() | _node_packages()
        if name not in text and not name.startswith(helpers)
    }
    assert not missing


@pytest.mark.parametrize("document", DOCS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text()):
        assert (document.parent / target).exists(), target


def test_the_readme_is_short_and_its_commands_exist() -> None:
    assert len(README.split()) < 600
    makefile = (ROOT / "Makefile").read_text()
    for target in re.findall(r"make ([a-z]+)", README):
        assert f"\n{target}:" in makefile, target


def test_the_architecture_names_the_queues_there_are() -> None:
    text = _read("architecture.md")
    assert all(f"`{queue}`" in text for queue in QUEUES.values())


def test_the_architecture_names_files_that_exist() -> None:
    for path in re.findall(r"`((?:core|functions|local|web|tests)/[\w./]+)", _read("architecture.md")):
        assert (ROOT / path.rstrip(".")).exists(), path


def test_every_format_is_described() -> None:
    text = _read("formats.md")
    assert all(f"## {form.upper()}" in text for form in Format)
    assert all(f"`{column}`" in text for column in (*COLUMNS, *LABELER_COLUMNS))
