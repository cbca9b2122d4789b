"""Initializing a project from a manifest: the rows of a CSV file, the images that an MLTable names.

Each in a fresh process, so that its memory is its own. The images do not exist, and nobody looks.
"""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from time import perf_counter

from benchmarks.figures import Figure, peak_memory_mb, tell
from benchmarks.worlds import ADMINISTRATOR, DATA, LABELS, open_world
from core.domain.kinds import Kind
from core.domain.projects import Data, DataType, Status
from core.ports import Ports
from core.usecases.create_project import NewProject, create_project
from core.usecases.initialize_project import initialize_project
from local.azurite import Azurite

SIZES = (100_000, 500_000)
PIECE = 10_000
MLTABLE = b"paths:\n  - file: ./rows.jsonl\ntransformations:\n  - read_json_lines:\n      encoding: utf8\n"
PROJECTS = {
    "CSV": (
        Kind.TEXT_MULTICLASS,
        Data(DATA, "bench/news.csv", DataType.TABULAR, columns=("title", "body")),
    ),
    "MLTable": (
        Kind.IMAGE_MULTICLASS,
        Data(DATA, "bench/table", DataType.MLTABLE, columns={"image": "image_url", "category": "label"}),
    ),
}


def _csv(rows: int) -> Iterator[str]:
    yield "class,title,body\r\n"
    body = "Unions representing workers at Turner Newall say they are disappointed, after talks with"
    for number in range(rows):
        title = f"Fears for pension {number} after talks"
        yield f'{number % 4},"{title}","{body} stricken parent firm {number}."\r\n'


def _json_lines(rows: int) -> Iterator[str]:
    for number in range(rows):
        url = f"AmlDatastore://data/photos/{number % 100:02d}/{number:07d}.jpg"
        yield json.dumps({"image_url": url, "label": str(number % 10), "label_confidence": 1}) + "\n"


async def _upload(ports: Ports, name: str, lines: Iterator[str]) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        waiting: list[str] = []
        for line in lines:
            waiting.append(line)
            if len(waiting) == PIECE:
                yield "".join(waiting).encode()
                waiting.clear()
        yield "".join(waiting).encode()

    await ports.blobs.upload(DATA, name, pieces(), "text/plain", name)


async def prepare(connection_string: str, size: int) -> None:
    """The files."""
    async with open_world(connection_string, None) as ports:
        await _upload(ports, "bench/news.csv", _csv(size))
        await _upload(ports, "bench/table/rows.jsonl", _json_lines(size))
        await ports.blobs.write(DATA, "bench/table/MLTable", MLTABLE)


async def initialize(connection_string: str, name: str, size: int) -> list[Figure]:
    """One project."""
    kind, data = PROJECTS[name]
    async with open_world(connection_string, None) as ports:
        new = NewProject(f"{name} {size}", kind, data, LABELS)
        project = (await create_project(ports, ADMINISTRATOR, new)).value
        begun = perf_counter()
        await initialize_project(ports, project.id)
        seconds = perf_counter() - begun
        found = (await ports.projects.get(project.id, fresh=True)).value
        assert (found.status, found.found) == (Status.RUNNING, size), found.reason
    what = f"initialize {size:,} rows of {name}"
    return [
        Figure(what, size / seconds, "items/s", 50_000, at_least=True),
        Figure(f"{what}, peak memory of the process", peak_memory_mb(), "MB", 600),
    ]


def measure() -> None:
    """Each size and sort of table."""
    for size in SIZES:
        with Azurite(in_memory=True) as azurite:
            asyncio.run(prepare(azurite.connection_string, size))
            for name in PROJECTS:
                arguments = [name, str(size)]
                environment = {**os.environ, "BENCH_STORAGE": azurite.connection_string}
                command = [sys.executable, "-m", "benchmarks.tables", *arguments]
                subprocess.run(command, env=environment, check=True)


if __name__ == "__main__":
    if "BENCH_STORAGE" in os.environ:
        table, rows = sys.argv[1], int(sys.argv[2])
        tell(f"tables-{table}-{rows}", asyncio.run(initialize(os.environ["BENCH_STORAGE"], table, rows)))
    else:
        measure()
