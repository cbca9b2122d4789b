"""Carry an operation through a project's shards, some at a time, so that it can be broken off anywhere."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from core.domain.commands import RunOperation
from core.domain.errors import Conflict, NotFound
from core.domain.operations import Operation, OperationType
from core.domain.projects import Project
from core.domain.transfers import TransferStatus
from core.ports import Ports
from core.usecases.apply_run import abandon_applying, apply_shard, finish_applying
from core.usecases.change_project import change_project
from core.usecases.measure_agreement import finish_measuring, measure_shard
from core.usecases.relabel_shard import finish_relabel, relabel_shard

A_MESSAGE_WORKS = timedelta(seconds=30)
"""Then it hands over to the next, so that no message is ever old."""

Step = Callable[[Ports, Project, Operation, int], Awaitable[int]]
Finish = Callable[[Ports, Project, Operation], Awaitable[None]]

STEPS: Mapping[OperationType, tuple[Step, Finish]] = {
    OperationType.RELABEL: (relabel_shard, finish_relabel),
    OperationType.MEASURE_AGREEMENT: (measure_shard, finish_measuring),
    OperationType.APPLY_RUN: (apply_shard, finish_applying),
}
"""What each does to a shard, harmless if done twice, returning how many items it changed; and at the end.
A Conflict says that it cannot go on."""


async def run_operation(ports: Ports, project: str, operation: str) -> None:
    """Go on at the first shard that is not done, also if it was given up. The last shard done, it is done.

    Of a project that is gone, nothing.
    """
    asked = await _unfinished(ports, project, operation)
    if asked is None:
        return
    try:
        await _go_on(ports, project, asked)
    except Conflict as error:
        await fail_operation(ports, project, operation, str(error))


async def _go_on(ports: Ports, project: str, asked: Operation) -> None:
    found = (await ports.projects.get(project, fresh=True)).value
    step, finish = STEPS[asked.type]
    begun = ports.clock.now()
    for number in range(asked.shards, found.shards):
        changed = await step(ports, found, asked, number)
        asked = replace(
            asked,
            status=TransferStatus.RUNNING,
            shards=number + 1,
            progress=(number + 1) / found.shards,
            changed=asked.changed + changed,
            error=None,
        )
        await ports.operations.put(project, asked)
        if ports.clock.now() - begun > A_MESSAGE_WORKS:
            await _touch(ports, project)
            await ports.commands.send(RunOperation(project, asked.id))
            return
    await finish(ports, found, asked)
    await ports.operations.put(project, replace(asked, status=TransferStatus.DONE, progress=1.0))


async def fail_operation(ports: Ports, project: str, operation: str, reason: str) -> None:
    """Give up on an operation, and say why."""
    found = await _unfinished(ports, project, operation)
    if found is not None:
        failed = replace(found, status=TransferStatus.FAILED, error=reason)
        await ports.operations.put(project, failed)
        if found.type is OperationType.APPLY_RUN:
            await abandon_applying(ports, project, operation, reason)


async def _unfinished(ports: Ports, project: str, operation: str) -> Operation | None:
    try:
        found = await ports.operations.get(project, operation)
    except NotFound:
        return None
    return None if found.status is TransferStatus.DONE else found


async def _touch(ports: Ports, project: str) -> None:
    now = ports.clock.now()
    await change_project(ports, project, lambda found: replace(found, touched_at=now))
