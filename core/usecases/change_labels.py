"""Change a project's labels, and have its answers follow."""

from core.domain.commands import RunOperation
from core.domain.labels import LabelChange, label_paths
from core.domain.log import Happened
from core.domain.operations import Operation, OperationType
from core.domain.projects import Project
from core.domain.transfers import TransferStatus
from core.logic.projects.label_changes import changed_labels
from core.ports import Ports
from core.usecases.authorize import Access
from core.usecases.change_project import change_project
from core.usecases.log_event import log_event

SETTLED_AFTER_SECONDS = 5
"""When every instance knows the new labels, so that no answer comes in the old ones any more."""


async def change_labels(ports: Ports, access: Access, change: LabelChange, etag: str | None) -> Operation:
    """Give a paused project other labels. Its answers follow shard by shard, while everything can be read.

    Raises WrongStatus, Conflict while another change is under way, InvalidLabels, Stale.
    """
    now, operation = ports.clock.now(), ports.ids.new()
    before = access.project

    def changed(found: Project) -> Project:
        nonlocal before
        before = found
        return changed_labels(found, change, operation, access.user.id, now)

    after = (await change_project(ports, before.id, changed, etag)).value
    status = TransferStatus.QUEUED if after.relabeling else TransferStatus.DONE
    made = Operation(
        operation,
        OperationType.RELABEL,
        now,
        access.user.id,
        status,
        progress=float(not after.relabeling),
    )
    await ports.operations.put(after.id, made)
    if after.relabeling:
        await ports.commands.send(RunOperation(after.id, operation), SETTLED_AFTER_SECONDS)
    await _log(ports, access, before, after, change)
    return made


async def _log(ports: Ports, access: Access, before: Project, after: Project, change: LabelChange) -> None:
    added = set(label_paths(after.labels)) - set(label_paths(before.labels))
    moves = after.relabel.moves if after.relabel else {}
    await log_event(
        ports,
        after.id,
        access.user.id,
        Happened.LABELS_CHANGED,
        version=after.label_version,
        mode=change.mode,
        added=len(added - set(moves.values())),
        moved=len(moves),
        retired=len(change.retired),
    )
