"""An instance of the app, simulated: one core, what its process remembers, and the calls it makes.

It mirrors core/adapters/caching.py, core/usecases/claim_task.py, submit_task.py and change_shard.py. An ETag
is the time of the last write: who last saw a shard before that time is stale.
"""

import random
from collections import OrderedDict
from collections.abc import Generator
from dataclasses import dataclass

from benchmarks.simulated_storage import Clock, Hold, Storage, ThrottledError, Work

Shard = tuple[int, int]
"""A project's number, and the shard's in it."""

Asked = Generator[float | Hold, None, float]
"""Work that ends with the time at which the shard was written."""

REQUEST_CPU = 0.0019
"""Seconds besides storage calls: 178 tasks a second of two requests and two calls filled at most one core."""

CALL_CPU = 0.00087
"""Seconds of an asynchronous SDK call, measured (docs/scale.md)."""

MANIFEST_CPU = 0.0015
"""Seconds to decode a manifest of 1,000 items, measured."""

PARALLEL_READS = 32
ATTEMPTS = 8
BACKOFF_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Memory:
    """What a process keeps, as in core/adapters.

    With `surveys` a claim looks at all shards first. With `herd` all requests that find no survey make one,
    and without it one makes it for all.
    """

    controls: int = 4_096
    manifests: int = 64
    access_seconds: float = 3.0
    survey_seconds: float = 60.0
    surveys: bool = True
    herd: bool = True


class Instance:
    """One process. `written` says of each shard when it was written last, whoever did."""

    def __init__(
        self, clock: Clock, storage: Storage, memory: Memory, shards: int, written: dict[Shard, float]
    ) -> None:
        self._clock = clock
        self._storage = storage
        self._memory = memory
        self._shards = shards
        self._written = written
        self._free_at = 0.0
        self.busy = 0.0
        self.flying = 0
        self._chance = random.Random(storage.chance.random())  # noqa: S311  a simulation
        self._access: dict[str, float] = {}
        self._surveyed: OrderedDict[int, float] = OrderedDict()
        self._surveyed_at: dict[int, float] = {}
        self._seen: dict[Shard, float] = {}
        self._manifests: OrderedDict[Shard, None] = OrderedDict()
        self._holds: dict[Shard, Hold] = {}
        self._surveying: dict[int, Hold] = {}

    def claim(self, labeler: int, shard: Shard) -> Asked:
        """A task of one item from this shard. Raises ThrottledError."""
        yield from self._authorize(labeler, shard[0])
        if self._memory.surveys:
            yield from self._survey_once(shard[0])
        written = yield from self._change(shard, seen=0.0, entities=1)
        yield from self._manifest(shard)
        return written

    def submit(self, labeler: int, shard: Shard, claimed: float) -> Asked:
        """The answer to what was claimed at that time. Raises ThrottledError."""
        yield from self._authorize(labeler, shard[0])
        return (yield from self._change(shard, seen=claimed, entities=2))

    def _cpu(self, seconds: float) -> Work:
        """The one core, when it is this request's turn."""
        begun = max(self._free_at, self._clock.now)
        self._free_at = begun + seconds
        self.busy += seconds
        yield self._free_at - self._clock.now

    def _table(self, partition: str, *, entities: int = 1, write: bool = False) -> Work:
        yield from self._cpu(CALL_CPU)
        yield from self._storage.table(partition, entities=entities, write=write)

    def _authorize(self, labeler: int, project: int) -> Work:
        """The project and the membership, each remembered for some seconds."""
        yield from self._cpu(REQUEST_CPU)
        for key, partition in ((f"p{project}", "project"), (f"u{labeler}", f"user:{labeler}")):
            if self._access.get(key, 0.0) <= self._clock.now:
                yield from self._table(partition)
                self._access[key] = self._clock.now + self._memory.access_seconds

    def _survey_once(self, project: int) -> Work:
        if self._memory.herd:
            yield from self._survey(project)
            return
        hold = self._surveying.setdefault(project, Hold())
        yield hold
        try:
            yield from self._survey(project)
        finally:
            self._clock.release(hold)

    def _survey(self, project: int) -> Work:
        """See all shards, at most a minute old. What was forgotten since is read one after the other."""
        at = self._surveyed_at.get(project)
        if at is None or self._clock.now - at >= self._memory.survey_seconds:
            begun = self._clock.now
            yield from self._read(PARALLEL_READS)
            self._surveyed_at[project] = begun
            self._remember(project, begun)
        if project not in self._surveyed:
            begun = self._clock.now
            yield from self._read(1)
            self._remember(project, begun)
        self._surveyed.move_to_end(project)

    def _read(self, parallel: int) -> Work:
        left = self._shards
        while left:
            calls = min(PARALLEL_READS, left)
            yield from self._cpu(CALL_CPU * calls)
            yield from self._storage.scatter(calls, -(-calls // parallel))
            left -= calls

    def _remember(self, project: int, at: float) -> None:
        """Whole projects come and go, which is how a memory of controls behaves that surveys fill."""
        self._surveyed[project] = max(at, self._surveyed.get(project, 0.0))
        self._surveyed.move_to_end(project)
        while len(self._surveyed) > max(1, self._memory.controls // self._shards):
            gone, _ = self._surveyed.popitem(last=False)
            for shard in [shard for shard in self._seen if shard[0] == gone]:
                del self._seen[shard]

    def _change(self, shard: Shard, *, seen: float, entities: int) -> Asked:
        """Decide on what is remembered, write if it is not stale, else read and decide again.

        What was remembered before `seen` refuses the decision: it does not know the lease.
        """
        hold = self._holds.setdefault(shard, Hold())
        yield hold
        try:
            for attempt in range(ATTEMPTS):
                known = max(self._seen.get(shard, 0.0), self._surveyed.get(shard[0], 0.0))
                if attempt or not known:
                    yield from self._table(f"{shard}")
                    known = self._seen[shard] = self._clock.now
                if known < seen:
                    continue
                yield from self._table(f"{shard}", entities=entities, write=True)
                if self._written.get(shard, 0.0) <= known:
                    self._written[shard] = self._seen[shard] = self._clock.now
                    return self._clock.now
                yield self._chance.uniform(0, BACKOFF_SECONDS * attempt)
            raise ThrottledError
        finally:
            self._clock.release(hold)

    def _manifest(self, shard: Shard) -> Work:
        if shard not in self._manifests:
            yield from self._cpu(CALL_CPU + MANIFEST_CPU)
            yield from self._storage.blob()
            self._manifests[shard] = None
            while len(self._manifests) > self._memory.manifests:
                self._manifests.popitem(last=False)
        self._manifests.move_to_end(shard)
