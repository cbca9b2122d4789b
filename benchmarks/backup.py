"""Backing up and restoring a project of labeled items, each in a process of its own.

Simulated: the images, which no backup looks at; of the second project, rows that no Azurite would hold.
"""

import asyncio
import os
import subprocess
import sys
from dataclasses import replace
from time import perf_counter

from benchmarks.export import label_everything
from benchmarks.figures import Figure, peak_memory_mb, tell
from benchmarks.simulated_rows import SHARD_ITEMS, SimulatedRows
from benchmarks.worlds import ADMINISTRATOR, new_project, open_world
from core.domain.projects import Status
from core.domain.transfers import TransferStatus
from core.ports import Ports
from core.usecases.back_up_project import back_up_project
from core.usecases.delete_project import delete_project, erase_project
from core.usecases.request_backup import request_backup
from core.usecases.request_restore import request_restore
from core.usecases.restore_project import restore_project
from functions.version import VERSION
from local.azurite import Azurite

STORED, SIMULATED = 25_000, 500_000
MEMORY_MB = 300
"""What an export may take too."""


async def simulate(connection_string: str) -> str:
    """A project that seems to have many labeled items."""
    async with open_world(connection_string) as ports:
        project = await new_project(ports, "Simulated")
        found = await ports.projects.get(project.id, fresh=True)
        running = replace(found.value, status=Status.RUNNING, shards=SIMULATED // SHARD_ITEMS)
        await ports.projects.replace(running, found.etag)
        return project.id


async def back_up(ports: Ports, project: str) -> list[Figure]:
    """Into a file."""
    found = (await ports.projects.get(project)).value
    asked = await request_backup(ports, found, ADMINISTRATOR.id, VERSION)
    begun = perf_counter()
    await back_up_project(ports, asked.id)
    seconds = perf_counter() - begun
    done = await ports.backups.get(asked.id)
    assert done.status is TransferStatus.DONE, done.error
    what = f"backup of {done.contents.rows:,} rows"
    return [
        Figure(what, done.contents.rows / seconds, "rows/s"),
        Figure(f"{what}, its file", done.size / 1024**2, "MB"),
        Figure(f"{what}, peak memory of the process", peak_memory_mb(), "MB", MEMORY_MB),
    ]


async def restore(ports: Ports, project: str) -> list[Figure]:
    """The newest backup, when the project is gone."""
    await delete_project(ports, project, ADMINISTRATOR.id)
    await erase_project(ports, project)
    newest = (await ports.backups.all())[0]
    await request_restore(ports, newest.id, ADMINISTRATOR.id)
    begun = perf_counter()
    await restore_project(ports, newest.id)
    seconds = perf_counter() - begun
    done = await ports.backups.get(newest.id)
    assert done.restoration
    assert done.restoration.status is TransferStatus.DONE, done.restoration.error
    what = f"restoration of {done.contents.rows:,} rows"
    return [
        Figure(what, done.contents.rows / seconds, "rows/s"),
        Figure(f"{what}, peak memory of the process", peak_memory_mb(), "MB", MEMORY_MB),
    ]


STEPS = {"back-up": back_up, "restore": restore}


async def step(connection_string: str, project: str, name: str, *, simulated: bool) -> list[Figure]:
    """A step in this process, which has done nothing else."""
    async with open_world(connection_string) as ports:
        rows = SimulatedRows(ports.rows) if simulated else ports.rows
        return await STEPS[name](replace(ports, rows=rows), project)


def measure(*sizes: int) -> None:
    """Make a project in one process, and do each step in a fresh one, so that its memory is its own."""
    for size in sizes or (STORED, SIMULATED):
        with Azurite(in_memory=True) as azurite:
            storage = azurite.connection_string
            made = simulate(storage) if size == SIMULATED else label_everything(storage, size)
            environment = {**os.environ, "BENCH_STORAGE": storage, "BENCH_PROJECT": asyncio.run(made)}
            for name in STEPS:
                command = [sys.executable, "-m", "benchmarks.backup", name, str(size)]
                subprocess.run(command, env=environment, check=True)


if __name__ == "__main__":
    if "BENCH_PROJECT" in os.environ:
        asked_name, asked_size = sys.argv[1:]
        storage_asked, asked_of = os.environ["BENCH_STORAGE"], os.environ["BENCH_PROJECT"]
        is_simulated = int(asked_size) == SIMULATED
        figures = asyncio.run(step(storage_asked, asked_of, asked_name, simulated=is_simulated))
        tell(f"{asked_name}-{asked_size}", figures)
    else:
        measure(*map(int, sys.argv[1:]))
