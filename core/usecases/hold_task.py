"""Keep a task longer, or give it back."""

from core.domain.people import User
from core.domain.projects import Project
from core.domain.shards import Change, Control, Lease
from core.domain.tasks import Task, task_shard
from core.logic.tasks import leasing
from core.ports import Ports
from core.usecases.change_shard import change_shard
from core.usecases.show_task import show_task


async def renew_task(ports: Ports, project: Project, user: User, task: str) -> Task:
    """Extend the user's lease from now on; the task comes with fresh URLs. Raises TaskGone, NotFound."""

    def decide(control: Control, _records: object) -> tuple[Change, Lease]:
        renewed, lease = leasing.renew(control, task, user.id, ports.clock.now(), project.lease_minutes)
        return Change(renewed), lease

    shard = task_shard(task)
    lease = await change_shard(ports, project.id, shard, (), decide)
    return await show_task(ports, project, shard, lease)


async def give_back_task(ports: Ports, project: Project, user: User, task: str) -> None:
    """End the user's lease; the items are free again at once. Raises TaskGone, NotFound."""

    def decide(control: Control, _records: object) -> tuple[Change | None, None]:
        ended = leasing.give_back(control, task, user.id)
        return (None if ended == control else Change(ended)), None

    await change_shard(ports, project.id, task_shard(task), (), decide)
