"""Hand a labeler the next page of items."""

from collections.abc import AsyncIterator, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from core.domain.errors import Unavailable, WrongStatus
from core.domain.measures import CLAIMS, LAPSES
from core.domain.people import User
from core.domain.projects import Project, Status
from core.domain.shards import Change, Control, Lease, Tally
from core.domain.tasks import Task, task_id
from core.logic.tasks import leasing
from core.logic.tasks.choosing import Outlines, gold_shards, open_shards, past_shards, urgent_shards
from core.logic.tasks.gold import is_test
from core.logic.tasks.sharding import rank_shards
from core.ports import Ports
from core.usecases.bar_items import bar_items
from core.usecases.change_shard import change_shard
from core.usecases.read_hints import read_hints
from core.usecases.show_task import show_task

SURVEY_AGES = (timedelta(seconds=60), timedelta(seconds=5))
"""How old what is seen of shards may be when choosing one, and when saying that nothing is left."""

TRIED = 8
"""Shards that are tried on the way from home before all are looked at."""

UNREADABLE_PAGES = 20
"""Pages in a row with nothing on them that anybody can label: one request does not go through more."""


async def claim_task(
    ports: Ports, project: Project, user: User, size: int, limit: int | None = None
) -> Task | None:
    """Lease up to `size` items to the user, or None when nothing is left for them.

    Items that cannot be shown are set aside on the way. A labeler with a `limit` has that many at most. What
    they got on other instances counts after five seconds, after a minute where it is the first of a shard far
    from their home. Raises WrongStatus, Unavailable.
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
    """How many items the labeler has answered, or holds, where they have answered some or would go next."""
    outlines = await ports.shards.outlines(project.id)
    near = islice(open_shards(outlines, labeler, project.shards), TRIED)
    shards = {*past_shards(outlines, labeler), *near}
    total, now = 0, ports.clock.now()
    for known in await ports.shards.read_all(project.id, shards, SURVEY_AGES[1]):
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
        """The shards that seem to have something for the labeler.

        One with a gold item comes first when the labeler is to be tested and something else is left.
        """
        outlines = await self.ports.shards.outlines(self.project.id)
        test = is_test(self.unique, self.size, self.project.quality.gold_rate)
        async for shard in self._free(outlines):
            golden = await self._golden(outlines) if test else None
            test = False
            if golden is not None:
                yield golden, True
            yield shard, False

    async def _free(self, outlines: Outlines) -> AsyncIterator[int]:
        """Shards with something for this labeler alone, or that others began; then their home and those after
        it; and when those have nothing, any, so that nothing is left only when all have been looked at."""
        project, quality = self.project, self.project.quality
        near = [*islice(open_shards(outlines, self.labeler, project.shards), TRIED)]
        urgent = urgent_shards(
            outlines, self.labeler, project.shards, self.unique, consensus=quality.consensus
        )
        looks = ((urgent, leasing.has_begun), (near[:1], leasing.has_free), (near[1:], leasing.has_free))
        for shards, has in looks:
            for control in await self._look(shards, SURVEY_AGES[0]):
                if has(control, self.labeler, quality, self.ports.clock.now()):
                    yield control.shard
        for max_age in SURVEY_AGES:
            for shard in self._begun_or_free(await self._look(range(project.shards), max_age)):
                yield shard

    async def _look(self, shards: Collection[int], max_age: timedelta) -> Sequence[Control]:
        known = await self.ports.shards.read_all(self.project.id, shards, max_age) if shards else ()
        return [versioned.value for versioned in known]

    def _begun_or_free(self, controls: Sequence[Control]) -> Iterator[int]:
        now, quality = self.ports.clock.now(), self.project.quality
        ranked = rank_shards(self.labeler, len(controls))
        for shard in ranked:
            if leasing.has_begun(controls[shard], self.labeler, quality, now):
                yield shard
        for shard in ranked:
            if leasing.has_free(controls[shard], self.labeler, quality, now):
                yield shard

    async def _golden(self, outlines: Outlines) -> int | None:
        shards = gold_shards(outlines, self.labeler, self.project.shards, self.unique)
        for control in await self._look(shards, SURVEY_AGES[0]):
            if leasing.gold_indexes(control, self.labeler, self.ports.clock.now()):
                return control.shard
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

        lapsed = 0

        def decide(control: Control, _records: object) -> tuple[Change | None, Lease | None]:
            nonlocal lapsed
            now = ports.clock.now()
            lapsed = sum(lease.expires <= now for lease in control.leases)
            claimed = leasing.claim(control, asked, now)
            return (Change(claimed[0]), claimed[1]) if claimed else (None, None)

        lease = await change_shard(ports, project.id, shard, (), decide)
        if lease is not None:
            ports.telemetry.record(CLAIMS)
            ports.telemetry.record(LAPSES, lapsed)
        return lease
