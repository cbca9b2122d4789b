"""The deployment package, made by the rules of .funcignore as `azd deploy` makes it, read by git."""

import os
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]


def packaged_files(root: Path = ROOT) -> list[str]:
    """The files that .funcignore leaves in, as paths below `root`. Only its rules count, not .gitignore's."""
    with tempfile.TemporaryDirectory() as empty:
        listed = subprocess.run(
            ["git", "ls-files", "--others", "--exclude-from=.funcignore", "-z"],  # noqa: S607  whose git it is
            cwd=root,
            env={**os.environ, "GIT_INDEX_FILE": f"{empty}/index"},
            capture_output=True,
            text=True,
            check=True,
        )
    return sorted(filter(None, listed.stdout.split("\0")))


def make_package(folder: Path) -> Path:
    """A zip file of the package in a folder, with a stand-in for the page where nobody has built it."""
    package = folder / "package.zip"
    files = packaged_files()
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in files:
            archive.write(ROOT / name, name)
        if not any(name.startswith("web/dist/") for name in files):
            archive.writestr("web/dist/index.html", "<!doctype html><title>stand-in</title>")
    return package


def unpack(package: Path, folder: Path) -> Path:
    """The package's files in a folder."""
    shutil.unpack_archive(package, folder)
    return folder
