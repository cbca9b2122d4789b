"""Take one's own answers back, to give others."""

from collections.abc import Mapping, Sequence

from core.domain.errors import Invalid, WrongStatus
from core.domain.items import parse_item_id
from core.domain.people import User
from core.domain.projects import Project, Status
from core.domain.records import ItemRecord
from core.domain.shards import Change, Control, Lease
from core.domain.tasks import Task, task_id
from core.logic.tasks import leasing
from core.ports import Ports
from core.usecases.change_shard import change_shard
from core.usecases.show_task import show_task


async def reopen_task(ports: Ports, project: Project, user: User, items: Sequence[str]) -> Task:
    """Lease items to the labeler whose answers to them stand. They stand until others are submitted.

    Raises Conflict when an answer is not the user's or somebody else holds the item; Invalid, NotFound.
    """
    if project.status is not Status.RUNNING:
        raise WrongStatus(project.status, Status.RUNNING)
    places = [parse_item_id(item) for item in items]
    shard = places[0][0]
    indexes = tuple(index for _, index in places)
    if {place[0] for place in places} != {shard} or len(set(indexes)) != len(indexes):
        raise Invalid("The items of one task are needed, each once.", field="items")
    task = task_id(shard, ports.ids.new())

    def decide(
        control: Control, records: Mapping[int, ItemRecord]
    ) -> tuple[Change, tuple[Lease, Mapping[int, ItemRecord]]]:
        now = ports.clock.now()
        reopened, lease = leasing.reopen(control, records, task, user.id, indexes, now, project.lease_minutes)
        return Change(reopened), (lease, records)

    lease, records = await change_shard(ports, project.id, shard, indexes, decide)
    return await show_task(ports, project, shard, lease, records)
