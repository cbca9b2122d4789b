"""Measure how far labelers agree, shard after shard; then one report."""

import asyncio
from dataclasses import replace

from core.domain.agreement import AgreementSums, Measured
from core.domain.log import Happened
from core.domain.operations import Operation
from core.domain.projects import Project
from core.formats.documents import AGREEMENT_REPORT, AGREEMENT_SUMS
from core.logic.agreement.report import report, summed, total
from core.logic.records.relabeling import brought_up
from core.logic.records.settling import Terms
from core.ports import Ports
from core.usecases.change_project import change_project
from core.usecases.in_parallel import in_parallel
from core.usecases.initialize_project import project_prefix
from core.usecases.log_event import log_event

PARALLEL_READS = 8


async def measure_shard(ports: Ports, project: Project, operation: Operation, shard: int) -> int:
    """Store what a shard adds, under a name that is its own: twice does no harm. It changes no item."""
    terms = Terms.of(project)
    control = (await ports.shards.read(project.id, shard, fresh=True)).value
    records = await ports.shards.records(project.id, shard)

    def sums() -> AgreementSums:
        known = (brought_up(record, control.labels, terms) for record in records.values())
        return summed(known, control.counts.labelers, terms)

    found = await asyncio.to_thread(sums)  # regions take seconds to compare, and labelers are waiting
    name = f"{_folder(project.id, operation.id)}{shard:04d}.json"
    await ports.blobs.write(ports.limits.app_container, name, AGREEMENT_SUMS.encode(found).encode())
    return 0


async def finish_measuring(ports: Ports, project: Project, operation: Operation) -> None:
    """Make the report of what the shards add up to, and have the project name it."""
    container, folder = ports.limits.app_container, _folder(project.id, operation.id)
    if project.agreement is None or project.agreement.operation != operation.id:

        async def read(shard: int) -> AgreementSums:
            return AGREEMENT_SUMS.decode(await ports.blobs.read(container, f"{folder}{shard:04d}.json"))

        parts = await in_parallel(PARALLEL_READS, read, range(operation.shards))
        made = await asyncio.to_thread(lambda: report(total(parts), ports.clock.now()))
        data = AGREEMENT_REPORT.encode(made).encode()
        await ports.blobs.write(container, report_name(project.id, operation.id), data)
        measured = Measured(operation.id, made.at, made.mean, made.alpha)
        await change_project(ports, project.id, lambda found: replace(found, agreement=measured))
        await log_event(
            ports,
            project.id,
            operation.created_by,
            Happened.AGREEMENT_MEASURED,
            items=made.items,
            mean=made.mean,
            alpha=made.alpha,
        )
    await ports.blobs.remove_all(container, folder)


def report_name(project: str, operation: str) -> str:
    """The blob, in the app's container, of the report that an operation made."""
    return f"{project_prefix(project)}agreement/{operation}.json"


def _folder(project: str, operation: str) -> str:
    return f"{project_prefix(project)}agreement/{operation}/"
