"""An instance of the app, simulated: one core, what its process remembers, and the calls it makes.

It mirrors core/adapters/caching.py, core/logic/tasks/choosing.py, and in core/usecases claim_task.py,
submit_task.py, change_shard.py and survey_project.py. An ETag is the time of the last write: who last saw a
shard before that time is stale.
"""

import random
from collections import OrderedDict
from collections.abc import Generator, Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from benchmarks.simulated_storage import Clock, Hold, Storage, ThrottledError, Work

K = TypeVar("K", bound=Hashable)

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

OUTLINES_CPU = 0.011
"""Seconds to read what is said of 500 shards, measured."""

OUTLINES_ENTITIES = 100
"""As which such a read counts, of 1 KiB each: assumed from its size."""

PARALLEL_READS = 32

ATTEMPTS = 8
BACKOFF_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Memory:
    """What a process keeps, and for how long: core/adapters/caching.py and blob_archives.py."""

    shards: int = 4_096
    surveyed: int = 32_768
    manifests: int = 256
    access_seconds: float = 3.0
    outlines_seconds: float = 60.0
    shard_seconds: float = 60.0
    limit_seconds: float = 5.0
    survey_seconds: float = 20.0


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks for what, until when it makes sense to try.

    `begun` are the shards in which the project's labelers have begun, where it has consensus. `near` are
    those in which a labeler with a limit has been, or goes next.
    """

    labeler: int
    shard: Shard
    until: float
    begun: Sequence[Shard] = ()
    near: Sequence[Shard] = ()


class Recent(Generic[K]):
    """When each key was seen, of the last few."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._at: OrderedDict[K, float] = OrderedDict()

    def get(self, key: K) -> float | None:
        """When, if it is still known."""
        at = self._at.get(key)
        if at is not None:
            self._at.move_to_end(key)
        return at

    def put(self, key: K, at: float) -> None:
        """Seen then."""
        self._at[key] = at
        self._at.move_to_end(key)
        while len(self._at) > self._most:
            self._at.popitem(last=False)

    def pop(self, key: K) -> None:
        """Forget it."""
        self._at.pop(key, None)


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
        self._outlines: dict[int, float] = {}
        self._seen: Recent[Shard] = Recent(memory.shards)
        self._surveyed: Recent[int] = Recent(memory.surveyed // shards)
        self._manifests: Recent[Shard] = Recent(memory.manifests)
        self._holds: dict[Shard, Hold] = {}
        self._looking: dict[int, Hold] = {}

    def claim(self, asked: Request) -> Asked:
        """A task of one item from this shard. Raises ThrottledError."""
        yield from self._authorize(asked)
        yield from self._read_outlines(asked)
        yield from self._look(asked, asked.near, self._memory.limit_seconds)
        yield from self._look(asked, asked.begun, self._memory.shard_seconds)
        if self._is_old(asked.shard, self._memory.shard_seconds):
            yield from self._read(asked)
        written = yield from self._change(asked, seen=0.0, entities=1)
        yield from self._manifest(asked.shard)
        return written

    def submit(self, asked: Request, claimed: float) -> Asked:
        """The answer to what was claimed at that time. Raises ThrottledError."""
        yield from self._authorize(asked)
        return (yield from self._change(asked, seen=claimed, entities=2))

    def dashboard(self, asked: Request) -> Asked:
        """What a dashboard shows. Raises ThrottledError."""
        yield from self._authorize(asked)
        yield from self._survey(asked)
        return self._clock.now

    def _cpu(self, seconds: float) -> Work:
        """The one core, when it is this request's turn."""
        begun = max(self._free_at, self._clock.now)
        self._free_at = begun + seconds
        self.busy += seconds
        yield self._free_at - self._clock.now

    def _table(
        self, partition: str, asked: Request, *, entities: int = 1, write: bool = False, cpu: float = CALL_CPU
    ) -> Work:
        yield from self._cpu(cpu)
        yield from self._storage.table(partition, asked.until, entities=entities, write=write)

    def _authorize(self, asked: Request) -> Work:
        """The project and the membership, each remembered for some seconds."""
        yield from self._cpu(REQUEST_CPU)
        for partition in (f"project:{asked.shard[0]}", f"user:{asked.labeler}"):
            if self._access.get(partition, 0.0) <= self._clock.now:
                yield from self._table(partition, asked)
                self._access[partition] = self._clock.now + self._memory.access_seconds

    def _read_outlines(self, asked: Request) -> Work:
        """What is said of all shards of the project; of all of them, in the worst case."""
        project = asked.shard[0]
        if self._outlines.get(project, 0.0) <= self._clock.now:
            partition = f"outline of {project}"
            yield from self._table(partition, asked, entities=OUTLINES_ENTITIES, cpu=OUTLINES_CPU)
            self._outlines[project] = self._clock.now + self._memory.outlines_seconds

    def _is_old(self, shard: Shard, seconds: float) -> bool:
        known = self._known(shard)
        return not known or self._clock.now - known >= seconds

    def _known(self, shard: Shard) -> float:
        return max(self._seen.get(shard) or 0.0, self._surveyed.get(shard[0]) or 0.0)

    def _read(self, asked: Request) -> Work:
        begun = self._clock.now
        yield from self._table(f"{asked.shard}", asked)
        self._seen.put(asked.shard, begun)

    def _look(self, asked: Request, shards: Sequence[Shard], seconds: float) -> Work:
        """Read several shards of a project at once; one request does, for all that want to."""
        if not shards:
            return
        hold = self._looking.setdefault(asked.shard[0], Hold())
        yield hold
        try:
            old = [shard for shard in shards if self._is_old(shard, seconds)]
            begun = self._clock.now
            yield from self._scatter(len(old), asked)
            for shard in old:
                self._seen.put(shard, begun)
        finally:
            self._clock.release(hold)

    def _survey(self, asked: Request) -> Work:
        """See all shards of a project, a few seconds old."""
        project = asked.shard[0]
        hold = self._looking.setdefault(project, Hold())
        yield hold
        try:
            at = self._surveyed.get(project)
            if at is None or self._clock.now - at >= self._memory.survey_seconds:
                begun = self._clock.now
                yield from self._scatter(self._shards, asked)
                self._surveyed.put(project, begun)
        finally:
            self._clock.release(hold)

    def _scatter(self, calls: int, asked: Request) -> Work:
        for start in range(0, calls, PARALLEL_READS):
            some = min(PARALLEL_READS, calls - start)
            yield from self._cpu(CALL_CPU * some)
            yield from self._storage.scatter(some, asked.until)

    def _change(self, asked: Request, *, seen: float, entities: int) -> Asked:
        """Decide on what is remembered, write if it is not stale, else read and decide again.

        What was remembered before `seen` refuses the decision: it does not know the lease.
        """
        shard = asked.shard
        hold = self._holds.setdefault(shard, Hold())
        yield hold
        try:
            for attempt in range(ATTEMPTS):
                if attempt or not self._known(shard):
                    yield from self._read(asked)
                known = self._known(shard)
                if known < seen:
                    continue
                yield from self._table(f"{shard}", asked, entities=entities, write=True)
                if self._written.get(shard, 0.0) <= known:
                    self._written[shard] = self._clock.now
                    self._seen.put(shard, self._clock.now)
                    return self._clock.now
                yield self._chance.uniform(0, BACKOFF_SECONDS * attempt)
            raise ThrottledError
        finally:
            self._clock.release(hold)

    def _manifest(self, shard: Shard) -> Work:
        if self._manifests.get(shard) is None:
            yield from self._cpu(CALL_CPU + MANIFEST_CPU)
            yield from self._storage.blob()
        self._manifests.put(shard, self._clock.now)
