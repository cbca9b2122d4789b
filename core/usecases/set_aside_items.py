"""Take items out of the queue whose blobs cannot be labeled, and say why."""

from collections.abc import Mapping

from core.domain.records import Defect, ItemRecord
from core.domain.shards import Change, Control
from core.logic.records.setting_aside import dropped, set_aside
from core.ports import Ports
from core.usecases.change_shard import change_shard


async def set_aside_items(
    ports: Ports, project: str, shard: int, defects: Mapping[int, Defect], task: str | None = None
) -> None:
    """Mark these items of a shard, as many as one write takes; `task`, which was to show them, loses them."""
    now = ports.clock.now()

    def decide(control: Control, records: Mapping[int, ItemRecord]) -> tuple[Change | None, None]:
        change = set_aside(control, records, defects, now)
        if task is None:
            return change, None
        left = dropped(change.control if change else control, task, defects)
        return Change(left, change.records if change else {}), None

    await change_shard(ports, project, shard, tuple(defects), decide)
