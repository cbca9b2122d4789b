"""Importing the labels of 100,000 images from a CSV file, in this process. The images do not exist."""

import asyncio
from collections.abc import Iterator
from time import perf_counter

from benchmarks.figures import Figure, peak_memory_mb, tell
from benchmarks.worlds import ADMINISTRATOR, DATA, new_project, open_world
from core.domain.imports import ImportAs, ImportFormat
from core.domain.transfers import TransferStatus
from core.usecases.initialize_project import initialize_project
from core.usecases.read_import import read_import
from core.usecases.request_import import request_import
from local.azurite import Azurite

SIZE = 100_000


def _lines() -> Iterator[str]:
    yield "path,label\r\n"
    for number in range(SIZE):
        yield f"bench/{number:07d}.jpg,{number % 10}\r\n"


async def measure(connection_string: str) -> list[Figure]:
    """Once as prelabels, then as labels."""
    figures: list[Figure] = []
    async with open_world(connection_string, SIZE) as ports:
        project = await new_project(ports, "imports")
        await initialize_project(ports, project.id)
        project = (await ports.projects.get(project.id, fresh=True)).value
        await ports.blobs.write(DATA, "labels.csv", "".join(_lines()).encode())
        for taken_as in (ImportAs.PRELABELS, ImportAs.LABELS):
            asked = await request_import(
                ports, project, ADMINISTRATOR, ImportFormat.CSV, "labels.csv", taken_as
            )
            begun = perf_counter()
            await read_import(ports, project.id, asked.id)
            seconds = perf_counter() - begun
            done = await ports.imports.get(project.id, asked.id)
            assert (done.status, done.report.written) == (TransferStatus.DONE, SIZE), done
            figures.append(Figure(f"import of 100,000 {taken_as}", SIZE / seconds, "records/s"))
    return [*figures, Figure("imports, peak memory of the process", peak_memory_mb(), "MB")]


if __name__ == "__main__":
    with Azurite(in_memory=True) as azurite:
        tell("imports", asyncio.run(measure(azurite.connection_string)))
