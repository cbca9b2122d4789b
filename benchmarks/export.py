"""Exporting 100,000 labeled items, each format in a process of its own.

Simulated: the images; their sizes came with the answers.
"""

import asyncio
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import timedelta
from time import perf_counter

from benchmarks.figures import Figure, peak_memory_mb, tell
from benchmarks.worlds import ADMINISTRATOR, open_world, running_project
from core.domain.answers import Classes
from core.domain.exports import ExportOptions, Format
from core.domain.quality import Quality
from core.domain.shards import Control
from core.domain.tasks import ItemAnswer, Submission
from core.domain.transfers import TransferStatus
from core.logic.records import submitting
from core.logic.records.settling import Terms
from core.logic.tasks import leasing
from core.ports import Ports
from core.usecases.request_export import request_export
from core.usecases.write_export import write_export
from local.azurite import Azurite

SIZE = 100_000
ITEMS_A_TRANSACTION = 99
FORMATS = (Format.COCO, Format.JSONL, Format.MLTABLE, Format.CSV)
PROMISES = {Format.COCO: (20_000, 300)}


async def label_everything(connection_string: str, size: int = SIZE) -> str:
    """A project of which every item is labeled, page by page, by the product's own logic."""
    project = await running_project(connection_string, size)
    async with open_world(connection_string) as ports:
        shards = (await ports.projects.get(project)).value.shards
        for shard in range(shards):
            await _label_shard(ports, project, shard)
    return project


async def _label_shard(ports: Ports, project: str, shard: int) -> None:
    known = await ports.shards.read(project, shard)
    terms = Terms.of((await ports.projects.get(project)).value)
    for start in range(0, len(known.value.states), ITEMS_A_TRANSACTION):
        held, indexes = _held(ports, known.value, f"{shard:04d}-{start}")
        answers = tuple(ItemAnswer(index, Classes(("3",)), None, 640, 480, 2_000) for index in indexes)
        made = Submission(f"s{shard}-{start}", f"{shard:04d}-{start}", "ben", ports.clock.now(), answers)
        change, _ = submitting.submit(held, {}, made, terms)
        assert change
        known = await ports.shards.commit(project, change, known.etag)


def _held(ports: Ports, control: Control, task: str) -> tuple[Control, Sequence[int]]:
    asked = leasing.Ask(task, "ben", ITEMS_A_TRANSACTION, 30, Quality())
    claimed = leasing.claim(control, asked, ports.clock.now())
    assert claimed
    return claimed[0], claimed[1].indexes


async def export(connection_string: str, project: str, form: Format) -> list[Figure]:
    """The export in this process, which has done nothing else."""
    async with open_world(connection_string) as ports:
        found = (await ports.projects.get(project)).value
        asked = await request_export(ports, found, ADMINISTRATOR, ExportOptions(form))
        begun = perf_counter()
        await write_export(ports, project, asked.id)
        seconds = perf_counter() - begun
        done = await ports.exports.get(project, asked.id)
        assert (done.status, done.report.written) == (TransferStatus.DONE, SIZE)
        assert ports.clock.now() - asked.created_at < timedelta(minutes=10)
    speed, memory = PROMISES.get(form, (None, None))
    what = f"{form} export of 100,000 labeled items"
    return [
        Figure(what, SIZE / seconds, "items/s", speed, at_least=True),
        Figure(f"{what}, peak memory of the process", peak_memory_mb(), "MB", memory),
    ]


def measure() -> None:
    """Label in one process and export in a fresh one, so that its memory is the export's own."""
    with Azurite(in_memory=True) as azurite:
        project = asyncio.run(label_everything(azurite.connection_string))
        environment = {**os.environ, "BENCH_STORAGE": azurite.connection_string, "BENCH_PROJECT": project}
        for form in FORMATS:
            command = [sys.executable, "-m", "benchmarks.export", form]
            subprocess.run(command, env=environment, check=True)


if __name__ == "__main__":
    if "BENCH_PROJECT" in os.environ:
        format_asked = Format(sys.argv[1])
        storage, asked_of = os.environ["BENCH_STORAGE"], os.environ["BENCH_PROJECT"]
        tell(f"export-{format_asked}", asyncio.run(export(storage, asked_of, format_asked)))
    else:
        measure()
