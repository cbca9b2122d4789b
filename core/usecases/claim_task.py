"""Hand a labeler the next page of items."""

from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from core.domain.errors import Unavailable, WrongStatus
from core.domain.people import User
from core.domain.projects import Project, Status
from core.domain.shards import Change, Control, Lease, Tally
from core.domain.tasks import Task, task_id
from core.logic.tasks import leasing
from core.logic.tasks.gold import is_test
from core.logic.tasks.sharding import rank_shards
from core.ports import Ports
from core.usecases.bar_items import bar_items
from core.usecases.change_shard import change_shard
from core.usecases.read_hints import read_hints
from core.usecases.show_task import show_task

SURVEY_AGES = (timedelta(seconds=60), timedelta(seconds=5))
"""How old the view of all shards may be when choosing one, and when saying that nothing is left."""

UNREADABLE_PAGES = 20
"""Pages in a row with nothing on them that anybody can label: one request does not go through more."""


async def claim_task(
    ports: Ports, project: Project, user: User, size: int, limit: int | None = None
) -> Task | None:
    """Lease up to `size` items to the user, or None when nothing is left for them.

    Items that cannot be shown are set aside on the way. A labeler with a `limit` has that many at most, those
    of the last five seconds on other instances aside. Raises WrongStatus, Unavailable.
    """
    if project.status is not Status.RUNNING:
        raise WrongStatus(project.status, Status.RUNNING)
    if limit is not None:
        size = min(size, limit - await _had(ports, project, user.id))
    if size < 1:
        return None
    claim = _Claim(ports, project, user.id, size, ports.ids.new())
    unreadable = 0
    async for shard, gold in claim.promising():
        while lease := await claim.take(shard, gold=gold):
            task = await show_task(ports, project, shard, lease)
            if task.items:
                return task
            unreadable += 1
            if unreadable == UNREADABLE_PAGES:
                raise Unavailable("Many files here cannot be read, and are being set aside. Try again.")
    return None


async def _had(ports: Ports, project: Project, labeler: str) -> int:
    """How many items the labeler has answered, or holds."""
    total, now = 0, ports.clock.now()
    for known in await ports.shards.read_all(project.id, project.shards, SURVEY_AGES[1]):
        tally = known.value.counts.labelers.get(labeler, Tally())
        leases = (lease for lease in known.value.leases if lease.labeler == labeler and lease.expires > now)
        total += tally.labeled + tally.skipped + sum(len(lease.indexes) for lease in leases)
    return total


@dataclass(frozen=True, slots=True)
class _Claim:
    ports: Ports
    project: Project
    labeler: str
    size: int
    unique: str

    async def promising(self) -> AsyncIterator[tuple[int, bool]]:
        """The shards that seem to have something for the labeler, looked at twice.

        One with a gold item comes first when the labeler is to be tested, then those with items that others
        began or that are for this labeler alone, then the labeler's home.
        """
        test = is_test(self.unique, self.size, self.project.quality.gold_rate)
        for max_age in SURVEY_AGES:
            known = await self.ports.shards.read_all(self.project.id, self.project.shards, max_age)
            controls = [versioned.value for versioned in known]
            free = self._free(controls)
            first = next(free, None)
            golden = self._golden(controls) if test and first is not None else None
            if golden is not None:
                yield golden, True
            if first is not None:
                yield first, False
            for shard in free:
                yield shard, False

    def _free(self, controls: Sequence[Control]) -> Iterator[int]:
        now, quality = self.ports.clock.now(), self.project.quality
        ranked = rank_shards(self.labeler, len(controls))
        for shard in ranked:
            if leasing.has_begun(controls[shard], self.labeler, quality, now):
                yield shard
        for shard in ranked:
            if leasing.has_free(controls[shard], self.labeler, quality, now):
                yield shard

    def _golden(self, controls: Sequence[Control]) -> int | None:
        now = self.ports.clock.now()
        for shard in rank_shards(self.labeler, len(controls)):
            if leasing.gold_indexes(controls[shard], self.labeler, now):
                return shard
        return None

    async def take(self, shard: int, *, gold: bool) -> Lease | None:
        """Lease what the shard has for the labeler."""
        ports, project = self.ports, self.project
        task = task_id(shard, self.unique)
        asked = leasing.Ask(
            task=task,
            labeler=self.labeler,
            size=self.size,
            minutes=project.lease_minutes,
            quality=project.quality,
            barred=await bar_items(ports, project, shard, self.labeler),
            gold=gold,
            hints=await read_hints(ports, project, shard, task, self.size),
        )

        def decide(control: Control, _records: object) -> tuple[Change | None, Lease | None]:
            claimed = leasing.claim(control, asked, ports.clock.now())
            return (Change(claimed[0]), claimed[1]) if claimed else (None, None)

        return await change_shard(ports, project.id, shard, (), decide)
