"""Backing up and restoring a project of labeled items, each in a process of its own.

Two sizes, for memory must not grow with the project. Simulated: the images, which no backup looks at.
"""

import asyncio
import os
import subprocess
import sys
from time import perf_counter

from benchmarks.export import label_everything
from benchmarks.figures import Figure, peak_memory_mb, tell
from benchmarks.worlds import ADMINISTRATOR, open_world
from core.domain.transfers import TransferStatus
from core.ports import Ports
from core.usecases.back_up_project import back_up_project
from core.usecases.delete_project import delete_project, erase_project
from core.usecases.request_backup import request_backup
from core.usecases.request_restore import request_restore
from core.usecases.restore_project import restore_project
from functions.version import VERSION
from local.azurite import Azurite

SIZES = (25_000, 100_000)
MEMORY_MB = 300
"""What an export may take too."""


async def back_up(ports: Ports, project: str) -> list[Figure]:
    """Into a file."""
    found = (await ports.projects.get(project)).value
    asked = await request_backup(ports, found, ADMINISTRATOR.id, VERSION)
    begun = perf_counter()
    await back_up_project(ports, asked.id)
    seconds = perf_counter() - begun
    done = await ports.backups.get(asked.id)
    assert done.status is TransferStatus.DONE
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


async def step(connection_string: str, project: str, name: str) -> list[Figure]:
    """A step in this process, which has done nothing else."""
    async with open_world(connection_string) as ports:
        return await STEPS[name](ports, project)


def measure() -> None:
    """Label in one process, and do each step in a fresh one, so that its memory is its own."""
    for size in SIZES:
        with Azurite(in_memory=True) as azurite:
            project = asyncio.run(label_everything(azurite.connection_string, size))
            environment = {**os.environ, "BENCH_STORAGE": azurite.connection_string, "BENCH_PROJECT": project}
            for name in STEPS:
                command = [sys.executable, "-m", "benchmarks.backup", name, str(size)]
                subprocess.run(command, env=environment, check=True)


if __name__ == "__main__":
    if "BENCH_PROJECT" in os.environ:
        asked_name, asked_size = sys.argv[1:]
        storage, asked_of = os.environ["BENCH_STORAGE"], os.environ["BENCH_PROJECT"]
        tell(f"{asked_name}-{asked_size}", asyncio.run(step(storage, asked_of, asked_name)))
    else:
        measure()
