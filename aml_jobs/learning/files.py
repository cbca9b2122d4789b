"""Files that are there whole or not at all, whenever the program is killed.

They are made in a folder of this machine first: where they go may be blobs of Azure, mounted.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from zipfile import ZipFile, ZipInfo


def write_json(file: Path, value: Any) -> None:
    """Indented JSON."""
    _replace(file, lambda new: new.write_text(dumped(value, indent=2) + "\n", encoding="utf-8"))


def write_lines(file: Path, rows: Iterable[Any]) -> None:
    """JSON lines."""

    def write(new: Path) -> None:
        with new.open("w", encoding="utf-8") as lines:
            lines.writelines(dumped(row) + "\n" for row in rows)

    _replace(file, write)


def write_array(file: Path, array: Any) -> None:
    """A numpy array."""
    import numpy as np

    def write(new: Path) -> None:
        with new.open("wb") as data:
            np.save(data, array)

    _replace(file, write)


def write_state(file: Path, state: Any) -> None:
    """What torch can keep."""
    import torch

    _replace(file, lambda new: torch.save(state, new))


def write_folder(folder: Path, fill: Callable[[Path], None]) -> None:
    """A folder that `fill` puts files into; one of that name makes way. It may be left half written."""
    with tempfile.TemporaryDirectory() as made:
        fill(Path(made))
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(made, folder, copy_function=_copy, dirs_exist_ok=True)


def mark_done(out: Path, thing: str) -> None:
    """Say that all of a thing is written: by an empty file in `done/`, which cannot be cut off itself."""
    done = out / "done"
    done.mkdir(exist_ok=True)
    (done / thing).touch()


def is_done(out: Path, thing: str) -> bool:
    """Whether all of a thing was written before the program ended."""
    return (out / "done" / thing).is_file()


def write_zip(file: Path, folder: Path) -> None:
    """The files of a folder, uncompressed as weights do not shrink; the same files make the same bytes."""

    def write(new: Path) -> None:
        with ZipFile(new, "w") as archive:
            for path in sorted(path for path in folder.rglob("*") if path.is_file()):
                entry = ZipInfo(path.relative_to(folder).as_posix())  # of 1980, whenever it is
                with path.open("rb") as data, archive.open(entry, "w", force_zip64=True) as there:
                    shutil.copyfileobj(data, there, 1 << 20)

    _replace(file, write)


def dumped(value: Any, indent: int | None = None) -> str:
    """JSON; what is no finite number is an error, since readers would refuse it."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)


def _replace(file: Path, write: Callable[[Path], Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        whole, new = Path(made) / file.name, file.with_name(file.name + ".new")
        write(whole)
        _copy(whole, new)
        try:
            new.replace(file)
        except OSError:  # mounted blobs cannot be renamed; they appear when they are closed
            _copy(whole, file)
            new.unlink(missing_ok=True)


def _copy(whole: Path | str, file: Path | str) -> None:
    """From beginning to end, which is all that mounted blobs can be written."""
    with Path(whole).open("rb") as data, Path(file).open("wb") as there:
        shutil.copyfileobj(data, there, 1 << 20)
        there.flush()
        os.fsync(there.fileno())
