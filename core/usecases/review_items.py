"""Approve answers, or take the approval back."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from core.domain.items import ItemRecord, parse_item_id
from core.domain.people import User
from core.domain.projects import Project
from core.domain.shards import Change, Control
from core.logic.approving import approve, unapprove
from core.ports import Ports
from core.usecases.batches import batches
from core.usecases.change_shard import RECORDS_A_WRITE, change_shard


async def approve_items(
    ports: Ports, project: Project, user: User, items: Sequence[str], *, approved: bool
) -> None:
    """Approve the answers that stand, or unapprove them. Doing it twice does no harm.

    Raises NotFound for what is no item, Conflict for one that has no answer to approve.
    """
    shards: defaultdict[int, list[int]] = defaultdict(list)
    for item in dict.fromkeys(items):
        shard, index = parse_item_id(item)
        shards[shard].append(index)
    for shard, indexes in shards.items():
        for some in batches(indexes, RECORDS_A_WRITE):
            await _review(ports, project.id, user.id, shard, some, approved=approved)


async def _review(
    ports: Ports, project: str, user: str, shard: int, indexes: Sequence[int], *, approved: bool
) -> None:
    def decide(control: Control, records: Mapping[int, ItemRecord]) -> tuple[Change | None, None]:
        if approved:
            return approve(control, records, indexes, user, ports.clock.now()), None
        return unapprove(control, records, indexes), None

    await change_shard(ports, project, shard, indexes, decide)
