"""Files that are there whole or not at all, whenever the program is killed."""

import json
import os
import shutil
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
    """A folder that `fill` puts files into; one of that name makes way."""
    new = folder.with_name(folder.name + ".new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    fill(new)
    shutil.rmtree(folder, ignore_errors=True)
    new.replace(folder)


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
    new = file.with_name(file.name + ".new")
    write(new)
    with new.open("rb") as written:
        os.fsync(written.fileno())
    new.replace(file)
