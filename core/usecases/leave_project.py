"""Take back what somebody holds who labels here no more."""

from core.domain.projects import Project
from core.domain.shards import Change, Control
from core.logic.leaving import leave
from core.ports import Ports
from core.usecases.change_shard import change_shard


async def give_everything_back(ports: Ports, project: Project, user: str) -> None:
    """End every lease and reservation of theirs; the items are free at once. Answers that stand stay."""
    if not project.shards:
        return
    for known in await ports.shards.read_all(project.id, project.shards):
        if leave(known.value, user) != known.value:
            await _leave(ports, project.id, known.value.shard, user)


async def _leave(ports: Ports, project: str, shard: int, user: str) -> None:
    def decide(control: Control, _records: object) -> tuple[Change | None, None]:
        left = leave(control, user)
        return (None if left == control else Change(left)), None

    await change_shard(ports, project, shard, (), decide)
