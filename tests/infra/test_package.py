"""What `azd deploy` sends: small, only what runs, and it runs without the repository."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from core.formats.commands import QUEUES
from tests.infra.packages import ROOT, make_package, packaged_files, unpack

CODE_BYTES = 1_500_000
"""What the package may take, zipped, with the page. A cold instance downloads it."""

INDEX = """
import json, sys
sys.path.insert(0, sys.argv[1])
import function_app
functions = function_app.app.get_functions()
ours = [module.__file__ for name, module in sys.modules.items() if name.partition(".")[0] in
        ("core", "functions", "function_app", "local", "tests", "benchmarks") and module.__file__]
print(json.dumps({"functions": [function.get_function_name() for function in functions], "ours": ours}))
"""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as a zip file."""
    return make_package(tmp_path_factory.mktemp("package"))


def test_it_holds_what_runs_and_nothing_else() -> None:
    files = packaged_files()
    assert {name.partition("/")[0] for name in files} - {"web"} == {
        "core",
        "function_app.py",
        "functions",
        "host.json",
        "requirements.txt",
    }
    assert all(name.startswith("web/dist/") for name in files if name.startswith("web"))
    assert {Path(name).suffix for name in files if name.startswith(("core/", "functions/"))} == {".py"}


def test_it_is_small(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    size = package.stat().st_size
    with capsys.disabled():
        print(f"\nThe deployment package has {size / 1000:.0f} KB, zipped.")  # noqa: T201  a figure to watch
    assert 100_000 < size < CODE_BYTES


def test_it_is_indexed_where_there_is_no_repository(package: Path, tmp_path: Path) -> None:
    place = unpack(package, tmp_path / "wwwroot")
    # -I: neither the current folder nor PYTHONPATH; no settings are there, and importing needs none
    ran = subprocess.run(  # noqa: S603  our own code
        [sys.executable, "-I", "-c", INDEX, str(place)],
        cwd=tmp_path,
        env={},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    assert {"http_app_func", "ingest"} <= set(found["functions"])
    assert len(found["functions"]) > len(QUEUES)
    assert all(Path(file).is_relative_to(place) for file in found["ours"])
    assert not any(Path(file).is_relative_to(ROOT) for file in found["ours"])


def test_a_file_that_is_ignored_is_left_out(tmp_path: Path) -> None:
    (tmp_path / ".funcignore").write_text("*.md\nweb/*\n!web/dist/\n")
    for name in ("a.py", "a.md", "web/src/b.ts", "web/dist/c.js"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)  # noqa: S607  whose git it is
    assert packaged_files(tmp_path) == [".funcignore", "a.py", "web/dist/c.js"]
