"""Hand a labeler the next page of items."""

from collections.abc import AsyncIterator
from datetime import timedelta

from core.domain.errors import Unavailable, WrongStatus
from core.domain.people import User
from core.domain.projects import Project, Status
from core.domain.shards import Change, Control, Lease
from core.domain.tasks import Task, task_id
from core.logic import leasing
from core.logic.sharding import rank_shards
from core.ports import Ports
from core.usecases.change_shard import change_shard
from core.usecases.show_task import show_task

SURVEY_AGES = (timedelta(seconds=60), timedelta(seconds=5))
"""How old the view of all shards may be when choosing one, and when saying that nothing is left."""

UNREADABLE_PAGES = 20
"""Pages in a row with nothing on them that anybody can label: one request does not go through more."""


async def claim_task(ports: Ports, project: Project, user: User, size: int) -> Task | None:
    """Lease up to `size` items to the user, or None when nothing is left for them.

    Items that cannot be shown are set aside on the way. Raises WrongStatus, Unavailable.
    """
    if project.status is not Status.RUNNING:
        raise WrongStatus(project.status, Status.RUNNING)
    unique = ports.ids.new()
    unreadable = 0
    async for shard in _promising(ports, project, user.id):
        while lease := await _claim_in(ports, project, shard, task_id(shard, unique), user.id, size):
            task = await show_task(ports, project, shard, lease)
            if task.items:
                return task
            unreadable += 1
            if unreadable == UNREADABLE_PAGES:
                raise Unavailable("Many files here cannot be read, and are being set aside. Try again.")
    return None


async def _promising(ports: Ports, project: Project, labeler: str) -> AsyncIterator[int]:
    """The shards that seem to have free items, the labeler's home first; looked at twice."""
    for max_age in SURVEY_AGES:
        controls = await ports.shards.read_all(project.id, project.shards, max_age)
        for shard in rank_shards(labeler, project.shards):
            if leasing.has_free(controls[shard].value, ports.clock.now()):
                yield shard


async def _claim_in(
    ports: Ports, project: Project, shard: int, task: str, labeler: str, size: int
) -> Lease | None:
    def decide(control: Control, _records: object) -> tuple[Change | None, Lease | None]:
        claimed = leasing.claim(control, task, labeler, size, ports.clock.now(), project.lease_minutes)
        return (Change(claimed[0]), claimed[1]) if claimed else (None, None)

    return await change_shard(ports, project.id, shard, (), decide)
