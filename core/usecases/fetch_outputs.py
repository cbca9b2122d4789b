"""Have what a run's job was given, and what it wrote, on disk while something reads it."""

import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from core.domain.errors import InvalidFile, NotFound
from core.domain.runs import Run
from core.formats.run_outputs import ITEMS
from core.ports import Ports
from core.usecases.run_files import input_prefix, output_prefix


@asynccontextmanager
async def fetched_outputs(ports: Ports, project: str, run: Run, names: Sequence[str]) -> AsyncIterator[Path]:
    """A folder with items.jsonl and these files of the job's, for as long as the context lasts.

    Raises InvalidFile for one that is missing.
    """
    blobs = {ITEMS: input_prefix(project, run.id)} | dict.fromkeys(names, output_prefix(project, run))
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for name, prefix in blobs.items():
            with (folder / name).open("wb") as file:
                try:
                    await ports.blobs.download(ports.limits.app_container, prefix + name, file)
                except NotFound:
                    raise InvalidFile(
                        f"{name} is missing: the job did not write all that it should."
                    ) from None
        yield folder
