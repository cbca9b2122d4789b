"""The Python for Azure's worker is found where developers have it; what does not run is passed over."""

import sys
from pathlib import Path

import pytest

from tests.infra import find_python as finding
from tests.infra.find_python import find_python, main


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with nothing on it: PATH is `bin`, pyenv's folder `pyenv`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    return tmp_path


def put(program: Path, says: str, status: int = 0) -> str:
    """A program that prints something, whatever it is asked."""
    program.parent.mkdir(parents=True, exist_ok=True)
    program.write_text(f"#!/bin/sh\necho '{says}'\nexit {status}\n")
    program.chmod(0o755)
    return str(program)


def test_nothing_is_found_where_nothing_is() -> None:
    assert find_python([]) is None
    assert find_python(["", "/nowhere/python3.13"]) is None


def test_what_the_developer_says_comes_first(machine: Path) -> None:
    put(machine / "bin" / "python3.13", "of the path")
    assert find_python([put(machine / "own", "own")]) == "own"
    assert find_python([""]) == "of the path"


def test_a_shim_that_finds_no_python_is_passed_over(machine: Path) -> None:
    put(machine / "bin" / "python3.13", "pyenv: python3.13: command not found", 127)
    put(machine / "bin" / "python3", "")  # one that is too old prints nothing
    put(machine / "pyenv" / "versions" / "3.12.1" / "bin" / "python", "too old")
    put(machine / "pyenv" / "versions" / "3.13.0" / "bin" / "python", "of pyenv")
    assert find_python([]) == "of pyenv"


def test_one_is_fetched_only_when_there_is_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fetched: list[str] = []

    def fetch() -> None:
        fetched.append("3.13")
        put(finding.FETCHED / "cpython-3.13.9-linux" / "bin" / "python", "fetched")

    monkeypatch.setattr(finding, "fetch_python", fetch)
    for _ in range(2):
        main([])
        assert capsys.readouterr().out == "fetched\n"
    assert fetched == ["3.13"]


def test_without_any_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "fetch_python", lambda: None)
    with pytest.raises(SystemExit, match="WORKER_PYTHON=/path"):
        main([])


def test_a_real_one_is_asked_for_its_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "_SUITABLE", finding._SUITABLE.replace("(3, 13)", "(3, 11)"))
    assert Path(find_python([sys.executable]) or "").is_file()
